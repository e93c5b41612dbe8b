/**
 * Plays schedules in a process of its own and tells its parent what came of them; see scripts/simulate.mjs.
 * The job comes as JSON in the first argument.
 */
import { readFileSync } from "node:fs";
import { type Scenario, scenarioOf } from "./scenario.ts";
import { shrink } from "./shrink.ts";
import { type Outcome, simulate } from "./simulation.ts";

interface Job {
	/** A kept scenario to play; null: scenarios made from seeds. */
	readonly replay: string | null;
	readonly from: number;
	/** Every so many-th seed is this process's. */
	readonly stride: number;
	readonly count: number;
	/** Stop then, ms since the epoch, though seeds are left; null: never. */
	readonly until: number | null;
	/** Play every schedule a second time and compare. */
	readonly isTwice: boolean;
	readonly shrinks: boolean;
	readonly stopsAtFirst: boolean;
}

const job = JSON.parse(process.argv[2] ?? "{}") as Job;
// The traces of errors that tasks throw are most of the cost, and nobody reads them.
Error.stackTraceLimit = 0;
let played = 0;
let commits = 0;

for (let at = 0; at < job.count && (job.until === null || Date.now() < job.until); at += 1) {
	const seed = job.from + at * job.stride;
	const scenario =
		job.replay === null ? scenarioOf(seed) : (JSON.parse(readFileSync(job.replay, "utf8")).scenario as Scenario);
	const outcome = await judged(scenario);
	played += 1;
	commits += outcome.commits;
	if (outcome.violation !== null) {
		await report(scenario, outcome, outcome.violation);
		if (job.stopsAtFirst) break;
	}
	if (at % 200 === 199) tell({ kind: "progress", played, commits });
	// Signals and messages of the real world get their turn.
	await new Promise((resolve) => setImmediate(resolve));
}
tell({ kind: "done", played, commits });
if (process.connected) process.disconnect();

async function judged(scenario: Scenario): Promise<Outcome> {
	const outcome = await simulate(scenario);
	if (!job.isTwice || outcome.violation !== null) return outcome;
	const again = await simulate(scenario);
	if (again.hash === outcome.hash) return outcome;
	return { ...outcome, violation: { invariant: "determinism", message: "the same seed gave two lists of commits" } };
}

async function report(
	scenario: Scenario,
	outcome: Outcome,
	violation: NonNullable<Outcome["violation"]>,
): Promise<void> {
	const canShrink = job.shrinks && violation.invariant !== "determinism";
	const smallest = canShrink ? await shrink(scenario, violation.invariant) : { scenario, outcome };
	const { message } = smallest.outcome.violation ?? violation;
	tell({
		kind: "violation",
		seed: scenario.seed,
		invariant: violation.invariant,
		message,
		scenario: smallest.scenario,
		log: smallest.outcome.log.slice(-60),
	});
}

function tell(message: unknown): void {
	if (process.send === undefined) console.log(JSON.stringify(message));
	else process.send(message);
}
