import type { ControlCommand, ControlResult, InFlightNode } from "../backend/commands.ts";
import type { ControlKind, ControlRequestRecord } from "../backend/rows.ts";
import { InvalidArgumentError } from "../core/errors.ts";
import {
	type ControlDecision,
	type ControlState,
	decideCancel,
	decidePause,
	decideRetry,
	decideRetryNow,
	decideReveal,
	decideUnpause,
	type InstanceStatus,
	liveStatus,
} from "../core/instance/status.ts";
import { drain } from "./drain.ts";
import { instanceOf } from "./handed-out.ts";
import { endRun, inFlight } from "./open-rows.ts";
import type { Commit, MemoryState, OpenRow, Run } from "./state.ts";

/** `path`: of the open node that it is about; null: the whole instance. */
export function control(
	state: MemoryState,
	commit: Commit,
	kind: ControlKind,
	command: ControlCommand,
	path: string | null = null,
): ControlResult {
	const known = state.answers.get(command.requestId);
	if (known !== undefined) {
		if (known.kind !== kind || known.instanceId !== command.instanceId || known.path !== path) {
			throw new InvalidArgumentError("requestId", "This request id was used for another request. Make a new one.");
		}
		return known.answer;
	}
	const run = state.newest.get(command.instanceId);
	if (run === undefined) return { kind: "not_found" };
	drain(state, commit, run);
	const before = run.instance.status;
	const row = path === null ? undefined : run.open.get(path);
	const decision = decide(state, commit, kind, command, run, row);
	const result = carryOut(state, commit, kind, run, row, decision);
	const outcome = result === "refused" ? "refused" : result ? "applied" : "unchanged";
	audit(
		commit,
		run,
		kind,
		{ ...command, path },
		before,
		outcome,
		decision.kind === "conflict" ? decision.because : null,
	);
	const answer = answerOf(state, commit, run, decision, result === true);
	state.answers.set(command.requestId, { kind, instanceId: command.instanceId, path, answer });
	return answer;
}

function decide(
	state: MemoryState,
	commit: Commit,
	kind: ControlKind,
	{ expectedRunId, forbidden }: ControlCommand,
	run: Run,
	row: OpenRow | undefined,
): ControlDecision {
	if (forbidden !== undefined) return { kind: "conflict", because: forbidden };
	if (expectedRunId !== null && expectedRunId !== run.instance.runId) {
		return { kind: "conflict", because: "another run of this id has started since" };
	}
	const count = inFlight(state, commit, run).length;
	switch (kind) {
		case "pause":
			return decidePause(run.instance, count);
		case "unpause":
			return decideUnpause(run.instance);
		case "cancel":
			return decideCancel(run.instance, count);
		case "retry":
			return decideRetry(run.instance);
		case "retryNow":
			return decideRetryNow(run.instance, row ?? null, commit.now);
		case "reveal":
			return decideReveal();
	}
}

/** Whether something changed. */
function carryOut(
	state: MemoryState,
	commit: Commit,
	kind: ControlKind,
	run: Run,
	row: OpenRow | undefined,
	decision: ControlDecision,
): boolean | "refused" {
	switch (decision.kind) {
		case "finished":
		case "conflict":
			return "refused";
		case "audit":
			return decision.changed;
		case "reopen":
			if (kind === "retry") reopenRows(state, commit, run);
			run.instance.status = liveStatus(run.states.keys(), run.instance.startedAt);
			return decision.changed;
		case "hasten":
			if (row !== undefined) state.change(row, { dueAt: commit.now, version: commit.touch(run) });
			return decision.changed;
		case "apply":
			if (decision.changed) enter(state, commit, run, decision.next);
			return decision.changed;
	}
}

function enter(state: MemoryState, commit: Commit, run: Run, next: ControlState): void {
	if (next.status === "cancelled") {
		endRun(state, commit, run, "cancelled");
		return;
	}
	run.instance.status = next.status;
	run.instance.control = next.control;
	if (next.control === "none") state.controlled.delete(run);
	else state.controlled.add(run);
	// A withdrawn pause: what parked meanwhile shows in the status now.
	if (next.control === "none" && next.status !== "paused") {
		run.instance.status = liveStatus(run.states.keys(), run.instance.startedAt);
	}
}

/** Puts the rows of a failed run back to how they were opened, with fresh attempts that no old lease can settle. */
function reopenRows(state: MemoryState, commit: Commit, run: Run): void {
	const version = commit.touch(run);
	for (const row of [...run.open.values()]) {
		const to = reopenedState(row);
		const dueAt = to === "ready" ? commit.now : row.dueAt;
		state.change(row, { state: to, attempt: 1, crashes: 0, epoch: row.epoch + 1, dueAt, version });
	}
	Object.assign(run.instance, { error: null, failedPath: null, endedAt: null });
}

function reopenedState(row: OpenRow): OpenRow["state"] {
	switch (row.openedAs) {
		case "joining":
			return row.remaining === 0 ? "ready" : "joining";
		case "awaiting_signal":
			return row.signalId === null ? "awaiting_signal" : "ready";
		case "ready":
		case "waiting":
			return row.openedAs;
	}
}

function answerOf(
	state: MemoryState,
	commit: Commit,
	run: Run,
	decision: ControlDecision,
	changed: boolean,
): ControlResult {
	const instance = instanceOf(run);
	switch (decision.kind) {
		case "finished":
			return { kind: "finished", instance };
		case "conflict":
			return { kind: "conflict", instance, because: decision.because };
		case "apply":
		case "reopen":
		case "hasten":
		case "audit":
			return { kind: "accepted", changed, instance, inFlight: waitedFor(state, commit, run) };
	}
}

/** What a pending request waits for. */
function waitedFor(state: MemoryState, commit: Commit, run: Run): readonly InFlightNode[] {
	if (run.instance.control === "none") return [];
	return inFlight(state, commit, run).map(({ path, attempt, owner, grantedAt }) =>
		Object.freeze({ path, attempt, worker: owner ?? "", grantedAt: grantedAt ?? commit.now }),
	);
}

/** Appends the audit row of a request that was just carried out or refused. */
export function audit(
	commit: Commit,
	run: Run,
	kind: ControlKind,
	{ requestId, by, reason, path }: Pick<ControlRequestRecord, "requestId" | "by" | "reason" | "path">,
	before: InstanceStatus,
	result: ControlRequestRecord["result"],
	because: string | null = null,
): void {
	const { status, control: pending } = run.instance;
	const after = pending === "none" ? status : pending;
	const requestedAt = commit.now;
	const version = commit.touch(run);
	run.controlRequests.push(
		Object.freeze({ requestId, kind, path, by, reason, requestedAt, result, before, after, because, version }),
	);
}
