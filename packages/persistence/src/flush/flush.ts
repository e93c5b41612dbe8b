import type { CreateCommand, DefinitionRecord, Grant } from "@waymark/engine/backend";
import type { KnownRun, RunChanges } from "./known-run.ts";

/** A run with what the flush changes of it. */
export interface ChangedRun {
	readonly run: KnownRun;
	readonly changes: RunChanges;
}

export interface CreatedRun extends ChangedRun {
	readonly command: CreateCommand;
	readonly grants: readonly Grant[];
}

/**
 * The writes of many commands, as sets of rows. A run is written wholly or not at all: the database refuses it where its
 * version has moved on, or its id is taken.
 */
export interface Flush {
	/** Stored unless the database knows them. */
	readonly definitions: readonly DefinitionRecord[];
	readonly created: readonly CreatedRun[];
	readonly changed: readonly ChangedRun[];
	/** Who is granted something. If one of their leases has expired, everything is refused. */
	readonly owners: readonly string[];
}

export interface Flushed {
	/** The database's clock at that moment. */
	readonly now: number;
	/** Run ids of which nothing was written. */
	readonly refused: ReadonlySet<string>;
}
