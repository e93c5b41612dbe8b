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

const HEAD = [
	"run_id",
	"instance_id",
	"workflow",
	"definition_hash",
	"status",
	"control",
	"version",
	"progress_done",
	"progress_total",
	"started_at",
] as const satisfies readonly (keyof InstanceHead)[];

export const HEAD_COLUMNS = HEAD.join(", ");

/** The same of a table called `i` in a join, beside columns of the same names. */
export type JoinedHead = { readonly [Column in (typeof HEAD)[number] as `i_${Column}`]: InstanceHead[Column] };

/** Of instances that go on by themselves. */
export const MOVING: readonly InstanceStatus[] = ["pending", "in_progress", "waiting", "awaiting_signal"];

/** Those that are being paused or cancelled, in the words of their partial index: SQLite looks for them in a query. */
export const CONTROLLED = "control IN ('pausing', 'cancelling')";

export const HEAD_COLUMNS_I = HEAD.map((name) => `i.${name} AS i_${name}`).join(", ");

export function headOf(row: JoinedHead): InstanceHead {
	return {
		run_id: row.i_run_id,
		instance_id: row.i_instance_id,
		workflow: row.i_workflow,
		definition_hash: row.i_definition_hash,
		progress_total: row.i_progress_total,
		status: row.i_status,
		control: row.i_control,
		version: row.i_version,
		progress_done: row.i_progress_done,
		started_at: row.i_started_at,
	};
}

export const INSTANCE_COLUMNS = `${HEAD_COLUMNS}, generation, created_at, updated_at, ended_at, output, failed_path, error, labels`;
