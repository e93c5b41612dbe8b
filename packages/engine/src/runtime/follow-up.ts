/** What may follow a settle in the same process: pure questions about its outcome. */
import type { Grant, SettleOutcome } from "../backend/commands.ts";
import type { Workflow } from "../core/builder/workflow.ts";
import type { StoredValue } from "../core/stored-value.ts";
import { sourceOf } from "../core/value-ref.ts";
import type { Performed } from "./performed.ts";
import { bareRef } from "./read-value.ts";
import { handlerAt } from "./registry.ts";

/** Rows that could be leased in this commit: opened as ready, or a join that may come to zero. */
export function readyCount(outcome: SettleOutcome): number {
	if (outcome.kind !== "completed") return 0;
	// A signal that came early makes a wait ready at once.
	const opened = outcome.open.filter(({ state }) => state === "ready" || state === "awaiting_signal").length;
	return opened + (outcome.countDown === null ? 0 : 1);
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

/** The bytes that the next node is likely to want: this node's own, and its input where that is only handed on. */
export function carriedOn(
	grant: Grant,
	before: ReadonlyMap<string, StoredValue>,
	performed: Performed,
): ReadonlyMap<string, StoredValue> {
	const carried = new Map<string, StoredValue>();
	const input = bareRef(grant.input);
	const given = before.get(input);
	if (given !== undefined) carried.set(input, given);
	if (performed.kind !== "done") return carried;
	// What a wait hands on is a signal's payload, which has come with it or must be read.
	const output = bareRef(performed.output);
	const made = sourceOf(performed.output).kind === "checkpoint" ? performed.value : before.get(output);
	if (made != null) carried.set(output, made);
	return carried;
}

/** A settle grants what becomes ready without a look at tags, so it may only be asked to if all of it can run here. */
export function servesAll(served: readonly string[], workflow: Workflow, outcome: SettleOutcome): boolean {
	if (outcome.kind !== "completed") return true;
	const join = outcome.countDown === null ? null : handlerAt(workflow, outcome.countDown);
	const wanted = [...outcome.open.map((spec) => spec.tags), join?.policy.tags ?? []];
	return wanted.every((tags) => tags.every((tag) => served.includes(tag)));
}
