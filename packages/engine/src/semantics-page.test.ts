import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { transformWithOxc } from "vite";
import { describe, expect, it } from "vitest";
import * as engine from "./index.ts";

const page = readFileSync(new URL("../../../docs/semantics.md", import.meta.url), "utf8");

/** The TypeScript blocks of the page, each with the heading above it. */
function examples(): { readonly title: string; readonly code: string }[] {
	const found: { title: string; code: string }[] = [];
	let heading = "";
	for (const part of page.split(/^(#{2,3} .*|```ts\n[\s\S]*?^```)$/m)) {
		if (part.startsWith("#")) heading = part.replace(/^#+ /, "");
		if (part.startsWith("```ts")) found.push({ title: heading, code: part.slice(6, -3) });
	}
	return found;
}

async function execute(code: string): Promise<void> {
	const { code: js } = await transformWithOxc(`export async function example() {\n${code}\n}`, "example.ts");
	const scope = { ...engine, assert };
	const run = new Function(...Object.keys(scope), `${js.replace("export ", "")}\nreturn example()`);
	await run(...Object.values(scope));
}

describe("docs/semantics.md", () => {
	const all = examples();

	it("has an example for every kind of node", () => {
		expect(all.map(({ title }) => title)).toEqual(
			expect.arrayContaining(["Task", "Delay", "Signal", "Fork and join", "Route", "Loop", "Child"]),
		);
	});

	for (const [at, { title, code }] of all.entries()) {
		it(`${title}: example ${at + 1} does what it says`, async () => {
			await execute(code);
			expect(code).toMatch(/assert/);
		});
	}
});
