import assert from "node:assert/strict";
import { transformWithOxc } from "vite";

export interface PageExample {
	/** The heading above it. */
	readonly title: string;
	readonly code: string;
}

/** The TypeScript blocks of a page of the documentation. */
export function examplesOf(page: string): readonly PageExample[] {
	const found: PageExample[] = [];
	let heading = "";
	for (const part of page.split(/^(#{2,3} .*|```ts\n[\s\S]*?^```)$/m)) {
		if (part.startsWith("#")) heading = part.replace(/^#+ /, "");
		if (part.startsWith("```ts")) found.push({ title: heading, code: part.slice(6, -3) });
	}
	return found;
}

/** Runs an example with these names at hand, and `assert`. Import lines are for the reader only. */
export async function executeExample(code: string, names: object): Promise<void> {
	const body = code.replace(/^import .*$/gm, "");
	const { code: js } = await transformWithOxc(`export async function example() {\n${body}\n}`, "example.ts");
	const scope = { ...names, assert };
	const run = new Function(...Object.keys(scope), `${js.replace("export ", "")}\nreturn example()`);
	await run(...Object.values(scope));
}
