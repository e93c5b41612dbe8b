import type { ControlResult } from "../backend/commands.ts";
import type { Hint } from "../backend/contract.ts";
import type {
	AttemptRecord,
	CheckpointRecord,
	ControlRequestRecord,
	DefinitionRecord,
	InstanceRecord,
	OpenNodeRecord,
	SignalRecord,
	StoredValue,
	WorkerRecord,
} from "../backend/rows.ts";
import { PRIORITIES } from "../core/dispatch.ts";
import type { OpenState } from "../core/instance/status.ts";
import { SortedRows } from "./sorted-rows.ts";

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

export type HintCause = Extract<Hint, { readonly origin: "local" }>["cause"];

/** Changed only through `MemoryState.change`, which keeps the indexes true. */
export interface OpenRow extends Mutable<OpenNodeRecord> {
	readonly run: Run;
	/** Order in which rows were opened in this backend: breaks ties. */
	readonly sequence: number;
	/** When it was opened: the age of a wait. */
	readonly openedAt: number;
}

export interface StoredCheckpoint {
	readonly record: CheckpointRecord;
	readonly value: StoredValue | null;
}

export interface StoredSignal extends Mutable<SignalRecord> {
	readonly payload: StoredValue;
	readonly idempotencyKey: string | null;
	/** Order of commit within its run. */
	readonly sequence: number;
}

/** What is left of a control request, so that its repetition answers the same. */
export interface AnsweredRequest {
	readonly kind: ControlRequestRecord["kind"];
	readonly instanceId: string;
	readonly path: string | null;
	readonly answer: ControlResult;
}

/** What is left of a committed settle, so that its repetition answers the same. */
export interface SettledMark {
	readonly owner: string;
	readonly discarded: boolean;
	readonly granted: readonly { readonly path: string; readonly epoch: number }[];
}

/** One start of an instance id, with everything that belongs to it. */
export interface Run {
	readonly instance: Mutable<InstanceRecord>;
	readonly input: StoredValue;
	readonly open: Map<string, OpenRow>;
	/** How many open rows are in each state; states without any are absent. */
	readonly states: Map<OpenState, number>;
	readonly checkpoints: Map<string, StoredCheckpoint>;
	readonly attempts: AttemptRecord[];
	/** In the order of their commits. */
	readonly signals: StoredSignal[];
	/** Those that no wait has, in the same order. */
	readonly buffered: StoredSignal[];
	readonly controlRequests: ControlRequestRecord[];
	/** By path and epoch (see settledKey). */
	readonly settled: Map<string, SettledMark>;
}

export type Worker = Mutable<Omit<WorkerRecord, "held">>;

export function byDue(a: OpenRow, b: OpenRow): number {
	return (a.dueAt ?? 0) - (b.dueAt ?? 0) || a.sequence - b.sequence;
}

/** The order in which rows that a commit opened are granted in it. */
export function byPriority(a: OpenRow, b: OpenRow): number {
	return a.priority - b.priority || byDue(a, b);
}

/**
 * All that the backend holds, and the indexes that keep a claim from looking at what it cannot take:
 * a row is in `leases` while it has an owner, else in `ready` or `timed` if time alone makes it actionable.
 */
export class MemoryState {
	readonly definitions = new Map<string, DefinitionRecord>();
	readonly runs = new Map<string, Run>();
	/** Newest run of each instance id. */
	readonly newest = new Map<string, Run>();
	/** Oldest first. */
	readonly byCreation: Run[] = [];
	readonly workers = new Map<string, Worker>();
	/** Runs that are pausing or cancelling. */
	readonly controlled = new Set<Run>();
	readonly signals = new Map<string, StoredSignal>();
	/** Answers by request id. */
	readonly answers = new Map<string, AnsweredRequest>();
	/** By priority. */
	readonly ready = new Map(PRIORITIES.map((priority) => [priority as number, new SortedRows<OpenRow>(byDue)]));
	readonly timed = new SortedRows<OpenRow>(byDue);
	readonly leases = new Map<string, Set<OpenRow>>();
	#sequence = 0;

	nextSequence(): number {
		this.#sequence += 1;
		return this.#sequence;
	}

	insert(row: OpenRow): void {
		row.run.open.set(row.path, row);
		this.#index(row);
	}

	remove(row: OpenRow): void {
		this.#unindex(row);
		row.run.open.delete(row.path);
	}

	change(row: OpenRow, fields: Partial<OpenNodeRecord>): void {
		this.#unindex(row);
		Object.assign(row, fields);
		this.#index(row);
	}

	isLive(workerId: string, now: number): boolean {
		const worker = this.workers.get(workerId);
		return worker !== undefined && worker.expiresAt >= now;
	}

	#index(row: OpenRow): void {
		const { states } = row.run;
		states.set(row.state, (states.get(row.state) ?? 0) + 1);
		if (row.owner !== null) {
			const held = this.leases.get(row.owner);
			if (held === undefined) this.leases.set(row.owner, new Set([row]));
			else held.add(row);
			return;
		}
		this.#queue(row)?.insert(row);
	}

	#unindex(row: OpenRow): void {
		const { states } = row.run;
		const count = states.get(row.state) ?? 0;
		if (count > 1) states.set(row.state, count - 1);
		else states.delete(row.state);
		if (row.owner !== null) {
			const held = this.leases.get(row.owner);
			held?.delete(row);
			if (held?.size === 0) this.leases.delete(row.owner);
			return;
		}
		this.#queue(row)?.remove(row);
	}

	#queue(row: OpenRow): SortedRows<OpenRow> | null {
		switch (row.state) {
			case "ready":
				return this.ready.get(row.priority) ?? null;
			case "retrying":
			case "waiting":
			case "awaiting_signal":
				return row.dueAt === null ? null : this.timed;
			case "running":
			case "joining":
			case "failed":
			case "cancelled":
				return null;
		}
	}
}

/** One command's transaction: one reading of the clock, and one new version for each run that it touches. */
export class Commit {
	readonly touched = new Set<Run>();

	constructor(
		readonly now: number,
		/** What its hint will say that it was. */
		public cause: HintCause = "control",
	) {}

	/** The version of this commit in that run. */
	touch(run: Run): number {
		if (!this.touched.has(run)) {
			this.touched.add(run);
			run.instance.version += 1;
			run.instance.updatedAt = this.now;
		}
		return run.instance.version;
	}
}

export function settledKey(path: string, epoch: number): string {
	return `${path}@${epoch}`;
}
