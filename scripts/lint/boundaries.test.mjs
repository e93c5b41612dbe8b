import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

/**
 * The layer arrows are lint rules in biome.json. A pattern that matches nothing looks like a clean repository, so every
 * arrow is shown here to bite: one file that breaks it, at a path of its room, linted with the real configuration.
 */
const root = fileURLToPath(new URL("../..", import.meta.url));

const core = "packages/engine/src/core";
const browser = "apps/dashboard/src/features/graph";

const FORBIDDEN = [
	["the core importing the contract", `${core}/graph/a.ts`, `import { x } from "../../backend/rows.ts";`],
	["the core importing a type of the contract", `${core}/b.ts`, `import type { x } from "../backend/rows.ts";`],
	["the core importing the runtime", `${core}/c.ts`, `import { x } from "../runtime/runner.ts";`],
	["the core re-exporting the runtime", `${core}/d.ts`, `export * from "../runtime/runner.ts";`],
	["the core importing the package's index", `${core}/graph/e.ts`, `import { x } from "../../index.ts";`],
	["the core importing a package", `${core}/f.ts`, `import { x } from "zod";`],
	["the core importing a scoped package", `${core}/g.ts`, `import { x } from "@waymark/persistence";`],
	["the core importing a part of Node", `${core}/h.ts`, `import { x } from "node:fs";`],
	["the core loading a part of Node late", `${core}/i.ts`, `export const x = await import("node:fs");`],
	["the core hashing outside core/hash.ts", `${core}/j.ts`, `import { x } from "node:crypto";`],
	["core/hash.ts importing more than node:crypto", `${core}/hash.ts`, `import { x } from "node:os";`],
	["the core reading the clock", `${core}/k.ts`, "export const x = Date.now();"],
	["the core making a date of now", `${core}/l.ts`, "export const x = new Date();"],
	["the core using randomness", `${core}/m.ts`, "export const x = Math.random();"],
	["the core making a random id", `${core}/n.ts`, "export const x = crypto.randomUUID();"],
	["the core starting a timer", `${core}/o.ts`, "setTimeout(() => {}, 1);"],
	["the core starting an interval", `${core}/p.ts`, "setInterval(() => {}, 1);"],
	["the core reading performance.now", `${core}/q.ts`, "export const x = performance.now();"],
	["the core reaching a timer by globalThis", `${core}/r.ts`, "globalThis.setTimeout(() => {}, 1);"],
	["the contract reading the clock", "packages/engine/src/backend/a.ts", "export const x = Date.now();"],
	[
		"the contract importing the runtime",
		"packages/engine/src/backend/b.ts",
		`import { x } from "../runtime/client.ts";`,
	],
	["the contract importing a package", "packages/engine/src/backend/c.ts", `import { x } from "@prisma/client";`],
	["the runtime importing a backend", "packages/engine/src/runtime/a.ts", `import { x } from "../memory/backend.ts";`],
	[
		"the runtime importing persistence",
		"packages/engine/src/runtime/b.ts",
		`import { x } from "@waymark/persistence";`,
	],
	["the runtime naming a database", "packages/engine/src/runtime/worker/c.ts", `import x from "better-sqlite3";`],
	["the runtime starting a timer of the host", "packages/engine/src/runtime/e.ts", "setTimeout(() => {}, 1);"],
	["the runtime starting an interval of the host", "packages/engine/src/runtime/f.ts", "setInterval(() => {}, 1);"],
	["the runtime yielding by the host", "packages/engine/src/runtime/g.ts", "setImmediate(() => {});"],
	["memory importing the runtime", "packages/engine/src/memory/a.ts", `import { x } from "../runtime/runner.ts";`],
	[
		"the conformance suite importing a backend",
		"packages/engine/src/testing/a.ts",
		`import { x } from "../memory/b.ts";`,
	],
	[
		"persistence importing the conformance suite outside tests",
		"packages/persistence/src/a.ts",
		`import { x } from "@waymark/engine/testing";`,
	],
	["persistence importing the graph", "packages/persistence/src/b.ts", `import { x } from "@waymark/engine/graph";`],
	[
		"persistence reaching into the engine's sources",
		"packages/persistence/src/c.ts",
		`import { x } from "../../engine/src/core/ids.ts";`,
	],
	[
		"persistence importing an example",
		"packages/persistence/src/d.ts",
		`import { x } from "../../../examples/src/a.ts";`,
	],
	["the runtime importing an example", "packages/engine/src/runtime/d.ts", `import { x } from "@waymark/examples";`],
	["the dashboard importing an example", "apps/dashboard/src/server/a.ts", `import { x } from "@waymark/examples";`],
	[
		"the runtime importing a benchmark",
		"packages/engine/src/runtime/g.ts",
		`import { x } from "../../../../bench/src/workflows.ts";`,
	],
	[
		"persistence importing a benchmark",
		"packages/persistence/src/e.ts",
		`import { x } from "../../../bench/src/workflows.ts";`,
	],
	["the dashboard importing a benchmark", "apps/dashboard/src/server/b.ts", `import { x } from "@waymark/bench";`],
	["browser code importing the whole engine", `${browser}/a.ts`, `import { x } from "@waymark/engine";`],
	["browser code importing persistence", `${browser}/b.ts`, `import { x } from "@waymark/persistence";`],
	["browser code importing server code", `${browser}/c.ts`, `import { x } from "../../server/read-models.ts";`],
	["browser code importing a part of Node", `${browser}/d.ts`, `import { x } from "node:fs";`],
	["browser code importing values of the contract", `${browser}/e.ts`, `import { x } from "@waymark/engine/backend";`],
	[
		"browser code importing types in a way that keeps the import",
		`${browser}/f.ts`,
		`import { type x } from "@waymark/engine/backend";`,
	],
	["browser code importing values of wire.ts", `${browser}/g.ts`, `import { x } from "../../server/wire.ts";`],
	["browser code re-exporting the contract", `${browser}/h.ts`, `export * from "@waymark/engine/backend";`],
	["a client component beside a page", "apps/dashboard/src/app/view.tsx", `import { x } from "@waymark/persistence";`],
];

const ALLOWED = [
	[
		`${core}/graph/ok.ts`,
		`import type { StandardSchemaV1 } from "@standard-schema/spec";\nimport { a } from "../ids.ts";`,
	],
	[`${core}/ok.ts`, "export const at = (ms: number) => new Date(ms).toISOString() + Math.floor(1.5);"],
	[`${core}/ok.test.ts`, `import { it } from "vitest";\nimport { readFileSync } from "node:fs";`],
	[
		"packages/engine/src/backend/ok.ts",
		`import type { a } from "../core/value-ref.ts";\nimport { b } from "./rows.ts";`,
	],
	["packages/engine/src/runtime/ok.ts", `import { a } from "../core/ids.ts";\nimport { b } from "node:async_hooks";`],
	["packages/engine/src/memory/ok.ts", `import { a } from "../core/ids.ts";\nimport { b } from "../backend/rows.ts";`],
	["packages/engine/src/testing/ok.ts", `import { it } from "vitest";\nimport { b } from "../backend/rows.ts";`],
	[
		"packages/persistence/src/ok.ts",
		`import { a } from "@waymark/engine";\nimport { b } from "@waymark/engine/backend";`,
	],
	["packages/persistence/src/ok.test.ts", `import { a } from "@waymark/engine/conformance";`],
	[
		`${browser}/ok.ts`,
		`import type { A } from "@waymark/engine/backend";\nimport type { B } from "../../server/wire.ts";`,
	],
	[
		`${browser}/ok2.ts`,
		`import { a, type B } from "@waymark/engine/graph";\nimport { c } from "../../graph/layout.ts";`,
	],
	[
		"apps/dashboard/src/server/ok.ts",
		`import { a } from "@waymark/engine";\nimport { b } from "@waymark/persistence";`,
	],
	["apps/dashboard/src/app/page.tsx", `import { a } from "@waymark/engine";\nimport { b } from "../server/list.ts";`],
];

const ARROWS = new Set(["lint/style/noRestrictedImports", "lint/style/noRestrictedGlobals", "plugin"]);

describe("the layer boundaries", () => {
	/** @type {string} */
	let folder;
	/** Messages of the boundary rules by path. @type {Map<string, string[]>} */
	const found = new Map();

	beforeAll(() => {
		folder = mkdtempSync(join(tmpdir(), "waymark-boundaries-"));
		const config = JSON.parse(readFileSync(join(root, "biome.json"), "utf8"));
		delete config.$schema;
		config.vcs = { enabled: false };
		writeFileSync(join(folder, "biome.json"), JSON.stringify(config));
		cpSync(join(root, "scripts/lint"), join(folder, "scripts/lint"), { recursive: true });
		for (const [path, text] of [...FORBIDDEN.map(([, path, text]) => [path, text]), ...ALLOWED]) {
			mkdirSync(dirname(join(folder, path)), { recursive: true });
			writeFileSync(join(folder, path), `${text}\n`);
		}
		for (const diagnostic of lint(folder)) {
			if (!ARROWS.has(diagnostic.category)) continue;
			const path = diagnostic.location.path;
			found.set(path, [...(found.get(path) ?? []), diagnostic.message]);
		}
	});

	afterAll(() => rmSync(folder, { recursive: true, force: true }));

	it.each(FORBIDDEN)("report %s", (_name, path) => {
		expect(found.get(path) ?? []).not.toHaveLength(0);
	});

	it.each(ALLOWED)("let %s be", (path) => {
		expect(found.get(path) ?? []).toEqual([]);
	});
});

/** @returns {{ category: string, message: string, location: { path: string } }[]} */
function lint(folder) {
	const biome = join(root, "node_modules/@biomejs/biome/bin/biome");
	const args = [biome, "lint", "--reporter=json", "--max-diagnostics=none", "packages", "apps"];
	try {
		return JSON.parse(execFileSync(process.execPath, args, { cwd: folder, encoding: "utf8", stdio: "pipe" }))
			.diagnostics;
	} catch (error) {
		return JSON.parse(error.stdout).diagnostics;
	}
}
