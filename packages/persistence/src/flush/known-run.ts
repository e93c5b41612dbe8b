import {
	type AttemptFailure,
	type InstanceStatus,
	liveStatus,
	type OpenState,
	type SettleCommand,
	type StoredValue,
} from "@waymark/engine/backend";
import type { InstanceHead } from "../instance-row.ts";

/** The place and lease of an open row as the database holds it: what a write of that row must match. */
export interface StoredKey {
	readonly path: string;
	readonly owner: string | null;
	readonly epoch: number;
}

/** One open row as the next flush leaves it. */
export interface KnownNode {
	readonly path: string;
	state: OpenState;
	readonly opened_as: "ready" | "waiting" | "awaiting_signal" | "joining";
	readonly opened_version: number;
	readonly opened_ordinal: number;
	attempt: number;
	crashes: number;
	epoch: number;
	/** Due so long after the moment of the flush; null: not timed. Only of a row that the flush writes. */
	dueInMs: number | null;
	readonly signal_name: string | null;
	readonly signal_id: string | null;
	remaining: number;
	readonly input: string;
	readonly priority: number;
	/** JSON of string[]. */
	readonly tags: string;
	readonly lane: number;
	owner: string | null;
	/** Null: not in the database yet. */
	stored: StoredKey | null;
}

/** A checkpoint that the flush appends. */
export interface Appended {
	readonly path: string;
	readonly output: string;
	readonly attempt: number;
	readonly by: Pick<SettleCommand, "epoch" | "owner" | "startedAt" | "finishedAt">;
	readonly value: StoredValue | null;
}

/** An attempt that failed, as the flush appends it. */
export interface FailedAttempt {
	readonly path: string;
	readonly attempt: number;
	readonly by: Appended["by"];
	readonly failure: AttemptFailure;
	/** Null: none follows. */
	readonly nextInMs: number | null;
}

/** What the flush under way does to one run. */
export class RunChanges {
	/** Rows to insert, or to write over the row that they were. */
	readonly written = new Set<KnownNode>();
	/** Rows of the database that end. */
	readonly removed: StoredKey[] = [];
	/** Paths that rows of the database leave in this flush: another row must not take them in the same statement. */
	readonly vacated = new Set<string>();
	readonly appended: Appended[] = [];
	readonly failed: FailedAttempt[] = [];
	readonly consumed: { readonly signalId: string; readonly path: string }[] = [];
	/** Whoever is granted something here: their leases must hold at the moment of the flush. */
	readonly owners = new Set<string>();
	/** Its first lease is granted here. */
	starts = false;

	constructor(
		/** The version that the database must still hold; 0: the run is created. */
		readonly expected: number,
		readonly statusBefore: InstanceStatus,
	) {}
}

/**
 * A live run as this process left it or read it: its head and every open row. Each commit that changes a run raises its
 * version, so that a database that still holds this version holds exactly these rows.
 */
export class KnownRun {
	changes: RunChanges | null = null;

	constructor(
		readonly head: InstanceHead,
		readonly nodes: Map<string, KnownNode>,
		/** Whether a signal lies there that no wait has. */
		readonly hasBuffered: boolean,
	) {}

	/** The changes of the flush under way; the first raises the version. */
	touch(): RunChanges {
		if (this.changes === null) {
			this.changes = new RunChanges(this.head.version, this.head.status);
			this.head.version += 1;
		}
		return this.changes;
	}

	/** The row leaves the open nodes. */
	close(node: KnownNode): void {
		const changes = this.touch();
		this.nodes.delete(node.path);
		changes.written.delete(node);
		if (node.stored === null) return;
		changes.removed.push(node.stored);
		changes.vacated.add(node.stored.path);
	}

	refreshStatus(): void {
		this.head.status = liveStatus(states(this.nodes.values()), this.head.started_at);
	}

	/** The flush has been committed at that moment of the database's clock. */
	committed(now: number): void {
		const { changes, head } = this;
		if (changes === null) return;
		if (changes.starts) head.started_at = now;
		for (const node of changes.written) {
			node.stored = { path: node.path, owner: node.owner, epoch: node.epoch };
		}
		delete head.ending;
		this.changes = null;
	}

	/** Whether somebody holds a node of it, so that more of it is to come soon. */
	get running(): boolean {
		for (const node of this.nodes.values()) if (node.owner !== null) return true;
		return false;
	}
}

function* states(nodes: Iterable<KnownNode>): Iterable<OpenState> {
	for (const { state } of nodes) yield state;
}
