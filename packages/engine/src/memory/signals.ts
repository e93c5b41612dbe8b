import type { Grant, SignalCommand, SignalResult } from "../backend/commands.ts";
import { isTerminal } from "../core/instance/status.ts";
import { isWithin } from "./claim.ts";
import { copyValue, grantOf, instanceOf } from "./handed-out.ts";
import { grantReady, oldestWait, refreshStatus, reserve } from "./open-rows.ts";
import type { Commit, MemoryState, OpenRow, Run, StoredSignal } from "./state.ts";

export function sendSignal(state: MemoryState, commit: Commit, command: SignalCommand): SignalResult {
	const same = state.signals.get(command.signalId);
	if (same !== undefined) return stored(same, false, heldGrants(state, commit, same, command));
	const run = state.newest.get(command.instanceId);
	if (run === undefined) return { kind: "not_found" };
	const earlier = run.signals.find(
		({ idempotencyKey }) => idempotencyKey !== null && idempotencyKey === command.idempotencyKey,
	);
	if (earlier !== undefined) return isSame(earlier, command) ? stored(earlier, true) : { kind: "key_conflict" };
	if (isTerminal(run.instance.status)) return { kind: "finished", instance: instanceOf(run) };
	const signal = store(state, commit, run, command);
	const wait = oldestWait(commit, run, command.name);
	if (wait !== undefined) reserve(state, commit, wait, signal);
	const grants = wait === undefined ? [] : grantWait(state, commit, wait, command);
	refreshStatus(run);
	if (grants.length > 0) commit.cause = "claim";
	return stored(signal, false, grants);
}

function stored(
	{ signalId, reservedFor }: StoredSignal,
	duplicate: boolean,
	grants: readonly Grant[] = [],
): SignalResult {
	return { kind: "stored", signalId, reservedFor, duplicate, grants };
}

function grantWait(state: MemoryState, commit: Commit, wait: OpenRow, { grantTo }: SignalCommand): readonly Grant[] {
	if (grantTo === null || wait.owner !== null || !isWithin(wait, grantTo)) return [];
	return grantReady(state, commit, wait.run, [wait], grantTo);
}

/** The same signal again: the lease that its commit granted, if the row has not changed since. */
function heldGrants(
	state: MemoryState,
	commit: Commit,
	signal: StoredSignal,
	command: SignalCommand,
): readonly Grant[] {
	const owner = command.grantTo?.owner;
	if (owner === undefined || !state.isLive(owner, commit.now)) return [];
	const held = [...(state.leases.get(owner) ?? [])].filter(
		(row) => row.signalId === signal.signalId && row.version === signal.version,
	);
	return held.map((row) => grantOf(row, null));
}

function isSame(signal: StoredSignal, { name, payload }: SignalCommand): boolean {
	return (
		signal.name === name &&
		signal.payload.codec === payload.codec &&
		Buffer.compare(signal.payload.bytes, payload.bytes) === 0
	);
}

function store(state: MemoryState, commit: Commit, run: Run, command: SignalCommand): StoredSignal {
	const { signalId, name, by, idempotencyKey } = command;
	const signal: StoredSignal = {
		signalId,
		name,
		by,
		size: command.payload.bytes.byteLength,
		receivedAt: commit.now,
		reservedFor: null,
		consumedBy: null,
		version: commit.touch(run),
		payload: copyValue(command.payload),
		idempotencyKey,
		sequence: run.signals.length,
	};
	run.signals.push(signal);
	run.buffered.push(signal);
	state.signals.set(signalId, signal);
	return signal;
}
