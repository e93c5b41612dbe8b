import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { backendConformance, type OpenBackend, semanticsConformance } from "@waymark/engine/conformance";
import { afterAll } from "vitest";
import { openBackend } from "./open-backend.ts";

const folder = mkdtempSync(path.join(tmpdir(), "waymark-conformance-"));
let opened = 0;

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const open: OpenBackend = ({ clock, ids }) => {
	opened += 1;
	return openBackend(`file:${path.join(folder, `${opened}.db`)}`, { clock, ids });
};

backendConformance("SQLite", open);
semanticsConformance("SQLite", open);
