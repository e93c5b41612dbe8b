import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { rolldown } from "rolldown";
import { ROOT } from "../install.mjs";

/** @typedef {{ file: string, find: string, replace: string }} Edit of one source file, by its path from the root */

const MAIN = join(ROOT, "packages/engine/src/testing/simulation/main.ts");

/**
 * Bundles the simulator with the engine's sources into one file, changed by these edits.
 * @param {readonly Edit[]} [edits]
 * @returns {Promise<{ file: string, remove: () => void }>}
 */
export async function bundleSimulator(edits = []) {
	const folder = mkdtempSync(join(tmpdir(), "waymark-simulation-"));
	const file = join(folder, "simulator.mjs");
	const bundle = await rolldown({
		input: MAIN,
		platform: "node",
		external: [/^node:/],
		plugins: [{ name: "edits", load: (id) => edited(id, edits) }],
	});
	await bundle.write({ file, format: "esm" });
	await bundle.close();
	return { file, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/**
 * @param {string} id
 * @param {readonly Edit[]} edits
 */
function edited(id, edits) {
	const mine = edits.filter(({ file }) => id === join(ROOT, file));
	if (mine.length === 0) return null;
	return { code: mine.reduce(applied, readFileSync(id, "utf8")), moduleType: /** @type {const} */ ("ts") };
}

/**
 * The text must be there exactly once: an edit that no longer fits the code would leave it unchanged, and unnoticed.
 * @param {string} text
 * @param {Edit} edit
 */
export function applied(text, { file, find, replace }) {
	const times = text.split(find).length - 1;
	if (times !== 1) throw new Error(`${file} holds this ${times} times instead of once:\n${find}`);
	return text.replace(find, () => replace);
}
