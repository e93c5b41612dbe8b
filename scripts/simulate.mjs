import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { ensureInstalled, ROOT } from "./install.mjs";
import { bundleSimulator } from "./simulation/bundle.mjs";
import { play } from "./simulation/play.mjs";

const USAGE = `npm run simulate -- [--seeds=1000] [--from=1] [--minutes=M] [--processes=P] [--once]
npm run simulate -- --seed=K          one seed
npm run simulate -- --replay=FILE     a kept scenario; "seeds" for all of them
Each schedule is played twice, and must give the same list of commits, unless --once.`;

/**
 * Plays random schedules of the real engine. A failing one is made small, printed and kept in seeds/.
 * The last line is `N schedules, V violations`.
 */
const options = readOptions();
ensureInstalled();
const { file, remove } = await bundleSimulator();
process.on("exit", remove);
const began = Date.now();
const tally = options.replay === null ? await fresh() : await replayed(options.replay);
for (const violation of tally.violations) show(violation);
const seconds = (Date.now() - began) / 1000;
console.log(`${tally.commits} commits in ${seconds.toFixed(1)} s, ${Math.round(tally.played / seconds)} schedules/s`);
console.log(`${tally.played} schedules, ${tally.violations.length} violations`);
process.exitCode = tally.violations.length === 0 && tally.played > 0 ? 0 : 1;

function fresh() {
	const { seeds, from, minutes, processes, isTwice } = options;
	const until = minutes === null ? null : began + minutes * 60_000;
	const count = minutes === null ? seeds : Number.MAX_SAFE_INTEGER;
	let told = Date.now();
	return play(file, { from, count, until, processes, isTwice }, (played) => {
		if (Date.now() - told < 60_000) return;
		told = Date.now();
		console.log(`${played} schedules so far`);
	});
}

/** @param {string} what */
async function replayed(what) {
	const folder = join(ROOT, "seeds");
	const files = what === "seeds" ? readdirSync(folder).map((name) => join(folder, name)) : [resolve(what)];
	const tallies = [];
	for (const replay of files.filter((path) => path.endsWith(".json"))) {
		tallies.push(await play(file, { replay, shrinks: false }));
	}
	return {
		played: tallies.reduce((sum, one) => sum + one.played, 0),
		commits: tallies.reduce((sum, one) => sum + one.commits, 0),
		violations: tallies.flatMap(({ violations }) => violations),
	};
}

/** @param {import("./simulation/play.mjs").Violation} violation */
function show({ seed, invariant, message, scenario, log }) {
	console.log(`\n${log.join("\n")}\n\nseed ${seed} breaks ${message}`);
	console.log(`again: npm run simulate -- --seed=${seed}`);
	if (options.replay !== null || invariant === "determinism") return;
	mkdirSync(join(ROOT, "seeds"), { recursive: true });
	const kept = `seeds/${invariant}-${seed}.json`;
	writeFileSync(join(ROOT, kept), `${JSON.stringify({ found: message, scenario }, null, "\t")}\n`);
	console.log(`made small and kept: npm run simulate -- --replay=${kept}`);
}

function readOptions() {
	try {
		const { values } = parseArgs({
			options: {
				seeds: { type: "string", default: "1000" },
				from: { type: "string", default: "1" },
				seed: { type: "string" },
				minutes: { type: "string" },
				processes: { type: "string", default: String(availableParallelism()) },
				replay: { type: "string" },
				once: { type: "boolean", default: false },
			},
		});
		const one = values.seed === undefined ? null : positive("seed", values.seed);
		return {
			seeds: one === null ? positive("seeds", values.seeds) : 1,
			from: one ?? positive("from", values.from),
			minutes: values.minutes === undefined ? null : positive("minutes", values.minutes),
			processes: one === null ? positive("processes", values.processes) : 1,
			replay: values.replay ?? null,
			isTwice: !values.once,
		};
	} catch (error) {
		console.error(`${error instanceof Error ? error.message : error}\n\n${USAGE}`);
		process.exit(2);
	}
}

/**
 * @param {string} name
 * @param {string} text
 */
function positive(name, text) {
	const number = Number(text);
	if (!(number > 0)) throw new Error(`--${name} must be a number above 0; it is "${text}".`);
	return number;
}
