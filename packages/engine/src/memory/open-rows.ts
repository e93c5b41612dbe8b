import type { Grant, GrantTo, OpenSpec } from "../backend/commands.ts";
import { isTerminal, liveStatus, mayGrant, type TerminalStatus } from "../core/instance/status.ts";
import { grantOf } from "./handed-out.ts";
import { byPriority, type Commit, type MemoryState, type OpenRow, type Run, type StoredSignal } from "./state.ts";

/** The moves of open rows that several commands share. */

/** Opens a node. A wait for a signal takes the oldest buffered one at once. */
export function openNode(state: MemoryState, commit: Commit, run: Run, spec: OpenSpec): OpenRow {
	const timed = spec.dueInMs === null ? null : commit.now + spec.dueInMs;
	const row: OpenRow = {
		run,
		sequence: state.nextSequence(),
		openedAt: commit.now,
		path: spec.path,
		state: spec.state,
		openedAs: spec.state,
		attempt: 1,
		crashes: 0,
		epoch: 0,
		dueAt: spec.state === "ready" ? commit.now : timed,
		signal: spec.signal,
		signalId: null,
		remaining: spec.remaining,
		input: spec.input,
		priority: spec.priority,
		tags: Object.freeze([...spec.tags]),
		owner: null,
		grantedAt: null,
		version: commit.touch(run),
	};
	state.insert(row);
	const buffered = row.signal === null ? undefined : oldestBuffered(run, row.signal);
	if (buffered !== undefined) reserve(state, commit, row, buffered);
	return row;
}

/** Reserves a signal for a wait, which becomes ready. */
export function reserve(state: MemoryState, commit: Commit, row: OpenRow, signal: StoredSignal): void {
	const version = commit.touch(row.run);
	const { buffered } = row.run;
	const at = buffered.indexOf(signal);
	if (at >= 0) buffered.splice(at, 1);
	signal.reservedFor = row.path;
	signal.version = version;
	state.change(row, { state: "ready", signalId: signal.signalId, dueAt: commit.now, version });
}

function oldestBuffered(run: Run, name: string): StoredSignal | undefined {
	return run.buffered.find((signal) => signal.name === name);
}

/** The oldest wait of that name that a signal can still end. */
export function oldestWait(commit: Commit, run: Run, name: string): OpenRow | undefined {
	let oldest: OpenRow | undefined;
	for (const row of run.open.values()) {
		if (row.state !== "awaiting_signal" || row.signal !== name) continue;
		if (row.dueAt !== null && row.dueAt <= commit.now) continue;
		if (oldest === undefined || row.sequence < oldest.sequence) oldest = row;
	}
	return oldest;
}

/** Leases one row, which must be free and actionable. */
export function grant(state: MemoryState, commit: Commit, row: OpenRow, owner: string): Grant {
	const { run } = row;
	const version = commit.touch(run);
	const dueAt = row.state === "ready" ? null : row.dueAt;
	const runsCode = row.openedAs === "ready" || row.openedAs === "joining";
	state.change(row, {
		state: runsCode ? "running" : row.state,
		epoch: row.epoch + 1,
		owner,
		grantedAt: commit.now,
		version,
	});
	run.instance.startedAt ??= commit.now;
	return grantOf(row, runsCode && row.attempt === 1 ? null : dueAt);
}

/** Leases up to `slots` of these ready rows, if the run allows it and the owner is alive. */
export function grantReady(
	state: MemoryState,
	commit: Commit,
	run: Run,
	rows: readonly OpenRow[],
	to: GrantTo,
): readonly Grant[] {
	if (!mayGrant(run.instance) || !state.isLive(to.owner, commit.now)) return [];
	const ready = rows.filter((row) => row.state === "ready").sort(byPriority);
	return ready.slice(0, Math.max(0, to.slots)).map((row) => grant(state, commit, row, to.owner));
}

/** Gives a lease back and charges nothing. What ran queues anew, from when it was granted. */
export function release(state: MemoryState, commit: Commit, row: OpenRow): void {
	state.change(row, {
		state: row.state === "running" ? "ready" : row.state,
		dueAt: row.state === "running" ? row.grantedAt : row.dueAt,
		owner: null,
		grantedAt: null,
		version: commit.touch(row.run),
	});
}

/** Ends a row. A signal reserved for it and not consumed goes to the next wait of its name, or back to the buffer. */
export function closeRow(state: MemoryState, commit: Commit, row: OpenRow): void {
	state.remove(row);
	if (row.signalId === null) return;
	const signal = state.signals.get(row.signalId);
	if (signal === undefined || signal.consumedBy !== null) return;
	signal.reservedFor = null;
	signal.version = commit.touch(row.run);
	const next = oldestWait(commit, row.run, signal.name);
	if (next !== undefined) {
		reserve(state, commit, next, signal);
		return;
	}
	row.run.buffered.push(signal);
	row.run.buffered.sort((a, b) => a.sequence - b.sequence);
}

/** Rows with a live owner. */
export function inFlight(state: MemoryState, commit: Commit, run: Run): readonly OpenRow[] {
	return [...run.open.values()].filter((row) => row.owner !== null && state.isLive(row.owner, commit.now));
}

/** Works the status of a live, uncontrolled, unpaused run out from its open rows. */
export function refreshStatus(run: Run): void {
	const { instance } = run;
	if (isTerminal(instance.status) || instance.status === "paused" || instance.control !== "none") return;
	instance.status = liveStatus(run.states.keys(), instance.startedAt);
}

/** Ends the run. Only a failed one keeps its open rows, for its retry. */
export function endRun(state: MemoryState, commit: Commit, run: Run, status: TerminalStatus): void {
	commit.touch(run);
	run.instance.status = status;
	run.instance.control = "none";
	run.instance.endedAt = commit.now;
	state.controlled.delete(run);
	if (status === "failed") return;
	for (const row of [...run.open.values()]) state.remove(row);
}
