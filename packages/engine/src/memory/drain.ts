import type { InstanceRecord } from "../backend/rows.ts";
import { decideDrained } from "../core/instance/status.ts";
import { instanceOf } from "./handed-out.ts";
import { endRun, inFlight } from "./open-rows.ts";
import type { Commit, MemoryState, Run } from "./state.ts";

/** Ends a pausing or cancelling that waits for nothing any more. Answers whether it did. */
export function drain(state: MemoryState, commit: Commit, run: Run): boolean {
	const { instance } = run;
	if (instance.control === "none" || inFlight(state, commit, run).length > 0) return false;
	commit.touch(run);
	const next = decideDrained(instance);
	instance.status = next.status;
	instance.control = next.control;
	state.controlled.delete(run);
	if (next.status === "cancelled") endRun(state, commit, run, "cancelled");
	return true;
}

/** Ends what waits for owners that died. Answers how many runs that moved. */
export function reap(state: MemoryState, commit: Commit): number {
	let moved = 0;
	for (const run of [...state.controlled]) if (drain(state, commit, run)) moved += 1;
	return moved;
}

/** The instance as it stands now: whose owners have all died waits for nothing, also before somebody reaps it. */
export function shownInstance(state: MemoryState, commit: Commit, run: Run): InstanceRecord {
	const instance = instanceOf(run);
	if (instance.control === "none" || inFlight(state, commit, run).length > 0) return instance;
	return Object.freeze({ ...instance, ...decideDrained(instance) });
}
