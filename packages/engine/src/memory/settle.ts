import type { AttemptFailure, RecordedNode, SettleCommand, SettleOutcome, SettleResult } from "../backend/commands.ts";
import type { AttemptOutcome } from "../backend/rows.ts";
import { InvalidArgumentError } from "../core/errors.ts";
import { drain } from "./drain.ts";
import { copyValue, frozenCopy, grantOf } from "./handed-out.ts";
import { closeRow, endRun, grantReady, openNode, refreshStatus, release } from "./open-rows.ts";
import { type Commit, type MemoryState, type OpenRow, type Run, type SettledMark, settledKey } from "./state.ts";

type Completed = Extract<SettleOutcome, { readonly kind: "completed" }>;

export function settle(state: MemoryState, commit: Commit, command: SettleCommand): SettleResult {
	const run = state.runs.get(command.runId);
	if (run === undefined) return { kind: "fenced" };
	const row = run.open.get(command.path);
	if (row === undefined || row.owner !== command.owner || row.epoch !== command.epoch) {
		const mark = run.settled.get(settledKey(command.path, command.epoch));
		return mark?.owner === command.owner ? replayed(run, mark, command.owner) : { kind: "fenced" };
	}
	if (run.instance.control === "cancelling") return discard(state, commit, row, command);
	const { outcome } = command;
	if (outcome.kind === "completed") checkCompleted(run, row, outcome);
	commit.touch(run);
	const became = apply(state, commit, row, command);
	refreshStatus(run);
	const grants = grantReady(state, commit, run, became, command);
	refreshStatus(run);
	drain(state, commit, run);
	const granted = Object.freeze(grants.map(({ path, epoch }) => ({ path, epoch })));
	run.settled.set(settledKey(command.path, command.epoch), { owner: command.owner, discarded: false, granted });
	const { status, control, version } = run.instance;
	return { kind: "settled", status, control, version, grants, replayed: false };
}

function replayed(run: Run, mark: SettledMark, owner: string): SettleResult {
	const { status, control, version } = run.instance;
	if (mark.discarded) return { kind: "discarded", status, control };
	const grants = mark.granted.flatMap(({ path, epoch }) => {
		const row = run.open.get(path);
		return row !== undefined && row.owner === owner && row.epoch === epoch ? [grantOf(row, null)] : [];
	});
	return { kind: "settled", status, control, version, grants, replayed: true };
}

/** Everything that could be wrong with a command, before anything is written. */
function checkCompleted(run: Run, row: OpenRow, outcome: Completed): void {
	const recorded = outcome.recorded.find(({ path }) => run.checkpoints.has(path));
	if (recorded !== undefined) refuse("recorded", `"${recorded.path}" has a checkpoint already`);
	const opened = outcome.open.find(({ path }) => run.open.has(path) || run.checkpoints.has(path));
	if (opened !== undefined) refuse("open", `"${opened.path}" is open or recorded already`);
	if (outcome.consumes !== null && outcome.consumes !== row.signalId) {
		refuse("consumes", `signal "${outcome.consumes}" is not reserved for "${row.path}"`);
	}
	if (outcome.countDown !== null && run.open.get(outcome.countDown)?.state !== "joining") {
		refuse("countDown", `"${outcome.countDown}" is not joining`);
	}
}

function refuse(argument: string, because: string): never {
	throw new InvalidArgumentError(argument, `This settle cannot be written: ${because}. Read the instance again.`);
}

/** Answers the rows that may have become ready. */
function apply(state: MemoryState, commit: Commit, row: OpenRow, command: SettleCommand): readonly OpenRow[] {
	const { outcome } = command;
	switch (outcome.kind) {
		case "completed":
			return complete(state, commit, row, command, outcome);
		case "retry": {
			const dueAt = commit.now + outcome.delayMs;
			appendAttempt(commit, row, command, outcome.failure, dueAt);
			const version = commit.touch(row.run);
			const attempt = row.attempt + 1;
			state.change(row, { state: "retrying", attempt, dueAt, owner: null, grantedAt: null, version });
			return [];
		}
		case "failed":
			appendAttempt(commit, row, command, outcome.failure, null);
			fail(state, commit, row, outcome.failure);
			return [];
		case "released":
			release(state, commit, row);
			return [];
	}
}

function complete(
	state: MemoryState,
	commit: Commit,
	row: OpenRow,
	command: SettleCommand,
	outcome: Completed,
): readonly OpenRow[] {
	const { run } = row;
	const version = commit.touch(run);
	if (outcome.failure !== null) appendAttempt(commit, row, command, outcome.failure, null);
	for (const node of outcome.recorded) record(commit, row, command, node);
	const consumed = outcome.consumes === null ? undefined : state.signals.get(outcome.consumes);
	if (consumed !== undefined) Object.assign(consumed, { consumedBy: row.path, version });
	closeRow(state, commit, row);
	const { closes } = outcome;
	if (closes !== null) {
		for (const other of [...run.open.values()]) if (other.path.startsWith(closes)) closeRow(state, commit, other);
	}
	const { progress } = run.instance;
	run.instance.progress = Object.freeze({ ...progress, done: progress.done + outcome.progress });
	const opened = outcome.open.map((spec) => openNode(state, commit, run, spec));
	const joining = outcome.countDown === null ? undefined : run.open.get(outcome.countDown);
	if (joining !== undefined) {
		const remaining = joining.remaining - 1;
		state.change(
			joining,
			remaining === 0 ? { remaining, state: "ready", dueAt: commit.now, version } : { remaining, version },
		);
		opened.push(joining);
	}
	if (outcome.result !== null) {
		run.instance.output = outcome.result;
		// What a branch that failed as data left undone is resolved with it.
		run.instance.progress = Object.freeze({ done: progress.total, total: progress.total });
		endRun(state, commit, run, "completed");
	}
	return opened;
}

function record(commit: Commit, row: OpenRow, command: SettleCommand, { path, output, value }: RecordedNode): void {
	const { run } = row;
	const stored = value === null ? null : copyValue(value);
	const record = Object.freeze({
		path,
		output,
		size: stored === null ? null : stored.bytes.byteLength,
		codec: stored === null ? null : stored.codec,
		attempt: row.attempt,
		startedAt: command.startedAt,
		finishedAt: command.finishedAt,
		worker: command.owner,
		version: commit.touch(run),
	});
	run.checkpoints.set(path, { record, value: stored });
}

function appendAttempt(
	commit: Commit,
	row: OpenRow,
	command: Pick<SettleCommand, "startedAt" | "finishedAt" | "owner">,
	failure: AttemptFailure | { readonly outcome: Extract<AttemptOutcome, "cancelled">; readonly error: null },
	nextAttemptAt: number | null,
): void {
	const { run, path, epoch, attempt } = row;
	const { startedAt, finishedAt, owner: worker } = command;
	const version = commit.touch(run);
	run.attempts.push(
		frozenCopy({ path, epoch, attempt, ...failure, startedAt, finishedAt, worker, nextAttemptAt, version }),
	);
}

/** The instance fails with this node. Its open rows stay for a retry, and every lease on them is revoked. */
function fail(state: MemoryState, commit: Commit, failed: OpenRow, { error }: AttemptFailure): void {
	const { run } = failed;
	const version = commit.touch(run);
	for (const row of [...run.open.values()]) {
		const epoch = row === failed || row.owner === null ? row.epoch : row.epoch + 1;
		const to = row === failed ? "failed" : "cancelled";
		state.change(row, { state: to, epoch, owner: null, grantedAt: null, version });
	}
	run.instance.error = frozenCopy(error);
	run.instance.failedPath = failed.path;
	endRun(state, commit, run, "failed");
}

/** The attempt ended after a cancel: it is noted, its result is not. */
function discard(state: MemoryState, commit: Commit, row: OpenRow, command: SettleCommand): SettleResult {
	const { run } = row;
	appendAttempt(commit, row, command, { outcome: "cancelled", error: null }, null);
	closeRow(state, commit, row);
	drain(state, commit, run);
	run.settled.set(settledKey(command.path, command.epoch), { owner: command.owner, discarded: true, granted: [] });
	const { status, control } = run.instance;
	return { kind: "discarded", status, control };
}
