/** What may follow a settle in the same process: pure questions about its outcome. */
import type { SettleOutcome } from "../backend/commands.ts";
import type { Workflow } from "../core/builder/workflow.ts";
import { handlerAt } from "./registry.ts";

/** Rows that could be leased in this commit: opened as ready, or a join that may come to zero. */
export function readyCount(outcome: SettleOutcome): number {
	if (outcome.kind !== "completed") return 0;
	let count = outcome.countDown === null ? 0 : 1;
	// A signal that came early makes a wait ready at once.
	for (const { state } of outcome.open) if (state === "ready" || state === "awaiting_signal") count += 1;
	return count;
}

/**
 * How many grants mean that nothing is left for a claim. With a slot for each row that may be ready, one that was not
 * granted is not ready: a join whose branches still run, a wait whose signal has not come.
 */
export function leftToClaim(outcome: SettleOutcome, slots: number): number {
	const mayBeReady = readyCount(outcome);
	if (outcome.kind !== "completed" || slots < mayBeReady) return mayBeReady;
	return outcome.open.filter(({ state }) => state === "ready").length;
}

/** A settle grants what becomes ready without a look at tags, so it may only be asked to if all of it can run here. */
export function servesAll(served: readonly string[], workflow: Workflow, outcome: SettleOutcome): boolean {
	if (outcome.kind !== "completed") return true;
	const join = outcome.countDown === null ? null : handlerAt(workflow, outcome.countDown);
	for (const { tags } of outcome.open) if (!serves(served, tags)) return false;
	return join === null || serves(served, join.policy.tags);
}

function serves(served: readonly string[], wanted: readonly string[]): boolean {
	for (const tag of wanted) if (!served.includes(tag)) return false;
	return true;
}
