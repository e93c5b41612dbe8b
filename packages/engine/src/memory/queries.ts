import type { InstanceCounts } from "../backend/list-query.ts";
import type { InstanceRecord, StoredValue, WorkflowSnapshot } from "../backend/rows.ts";
import { INSTANCE_STATUSES, type InstanceStatus, isTerminal } from "../core/instance/status.ts";
import type { ValueSource } from "../core/value-ref.ts";
import { shownInstance } from "./drain.ts";
import { copyValue, instanceOf, openNodeOf, signalOf } from "./handed-out.ts";
import type { Commit, MemoryState, OpenRow, Run } from "./state.ts";

export function snapshot(state: MemoryState, commit: Commit, run: Run, sinceVersion: number): WorkflowSnapshot {
	const isNew = ({ version }: { readonly version: number }) => version > sinceVersion;
	return Object.freeze({
		now: commit.now,
		instance: shownInstance(state, commit, run),
		openNodes: [...run.open.values()].map(openNodeOf),
		checkpoints: [...run.checkpoints.values()].map(({ record }) => record).filter(isNew),
		attempts: run.attempts.filter(isNew),
		controlRequests: run.controlRequests.filter(isNew),
		signals: run.signals.filter(isNew).map(signalOf),
	});
}

export function countInstances(state: MemoryState): InstanceCounts {
	const byStatus = Object.fromEntries(INSTANCE_STATUSES.map((status) => [status, 0])) as Record<InstanceStatus, number>;
	const workflows = new Set([...state.definitions.values()].map(({ workflow }) => workflow));
	for (const { instance } of state.byCreation) byStatus[instance.status] += 1;
	return { byStatus, workflows: [...workflows].sort() };
}

export function readValue(state: MemoryState, run: Run, source: ValueSource): StoredValue | null {
	const value = storedAt(state, run, source);
	return value == null ? null : copyValue(value);
}

function storedAt(state: MemoryState, run: Run, source: ValueSource): StoredValue | null | undefined {
	switch (source.kind) {
		case "input":
			return run.input;
		case "checkpoint":
			return run.checkpoints.get(source.path)?.value;
		case "signal": {
			const signal = state.signals.get(source.signalId);
			return signal !== undefined && run.signals.includes(signal) ? signal.payload : null;
		}
		case "none":
		case "join":
			return null;
	}
}

export function listOrphans(state: MemoryState): readonly InstanceRecord[] {
	return state.byCreation.filter(isOrphan).map(instanceOf);
}

/** Live and unpaused, and neither a lease, a due time, a wait nor a pending request will ever move it. */
export function isOrphan(run: Run): boolean {
	const { status, control } = run.instance;
	if (isTerminal(status) || status === "paused" || control !== "none") return false;
	return ![...run.open.values()].some(hasNextMove);
}

function hasNextMove(row: OpenRow): boolean {
	switch (row.state) {
		case "ready":
		case "running":
			return true;
		case "retrying":
		case "waiting":
			return row.dueAt !== null;
		case "awaiting_signal":
			return row.dueAt !== null || !row.run.buffered.some(({ name }) => name === row.signal);
		case "joining":
		case "failed":
		case "cancelled":
			return false;
	}
}
