import type { CreateCommand, CreateResult } from "../backend/commands.ts";
import { isTerminal } from "../core/instance/status.ts";
import { audit } from "./control.ts";
import { copyValue, frozenCopy, grantOf, instanceOf } from "./handed-out.ts";
import { endRun, grantReady, openNode, refreshStatus } from "./open-rows.ts";
import type { Commit, MemoryState, Run } from "./state.ts";

export function create(state: MemoryState, commit: Commit, command: CreateCommand): CreateResult {
	const same = state.runs.get(command.runId);
	if (same !== undefined) return replayed(same, command);
	const existing = state.newest.get(command.instanceId);
	if (existing !== undefined) {
		switch (command.onConflict) {
			case "fail":
				return { kind: "conflict", instance: instanceOf(existing) };
			case "useExisting":
				return { kind: "existing", instance: instanceOf(existing) };
			case "terminateExisting":
				replace(state, commit, existing, command);
		}
	}
	const run = newRun(commit, command, (existing?.instance.generation ?? 0) + 1);
	storeRun(state, run);
	if (!state.definitions.has(command.definition.hash)) {
		state.definitions.set(command.definition.hash, frozenCopy(command.definition));
	}
	commit.touch(run);
	const rows = command.open.map((spec) => openNode(state, commit, run, spec));
	const grants = command.grantTo === null ? [] : grantReady(state, commit, run, rows, command.grantTo);
	refreshStatus(run);
	return { kind: "created", instance: instanceOf(run), grants };
}

/** The answer of the first time, as far as its leases still stand. */
function replayed(run: Run, { grantTo }: CreateCommand): CreateResult {
	const mine = [...run.open.values()].filter((row) => row.owner !== null && row.owner === grantTo?.owner);
	return { kind: "created", instance: instanceOf(run), grants: mine.map((row) => grantOf(row, null)) };
}

function replace(state: MemoryState, commit: Commit, existing: Run, { runId, by }: CreateCommand): void {
	if (isTerminal(existing.instance.status)) return;
	const before = existing.instance.status;
	endRun(state, commit, existing, "cancelled");
	const request = { requestId: runId, by, reason: `replaced by run ${runId}` };
	audit(commit, existing, "cancel", { ...request, path: null }, before, "applied");
}

function newRun(commit: Commit, command: CreateCommand, generation: number): Run {
	const { instanceId, runId, definition } = command;
	return {
		instance: {
			instanceId,
			runId,
			generation,
			workflow: definition.workflow,
			definitionHash: definition.hash,
			status: "pending",
			control: "none",
			version: 0,
			progress: Object.freeze({ done: 0, total: definition.plannedNodes }),
			createdAt: commit.now,
			startedAt: null,
			updatedAt: commit.now,
			endedAt: null,
			output: null,
			error: null,
			failedPath: null,
			labels: frozenCopy(command.labels),
		},
		input: copyValue(command.input),
		open: new Map(),
		states: new Map(),
		checkpoints: new Map(),
		attempts: [],
		signals: [],
		buffered: [],
		controlRequests: [],
		settled: new Map(),
	};
}

function storeRun(state: MemoryState, run: Run): void {
	state.runs.set(run.instance.runId, run);
	state.newest.set(run.instance.instanceId, run);
	// Clocks can be set back: keep the order true from the end, where the place nearly always is.
	let at = state.byCreation.length;
	while (at > 0 && comesAfter(state.byCreation[at - 1], run)) at -= 1;
	state.byCreation.splice(at, 0, run);
}

function comesAfter(a: Run | undefined, b: Run): boolean {
	if (a === undefined || a.instance.createdAt !== b.instance.createdAt) {
		return a !== undefined && a.instance.createdAt > b.instance.createdAt;
	}
	return a.instance.runId > b.instance.runId;
}
