import type { InstanceCounts, InstancePage, InstanceQuery } from "../backend/contract.ts";
import type { InstanceRecord, StoredValue, WorkflowSnapshot } from "../backend/rows.ts";
import { InvalidArgumentError } from "../core/errors.ts";
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

export function listInstances(state: MemoryState, now: number, query: InstanceQuery): InstancePage {
	const { limit } = query;
	if (!Number.isInteger(limit) || limit < 1 || limit > 200) {
		throw new InvalidArgumentError("limit", `A page holds 1 to 200 instances, not ${limit}. Ask for such a number.`);
	}
	const after = query.cursor === null ? null : parseCursor(query.cursor);
	const instances: InstanceRecord[] = [];
	for (let at = state.byCreation.length - 1; at >= 0; at -= 1) {
		const run = state.byCreation[at];
		if (run === undefined || !matches(run, query) || (after !== null && !isOlder(run, after))) continue;
		if (instances.length === limit) return { now, instances, nextCursor: cursorOf(instances.at(-1)) };
		instances.push(instanceOf(run));
	}
	return { now, instances, nextCursor: null };
}

interface Place {
	readonly createdAt: number;
	readonly runId: string;
}

function matches({ instance }: Run, { statuses, workflows }: InstanceQuery): boolean {
	return (
		(statuses.length === 0 || statuses.includes(instance.status)) &&
		(workflows.length === 0 || workflows.includes(instance.workflow))
	);
}

function isOlder({ instance }: Run, { createdAt, runId }: Place): boolean {
	return instance.createdAt < createdAt || (instance.createdAt === createdAt && instance.runId < runId);
}

function cursorOf(last: InstanceRecord | undefined): string | null {
	return last === undefined ? null : `${last.createdAt}~${last.runId}`;
}

function parseCursor(cursor: string): Place {
	const [, createdAt, runId] = /^(\d{1,16})~(.+)$/.exec(cursor) ?? [];
	if (createdAt === undefined || runId === undefined) {
		throw new InvalidArgumentError("cursor", "This is no cursor of an instance list. Begin with the first page.");
	}
	return { createdAt: Number(createdAt), runId };
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
function isOrphan(run: Run): boolean {
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
