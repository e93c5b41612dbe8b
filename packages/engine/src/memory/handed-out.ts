import type { Grant } from "../backend/commands.ts";
import type { InstanceRecord, OpenNodeRecord, SignalRecord, StoredValue, WorkerRecord } from "../backend/rows.ts";
import type { MemoryState, OpenRow, Run, StoredSignal, Worker } from "./state.ts";

/** What leaves the backend, or enters it, is a copy: nobody can change stored state through it. */

export function copyValue(value: StoredValue): StoredValue {
	return Object.freeze({ codec: value.codec, bytes: Uint8Array.from(value.bytes) });
}

/** A frozen copy through real serialisation, for records that are plain JSON data. */
export function frozenCopy<T>(record: T): T {
	return deepFreeze(JSON.parse(JSON.stringify(record)) as T);
}

function deepFreeze<T>(root: T): T {
	const stack: unknown[] = [root];
	while (stack.length > 0) {
		const value = stack.pop();
		if (typeof value !== "object" || value === null) continue;
		Object.freeze(value);
		stack.push(...Object.values(value));
	}
	return root;
}

export function instanceOf(run: Run): InstanceRecord {
	return Object.freeze({ ...run.instance });
}

export function openNodeOf(row: OpenRow): OpenNodeRecord {
	const { run: _run, sequence: _sequence, openedAt: _openedAt, ...record } = row;
	return Object.freeze(record);
}

export function signalOf(signal: StoredSignal): SignalRecord {
	const { payload: _payload, idempotencyKey: _key, sequence: _sequence, ...record } = signal;
	return Object.freeze(record);
}

export function workerOf(state: MemoryState, worker: Worker): WorkerRecord {
	return Object.freeze({ ...worker, held: state.leases.get(worker.workerId)?.size ?? 0 });
}

/** `dueAt` is the row's before the grant, when that time is what made it actionable. */
export function grantOf(row: OpenRow, dueAt: number | null): Grant {
	const { instance } = row.run;
	return Object.freeze({
		instanceId: instance.instanceId,
		runId: instance.runId,
		workflow: instance.workflow,
		definitionHash: instance.definitionHash,
		path: row.path,
		epoch: row.epoch,
		attempt: row.attempt,
		crashes: row.crashes,
		input: row.input,
		signalId: row.signalId,
		dueAt,
	});
}
