import type { ColumnType } from "./row-arrays.ts";

/** The rows of a flush as the parameters of its statement: one array of rows for each part. */

export type Columns = Readonly<Record<string, ColumnType>>;

const NODE = {
	path: "text",
	state: "text",
	opened_as: "text",
	opened_version: "int",
	opened_ordinal: "int",
	attempt: "int",
	crashes: "int",
	epoch: "int",
	due_in: "bigint",
	signal_name: "text",
	remaining: "int",
	input: "text",
	priority: "int",
	tags: "text",
	lane: "bigint",
	owner: "text",
	version: "int",
} as const satisfies Columns;

export const PARTS = {
	definition: { hash: "text", workflow: "text", planned_nodes: "int", graph: "text" },
	head: {
		run_id: "text",
		expected: "int",
		version: "int",
		progress_done: "int",
		starts: "int",
		status: "text",
		ends: "int",
		/** Rows that must be found as they were: of close, move, answer and consume. */
		holds: "int",
		output: "text",
	},
	/** A plain move: what head, move and record say of it in three times the columns. */
	advance: {
		run_id: "text",
		version: "int",
		progress_done: "int",
		place: "int",
		from_epoch: "int",
		owner: "text",
		from_path: "text",
		path: "text",
		output: "text",
		attempt: "int",
		started_at: "bigint",
		finished_at: "bigint",
		codec: "text",
		bytes: "bytea",
	},
	fresh: {
		run_id: "text",
		instance_id: "text",
		workflow: "text",
		definition_hash: "text",
		status: "text",
		progress_total: "int",
		starts: "int",
		labels: "text",
		input_codec: "text",
		input_bytes: "bytea",
	},
	label: { run_id: "text", key: "text", value: "text" },
	close: { run_id: "text", place: "int", epoch: "int", owner: "text" },
	move: { run_id: "text", place: "int", from_epoch: "int", from_owner: "text", ...NODE },
	open: { run_id: "text", place: "int", ...NODE },
	record: {
		run_id: "text",
		path: "text",
		output: "text",
		attempt: "int",
		epoch: "int",
		worker: "text",
		started_at: "bigint",
		finished_at: "bigint",
		version: "int",
		codec: "text",
		bytes: "bytea",
	},
	fail: {
		run_id: "text",
		path: "text",
		epoch: "int",
		attempt: "int",
		outcome: "text",
		worker: "text",
		started_at: "bigint",
		finished_at: "bigint",
		next_in: "bigint",
		version: "int",
		error: "text",
	},
	receive: {
		run_id: "text",
		signal_id: "text",
		name: "text",
		nth: "int",
		sent_by: "text",
		reserved_for: "text",
		version: "int",
		codec: "text",
		bytes: "bytea",
	},
	answer: {
		run_id: "text",
		place: "int",
		from_epoch: "int",
		signal_id: "text",
		epoch: "int",
		owner: "text",
		version: "int",
	},
	consume: { run_id: "text", signal_id: "text", path: "text", version: "int" },
} as const satisfies Readonly<Record<string, Columns>>;

export type Part = keyof typeof PARTS;

/** The row type of a part. The migrations make them, and a part that changes needs a new one: old versions use theirs. */
export function rowType(part: Part): string {
	return `waymark_flush_${part}`;
}

/** The oid of each row type in the database of a connection. */
export type RowTypes = Readonly<Record<Part, number>>;

/** Answers them as one row. */
export const ROW_TYPES = `SELECT ${Object.keys(PARTS)
	.map((part) => `'${rowType(part as Part)}'::regtype::oid::bigint AS ${part}`)
	.join(", ")}`;
