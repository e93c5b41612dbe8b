import type { OpenNodeRecord, OpenState } from "@waymark/engine/backend";

/** A row of `open_node` as the statements read it. */
export interface OpenNodeRow {
	readonly run_id: string;
	/** Which of the run's rows it is, as long as the row is there. */
	readonly place: number;
	readonly path: string;
	readonly state: OpenState;
	readonly opened_as: OpenNodeRecord["openedAs"];
	readonly attempt: number;
	readonly crashes: number;
	readonly epoch: number;
	readonly due_at: number | null;
	readonly signal_name: string | null;
	readonly signal_id: string | null;
	readonly remaining: number;
	readonly input: string;
	readonly priority: number;
	readonly tags: string;
	readonly owner: string | null;
	readonly granted_at: number | null;
	readonly version: number;
}

const NAMES = [
	"run_id",
	"place",
	"path",
	"state",
	"opened_as",
	"attempt",
	"crashes",
	"epoch",
	"due_at",
	"signal_name",
	"signal_id",
	"remaining",
	"input",
	"priority",
	"tags",
	"owner",
	"granted_at",
	"version",
] as const satisfies readonly (keyof OpenNodeRow)[];

export const OPEN_NODE_COLUMNS = NAMES.join(", ");

/** The same of a table called `n` in a join. */
export const OPEN_NODE_COLUMNS_N = NAMES.map((name) => `n.${name}`).join(", ");
