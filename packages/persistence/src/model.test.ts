import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { modelConformance } from "@waymark/engine/conformance";
import { afterAll } from "vitest";
import { openBackend } from "./open-backend.ts";

const folder = mkdtempSync(path.join(tmpdir(), "waymark-model-"));
let opened = 0;

afterAll(() => rmSync(folder, { recursive: true, force: true }));

modelConformance(
	"SQLite",
	({ clock, ids }) => {
		opened += 1;
		return openBackend(`file:${path.join(folder, `${opened}.db`)}`, { durability: "normal", clock, ids });
	},
	{ runs: 60 },
);
