import type {
	AttemptRecord,
	CheckpointRecord,
	ControlRequestRecord,
	InstanceRecord,
	OpenNodeRecord,
	RecordedError,
	SignalRecord,
	StoredValue,
	WorkerProfile,
	WorkerRecord,
} from "@waymark/engine/backend";
import type { InstanceRow } from "./instance-row.ts";
import type { OpenNodeRow } from "./open-node-row.ts";

/** Rows as the statements read them → values of the engine's contract. The only place that knows both. */

export function toInstance(row: InstanceRow): InstanceRecord {
	return {
		instanceId: row.instance_id,
		runId: row.run_id,
		generation: row.generation,
		workflow: row.workflow,
		definitionHash: row.definition_hash,
		status: row.status,
		control: row.control,
		version: row.version,
		progress: { done: row.progress_done, total: row.progress_total },
		createdAt: row.created_at,
		startedAt: row.started_at,
		updatedAt: row.updated_at,
		endedAt: row.ended_at,
		output: row.output,
		error: toError(row.error),
		failedPath: row.failed_path,
		labels: JSON.parse(row.labels) as Readonly<Record<string, string>>,
	};
}

export function toOpenNode(row: OpenNodeRow): OpenNodeRecord {
	return {
		path: row.path,
		state: row.state,
		openedAs: row.opened_as,
		attempt: row.attempt,
		crashes: row.crashes,
		epoch: row.epoch,
		dueAt: row.due_at,
		signal: row.signal_name,
		signalId: row.signal_id,
		remaining: row.remaining,
		input: row.input,
		priority: row.priority,
		tags: JSON.parse(row.tags) as readonly string[],
		owner: row.owner,
		grantedAt: row.granted_at,
		version: row.version,
	};
}

export interface CheckpointRow {
	readonly path: string;
	readonly output: string;
	readonly size: number | null;
	readonly codec: string | null;
	readonly attempt: number;
	readonly started_at: number;
	readonly finished_at: number;
	readonly worker: string;
	readonly version: number;
}

export function toCheckpoint(row: CheckpointRow): CheckpointRecord {
	return {
		path: row.path,
		output: row.output,
		size: row.size,
		codec: row.codec,
		attempt: row.attempt,
		startedAt: row.started_at,
		finishedAt: row.finished_at,
		worker: row.worker,
		version: row.version,
	};
}

export interface AttemptRow {
	readonly path: string;
	readonly epoch: number;
	readonly attempt: number;
	readonly outcome: AttemptRecord["outcome"];
	readonly error: string | null;
	readonly started_at: number;
	readonly finished_at: number;
	readonly worker: string;
	readonly next_attempt_at: number | null;
	readonly version: number;
}

export function toAttempt(row: AttemptRow): AttemptRecord {
	return {
		path: row.path,
		epoch: row.epoch,
		attempt: row.attempt,
		outcome: row.outcome,
		error: toError(row.error),
		startedAt: row.started_at,
		finishedAt: row.finished_at,
		worker: row.worker,
		nextAttemptAt: row.next_attempt_at,
		version: row.version,
	};
}

export interface ControlRequestRow {
	readonly request_id: string;
	readonly run_id: string;
	readonly kind: ControlRequestRecord["kind"];
	readonly path: string | null;
	readonly requested_by: string;
	readonly reason: string | null;
	readonly requested_at: number;
	readonly result: ControlRequestRecord["result"];
	readonly status_before: ControlRequestRecord["before"];
	readonly status_after: ControlRequestRecord["after"];
	readonly because: string | null;
	readonly version: number;
}

export function toControlRequest(row: ControlRequestRow): ControlRequestRecord {
	return {
		requestId: row.request_id,
		kind: row.kind,
		path: row.path,
		by: row.requested_by,
		reason: row.reason,
		requestedAt: row.requested_at,
		result: row.result,
		before: row.status_before,
		after: row.status_after,
		because: row.because,
		version: row.version,
	};
}

export interface SignalRow {
	readonly signal_id: string;
	readonly name: string;
	readonly sent_by: string;
	readonly size: number;
	readonly received_at: number;
	readonly reserved_for: string | null;
	readonly consumed_by: string | null;
	readonly version: number;
}

export function toSignal(row: SignalRow): SignalRecord {
	return {
		signalId: row.signal_id,
		name: row.name,
		by: row.sent_by,
		size: row.size,
		receivedAt: row.received_at,
		reservedFor: row.reserved_for,
		consumedBy: row.consumed_by,
		version: row.version,
	};
}

export interface WorkerRow {
	readonly worker_id: string;
	readonly name: string;
	readonly slots: number;
	readonly started_at: number;
	readonly heartbeat_at: number;
	readonly expires_at: number;
	readonly profile: string | null;
	readonly held: number;
}

export function toWorker(row: WorkerRow): WorkerRecord {
	return {
		workerId: row.worker_id,
		name: row.name,
		slots: row.slots,
		startedAt: row.started_at,
		heartbeatAt: row.heartbeat_at,
		expiresAt: row.expires_at,
		held: row.held,
		profile: toProfile(row.profile),
	};
}

export function toProfile(json: string | null): WorkerProfile | null {
	return json === null ? null : (JSON.parse(json) as WorkerProfile);
}

export function toError(json: string | null): RecordedError | null {
	return json === null ? null : (JSON.parse(json) as RecordedError);
}

/** Name and message first, whatever the order they come in: searches cut them out of the text (instance-conditions.ts). */
export function fromError(error: RecordedError | null): string | null {
	if (error === null) return null;
	const { name, message, code, stack, cause } = error;
	return JSON.stringify({ name, message, code, stack, cause });
}

/** Drivers hand out their own kind of byte array; callers get the plain one. */
export function toValue(codec: string, bytes: Uint8Array): StoredValue {
	return { codec, bytes: new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength) };
}
