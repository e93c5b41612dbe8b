import type { SignalCommand, SignalResult } from "../backend/commands.ts";
import { isTerminal } from "../core/instance/status.ts";
import { copyValue, instanceOf } from "./handed-out.ts";
import { oldestWait, refreshStatus, reserve } from "./open-rows.ts";
import type { Commit, MemoryState, Run, StoredSignal } from "./state.ts";

export function sendSignal(state: MemoryState, commit: Commit, command: SignalCommand): SignalResult {
	const same = state.signals.get(command.signalId);
	if (same !== undefined) return stored(same, false);
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
	refreshStatus(run);
	return stored(signal, false);
}

function stored({ signalId, reservedFor }: StoredSignal, duplicate: boolean): SignalResult {
	return { kind: "stored", signalId, reservedFor, duplicate };
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
