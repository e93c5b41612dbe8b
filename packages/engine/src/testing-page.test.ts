import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import * as engine from "./index.ts";
import { examplesOf, executeExample } from "./page-examples.ts";
import * as testing from "./testing/index.ts";

const page = readFileSync(new URL("../../../docs/testing.md", import.meta.url), "utf8");

describe("docs/testing.md", () => {
	for (const [at, { title, code }] of examplesOf(page).entries()) {
		it(`${title}: example ${at + 1} does what it says`, async () => {
			await executeExample(code, { ...engine, ...testing });
			expect(code).toMatch(/assert/);
		});
	}
});
