import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { ensureInstalled } from "./install.mjs";
import { bundleSimulator } from "./simulation/bundle.mjs";
import { MUTANTS } from "./simulation/mutants.mjs";
import { play } from "./simulation/play.mjs";

/**
 * Plays the simulation on the engine with one known bug after the other. A bug that no schedule finds fails the run.
 * The last line is `N mutants, S survivors`.
 */
const { values } = parseArgs({
	options: {
		only: { type: "string" },
		seeds: { type: "string", default: "4000" },
		processes: { type: "string", default: String(availableParallelism()) },
	},
});
ensureInstalled();
const chosen = MUTANTS.filter(({ id }) => values.only === undefined || values.only.split(",").includes(String(id)));
const waiting = [...chosen];
/** @type {number[]} */
const survivors = [];
await Promise.all(Array.from({ length: Number(values.processes) }, work));
console.log(`${chosen.length} mutants, ${survivors.length} survivors`);
process.exitCode = survivors.length === 0 && chosen.length > 0 ? 0 : 1;

async function work() {
	for (let mutant = waiting.shift(); mutant !== undefined; mutant = waiting.shift()) {
		const { id, bug, edits } = mutant;
		const began = Date.now();
		const { file, remove } = await bundleSimulator(edits);
		try {
			const job = { count: Number(values.seeds), isTwice: false, shrinks: false, stopsAtFirst: true };
			const { violations, played } = await play(file, job);
			const found = violations[0];
			if (found === undefined) survivors.push(id);
			const end =
				found === undefined ? `SURVIVED ${played} seeds` : `seed ${found.seed}: ${found.message.split("\n")[0]}`;
			console.log(`${id} ${bug}\n   ${end} (${((Date.now() - began) / 1000).toFixed(1)} s)`);
		} finally {
			remove();
		}
	}
}
