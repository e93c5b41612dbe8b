import { again, flow } from "@waymark/engine";
import { runsOn, works } from "../work.mjs";

/**
 * Graphs at and near the limit of 10,000 nodes, stopped half-way.
 * @param {import("../work.mjs").Pace} pace
 */
export function largeWorkflows(pace) {
	return {
		nodes1000: staged("settlement", pace, { stages: 12, branches: 8, length: 10, stopsIn: 6, withPulse: true }),
		nodes10000: staged("year-end", pace, { stages: 25, branches: 8, length: 49, stopsIn: 5, withPulse: false }),
		chain1000: chain("checklist", pace, 1_000, 400),
		chain10000: chain("long-checklist", pace, 10_000, 300),
	};
}

/**
 * Stages one after the other, each of branches side by side.
 * @param {string} name
 * @param {import("../work.mjs").Pace} pace
 * @param {{ stages: number, branches: number, length: number, stopsIn: number, withPulse: boolean }} size
 */
function staged(name, pace, size) {
	/** @type {any} */
	let built = flow(name);
	for (let stage = 0; stage < size.stages; stage += 1) {
		/** @type {Record<string, (b: any) => any>} */
		const branches = {};
		for (let branch = 0; branch < size.branches; branch += 1) {
			const stopsAt = stage === size.stopsIn && branch % 3 !== 2 ? Math.floor(size.length / 2) + branch : -1;
			branches[`region_${branch + 1}`] = (b) => sequence(b, pace, size.length, stopsAt);
		}
		if (size.withPulse && stage === size.stopsIn) branches.pulse = pulse;
		built = built.fork(`stage_${stage + 1}`, branches).join(`merge_${stage + 1}`, () => stage);
	}
	return built.build();
}

/**
 * @param {any} b
 * @param {import("../work.mjs").Pace} pace
 * @param {number} length
 * @param {number} stopsAt
 */
function sequence(b, pace, length, stopsAt) {
	let built = b;
	for (let i = 0; i < length; i += 1) built = built.task(`step_${i + 1}`, i === stopsAt ? runsOn : works(pace));
	return built;
}

/** Moves by one iteration with every signal `beat`: something to watch. @param {any} b */
function pulse(b) {
	return b.loop(
		"pulse",
		(/** @type {any} */ x) => x.waitForSignal("beat", "beat").task("count", (/** @type {any} */ value) => again(value)),
		{ maxIterations: 100_000 },
	);
}

/**
 * @param {string} name
 * @param {import("../work.mjs").Pace} pace
 * @param {number} length
 * @param {number} stopsAt
 */
function chain(name, pace, length, stopsAt) {
	return /** @type {import("@waymark/engine").Workflow} */ (sequence(flow(name), pace, length, stopsAt).build());
}
