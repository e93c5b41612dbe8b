import {
	type AttemptFailure,
	type InstanceStatus,
	liveStatus,
	type OpenState,
	type SettleCommand,
	type SignalCommand,
	type StoredValue,
} from "@waymark/engine/backend";
import type { InstanceHead } from "../instance-row.ts";

/** An open row as the database holds it: its place and its lease, which a write of it must match, and where it queues. */
export interface StoredRow {
	readonly place: number;
	readonly path: string;
	readonly owner: string | null;
	readonly epoch: number;
	readonly state: OpenState;
	readonly lane: number;
	readonly priority: number;
	readonly tags: string;
}

export function storedRow({ place, path, owner, epoch, state, lane, priority, tags }: StoredRow): StoredRow {
	return { place, path, owner, epoch, state, lane, priority, tags };
}

/** One open row as the next flush leaves it. */
export interface KnownNode {
	/** Of its row, among those of the run. */
	readonly place: number;
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
	signal_id: string | null;
	remaining: number;
	readonly input: string;
	readonly priority: number;
	/** JSON of string[]. */
	readonly tags: string;
	readonly lane: number;
	owner: string | null;
	/** Null: not in the database yet. */
	stored: StoredRow | null;
	/** Whether it is among what the flush under way writes. */
	isWritten: boolean;
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

/** A signal that the flush stores. */
export interface ReceivedSignal {
	readonly command: SignalCommand;
	/** Its place among those of its name that the flush stores in this run, from 1. */
	readonly nth: number;
	/** The wait that it is kept for; null: none. */
	readonly reservedFor: string | null;
}

/** Shared by all lists that have nothing: nearly all of a flush have nothing, or one. */
const NOTHING: readonly never[] = [];

/** The list with one more. Made of that one, it has no room to spare: an array that begins by a push has sixteen places. */
function added<T>(list: readonly T[], one: T): readonly T[] {
	if (list.length === 0) return [one];
	(list as T[]).push(one);
	return list;
}

/** What the flush under way does to one run. */
export class RunChanges {
	/** Rows to insert, or to write over the row that they were. */
	written: readonly KnownNode[] = NOTHING;
	/** Rows of the database that end. */
	removed: readonly StoredRow[] = NOTHING;
	appended: readonly Appended[] = NOTHING;
	failed: readonly FailedAttempt[] = NOTHING;
	received: readonly ReceivedSignal[] = NOTHING;
	/** Waits of the database that get their signal: they must still be free, and not timed out at the moment of the flush. */
	answered: readonly KnownNode[] = NOTHING;
	consumed: readonly { readonly signalId: string; readonly path: string }[] = NOTHING;
	/** Whoever is granted something here, each once: their leases must hold at the moment of the flush. */
	owners: readonly string[] = NOTHING;
	/** Its first lease is granted here. */
	starts = false;

	constructor(
		/** The version that the database must still hold; 0: the run is created. */
		readonly expected: number,
		readonly statusBefore: InstanceStatus,
	) {}

	write(node: KnownNode): void {
		if (node.isWritten) return;
		node.isWritten = true;
		this.written = added(this.written, node);
	}

	/** What it was to write of that node it does not. */
	unwrite(node: KnownNode): void {
		if (!node.isWritten) return;
		node.isWritten = false;
		this.written = this.written.filter((one) => one !== node);
	}

	remove(row: StoredRow): void {
		this.removed = added(this.removed, row);
	}

	append(record: Appended): void {
		this.appended = added(this.appended, record);
	}

	fail(attempt: FailedAttempt): void {
		this.failed = added(this.failed, attempt);
	}

	receive(signal: ReceivedSignal): void {
		this.received = added(this.received, signal);
	}

	answer(wait: KnownNode): void {
		this.answered = added(this.answered, wait);
	}

	unanswer(wait: KnownNode): void {
		if (this.answered.includes(wait)) this.answered = this.answered.filter((one) => one !== wait);
	}

	consume(signalId: string, path: string): void {
		this.consumed = added(this.consumed, { signalId, path });
	}

	grantedTo(owner: string): void {
		if (!this.owners.includes(owner)) this.owners = added(this.owners, owner);
	}
}

/**
 * A live run as this process left it or read it: its head and every open row. Each commit that changes a run raises its
 * version, so that a database that still holds this version holds exactly these rows.
 */
export class KnownRun {
	changes: RunChanges | null = null;
	/** Beyond every row, also those that the flush under way removes: one statement cannot take what it also leaves. */
	#nextPlace: number;

	constructor(
		readonly head: InstanceHead,
		readonly nodes: Map<string, KnownNode>,
		/** Whether a signal lies there that no wait has. */
		public hasBuffered: boolean,
	) {
		let last = -1;
		for (const { place } of nodes.values()) last = Math.max(last, place);
		this.#nextPlace = last + 1;
	}

	/** For a row to be inserted. */
	takePlace(): number {
		this.#nextPlace += 1;
		return this.#nextPlace - 1;
	}

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
		changes.unwrite(node);
		changes.unanswer(node);
		if (node.stored !== null) changes.remove(node.stored);
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
			node.stored = storedRow(node);
			node.isWritten = false;
		}
		for (const node of changes.answered) node.stored = storedRow(node);
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
