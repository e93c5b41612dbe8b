import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import * as engine from "./index.ts";
import { examplesOf, executeExample } from "./page-examples.ts";

const page = readFileSync(new URL("../../../docs/semantics.md", import.meta.url), "utf8");

describe("docs/semantics.md", () => {
	const all = examplesOf(page);

	it("has an example for every kind of node", () => {
		expect(all.map(({ title }) => title)).toEqual(
			expect.arrayContaining(["Task", "Delay", "Signal", "Fork and join", "Route", "Loop", "Child"]),
		);
	});

	for (const [at, { title, code }] of all.entries()) {
		it(`${title}: example ${at + 1} does what it says`, async () => {
			await executeExample(code, engine);
			expect(code).toMatch(/assert/);
		});
	}
});
