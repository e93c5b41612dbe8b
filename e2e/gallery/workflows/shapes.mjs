import { again, done, flow } from "@waymark/engine";
import { runsOn, works } from "../work.mjs";

const BRANCHES = 200;
const ITERATIONS = 200;

/**
 * Shapes that a drawing of every node would drown in.
 * @param {import("../work.mjs").Pace} pace
 */
export function shapeWorkflows(pace) {
	const work = works(pace);
	return {
		fork200: flow("campaign")
			.task("segment", work)
			.fork("send", branches(work, true), { settle: "all" })
			.join("sum_up", (outcomes) => Object.keys(outcomes).length)
			.task("report", work)
			.build(),

		forkFails: flow("campaign-strict")
			.task("segment", work)
			.fork("send", branches(work, false))
			.join("sum_up", (outcomes) => Object.keys(outcomes).length)
			.build(),

		loop200: loopOf("crawl", pace, ITERATIONS - 27),
		loopDone: loopOf("crawl-small", pace, null),

		nested: flow("holding").task("open", work).child("level_1", nested(pace, 2)).task("close", work).build(),

		route: flow("claim")
			.task("receive", work)
			.route("size", (/** @type {any} */ value) => value.size, {
				small: (b) => b.task("pay", work),
				large: (b) =>
					b
						.task("inspect", work)
						.fork("opinions", {
							expert: (x) => x.task("ask_expert", work),
							police: (x) => x.task("ask_police", work).delay("wait_for_report", "2d"),
						})
						.join("weigh", ({ expert }) => expert),
				nothing: (b) => b,
				default: (b) => b.waitForSignal("human", "human_decision"),
			})
			.task("answer", work)
			.build(),
	};
}

/**
 * @param {import("../work.mjs").Task} work
 * @param {boolean} mixed with branches that still run, back off or wait
 */
function branches(work, mixed) {
	/** @type {Record<string, (b: any) => any>} */
	const all = {};
	for (let i = 1; i <= BRANCHES; i += 1) {
		const name = `customer_${String(i).padStart(3, "0")}`;
		all[name] = (b) => branchOf(b.task("render", work), i, work, mixed);
	}
	return all;
}

/**
 * @param {any} b
 * @param {number} i
 * @param {import("../work.mjs").Task} work
 * @param {boolean} mixed
 */
function branchOf(b, i, work, mixed) {
	if (i % 37 === 5) return b.task("send", refusesTo(i));
	if (mixed && i % 16 === 9) return b.task("send", runsOn);
	if (mixed && i % 50 === 12) return b.task("send", refusesTo(i), { retry: { maxAttempts: 4, initialDelay: "2h" } });
	if (mixed && i % 50 === 20) return b.waitForSignal("send", "consent");
	if (mixed && i > 180) return b.task("send", work, { tags: ["night-shift"] });
	return b.task("send", work);
}

/** @param {number} i */
function refusesTo(i) {
	return () => {
		throw new RangeError(`Mailbox ${i} is full`);
	};
}

/**
 * @param {string} name
 * @param {import("../work.mjs").Pace} pace
 * @param {number | null} stopsAt iteration whose page never comes; null: it ends by itself
 */
function loopOf(name, pace, stopsAt) {
	const last = stopsAt === null ? 40 : ITERATIONS - 1;
	return flow(name)
		.task("seed", works(pace))
		.loop(
			"pages",
			(b) =>
				b
					.task(
						"fetch",
						(value, context) => {
							const i = context.iteration ?? 0;
							pace.takes(150 + ((i * 37) % 900));
							if (i === stopsAt) return runsOn(value, context);
							if (i % 19 === 7 && context.attempt < 3)
								throw new RangeError(`Page ${i} answered 429, attempt ${context.attempt}`);
							if (i % 41 === 30) throw new TypeError(`Page ${i} is no HTML`);
							return { page: i };
						},
						{ retry: { maxAttempts: 3, initialDelay: 1, multiplier: 1 }, onFailure: "value" },
					)
					.task("store", (_value, { iteration }) => {
						pace.takes(40);
						return (iteration ?? 0) >= last ? done({ pages: last }) : again({ next: (iteration ?? 0) + 1 });
					}),
			{ maxIterations: ITERATIONS },
		)
		.task("index", works(pace))
		.build();
}

/**
 * A child in a child in a child; the innermost runs on.
 * @param {import("../work.mjs").Pace} pace
 * @param {number} level
 * @returns {any}
 */
function nested(pace, level) {
	const begun = flow(`level-${level}`).task(`enter_${level}`, works(pace));
	if (level > 6) return begun.task("deepest", runsOn).build();
	return begun
		.child(`level_${level}`, nested(pace, level + 1))
		.task(`leave_${level}`, works(pace))
		.build();
}
