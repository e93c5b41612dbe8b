import type { InstanceControl, InstanceStatus } from "@waymark/engine/backend";

/** How an instance ended; all null while it lives. */
export interface Ending {
	readonly ended_at: number | null;
	readonly output: string | null;
	readonly failed_path: string | null;
	/** JSON of RecordedError. */
	readonly error: string | null;
}

/** What commands read of an instance, and change. The rest is read only for answers that hold the whole record. */
export interface InstanceHead {
	readonly run_id: string;
	readonly instance_id: string;
	readonly workflow: string;
	readonly definition_hash: string;
	readonly progress_total: number;
	status: InstanceStatus;
	control: InstanceControl;
	version: number;
	progress_done: number;
	started_at: number | null;
	/** Set by the command that ends or reopens the instance. */
	ending?: Ending;
}

/** A whole row of `instance`, without the input's bytes. */
export interface InstanceRow extends InstanceHead, Ending {
	readonly generation: number;
	readonly created_at: number;
	readonly updated_at: number;
	readonly labels: string;
}

export const HEAD_COLUMNS =
	"run_id, instance_id, workflow, definition_hash, status, control, version, progress_done, progress_total, started_at";

export const INSTANCE_COLUMNS = `${HEAD_COLUMNS}, generation, created_at, updated_at, ended_at, output, failed_path, error, labels`;
