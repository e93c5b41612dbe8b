import type { DeleteCommand, DeleteResult } from "../backend/commands.ts";
import { isTerminal } from "../core/instance/status.ts";
import { shownInstance } from "./drain.ts";
import type { Commit, MemoryState, Run } from "./state.ts";

export function deleteInstance(state: MemoryState, commit: Commit, command: DeleteCommand): DeleteResult {
	const newest = state.newest.get(command.instanceId);
	if (newest === undefined) return { kind: "not_found" };
	const instance = shownInstance(state, commit, newest);
	if (command.expectedRunId !== null && command.expectedRunId !== instance.runId) {
		return { kind: "conflict", instance, because: "another run of this id has started since" };
	}
	if (!isTerminal(instance.status)) return { kind: "conflict", instance, because: "it has not ended" };
	const runs = state.byCreation.filter((run) => run.instance.instanceId === command.instanceId);
	for (const run of runs) remove(state, run);
	state.newest.delete(command.instanceId);
	return { kind: "deleted", runs: runs.length };
}

function remove(state: MemoryState, run: Run): void {
	for (const row of [...run.open.values()]) state.remove(row);
	for (const { signalId } of run.signals) state.signals.delete(signalId);
	for (const { requestId } of run.controlRequests) state.answers.delete(requestId);
	state.controlled.delete(run);
	state.runs.delete(run.instance.runId);
	state.byCreation.splice(state.byCreation.indexOf(run), 1);
}
