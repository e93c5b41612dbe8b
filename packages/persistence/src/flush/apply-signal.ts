import { type Grant, mayGrant, type SignalCommand, type SignalResult } from "@waymark/engine/backend";
import { isWithin, toGrant } from "../grants.ts";
import type { KnownNode, KnownRun } from "./known-run.ts";
import { leaseNode } from "./open-known.ts";

export type SignalStored = Extract<SignalResult, { kind: "stored" }>;

/** Whether what is known of a run can tell that the signal is new: who else used a key is not known. */
export function isPlain({ idempotencyKey }: SignalCommand): boolean {
	return idempotencyKey === null;
}

/**
 * Stores a signal for a known run in memory, as the general path does in the database (signals.ts). Null: not of the
 * simple form, and the run is unchanged.
 */
export function applySignal(run: KnownRun, command: SignalCommand): SignalStored | null {
	if (!isPlain(command) || !mayGrant(run.head)) return null;
	const { name, signalId } = command;
	let wait: KnownNode | null = null;
	for (const node of run.nodes.values()) {
		if (node.state !== "awaiting_signal" || node.signal_name !== name) continue;
		// Somebody holds it without a signal because its time is over: which one a signal can still end is not known here.
		if (node.owner !== null) return null;
		if (wait === null || isOlder(node, wait)) wait = node;
	}
	// One statement cannot give a signal to a row that it also writes.
	if (wait !== null && (wait.stored === null || wait.isWritten)) return null;
	const changes = run.touch();
	const before = changes.received.filter((one) => one.command.name === name).length;
	changes.receive({ command, nth: before + 1, reservedFor: wait?.path ?? null });
	const stored = { kind: "stored", signalId, duplicate: false } as const;
	if (wait === null) {
		run.hasBuffered = true;
		return { ...stored, reservedFor: null, grants: [] };
	}
	return { ...stored, reservedFor: wait.path, grants: answer(run, wait, command) };
}

/** The wait gets its signal, and its new owner if it is granted. */
function answer(run: KnownRun, wait: KnownNode, { signalId, grantTo }: SignalCommand): Grant[] {
	run.touch().answer(wait);
	wait.state = "ready";
	wait.signal_id = signalId;
	const isGranted = grantTo !== null && grantTo.slots > 0 && isWithin(run.head, wait.tags, grantTo);
	if (isGranted) leaseNode(run, wait, grantTo.owner);
	run.refreshStatus();
	return isGranted ? [toGrant(run.head, wait, null)] : [];
}

function isOlder(a: KnownNode, b: KnownNode): boolean {
	return (a.opened_version - b.opened_version || a.opened_ordinal - b.opened_ordinal) < 0;
}
