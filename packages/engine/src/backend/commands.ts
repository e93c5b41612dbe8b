import type { InstanceControl, InstanceStatus } from "../core/instance/status.ts";
import type { OpenSpec } from "../core/interpreter/open-spec.ts";
import type { ValueRef } from "../core/value-ref.ts";
import type {
	AttemptOutcome,
	DefinitionRecord,
	InstanceRecord,
	RecordedError,
	StoredValue,
	WorkerProfile,
} from "./rows.ts";

export type { OpenSpec } from "../core/interpreter/open-spec.ts";

/**
 * The commands of a backend. Each is exactly one transaction with a compare-and-set, validated before it is queued;
 * a refusal is a value. Backends know no continuation kinds: what opens and what ends comes with the command.
 */

/** The right to act on one open node: run its task, or settle a wait that is over. */
export interface Grant {
	readonly instanceId: string;
	readonly runId: string;
	readonly workflow: string;
	readonly definitionHash: string;
	readonly path: string;
	readonly epoch: number;
	readonly attempt: number;
	readonly crashes: number;
	readonly input: ValueRef;
	/** Reserved signal of an `awaiting_signal` node; null for all others, and when its timeout ended the wait. */
	readonly signalId: string | null;
	/** Timeout or due time that made it actionable; null for tasks that were simply ready. */
	readonly dueAt: number | null;
}

/** Who takes leases, and how many at most. */
export interface GrantTo {
	readonly owner: string;
	readonly slots: number;
}

/** Who takes leases, on what: whatever of these definitions asks for no other tags. */
export interface GrantWithin extends GrantTo {
	/** Definition hashes the caller can run; rows of others are left alone. */
	readonly definitions: readonly string[];
	/** Tags the caller serves; a row is taken only if all of its tags are among them. */
	readonly tags: readonly string[];
}

export interface CreateCommand {
	/** Made by the caller; doubles as the request id: the same run id again answers as the first time did. */
	readonly runId: string;
	readonly instanceId: string;
	readonly definition: DefinitionRecord;
	readonly input: StoredValue;
	readonly labels: Readonly<Record<string, string>>;
	readonly open: readonly OpenSpec[];
	readonly onConflict: "fail" | "useExisting" | "terminateExisting";
	/** Leases to grant in the same commit; null: leave all to whoever claims. */
	readonly grantTo: GrantTo | null;
	/** Who started it, for the audit of a termination. */
	readonly by: string;
}

export type CreateResult =
	| { readonly kind: "created"; readonly instance: InstanceRecord; readonly grants: readonly Grant[] }
	/** `useExisting` met a run: nothing was written. */
	| { readonly kind: "existing"; readonly instance: InstanceRecord }
	/** `fail` met a run, live or finished: nothing was written. */
	| { readonly kind: "conflict"; readonly instance: InstanceRecord };

export interface ClaimCommand extends GrantWithin {
	/** Only nodes of this run; null: any. */
	readonly runId: string | null;
	/** Wait that makes up for one step of priority; absent: DEFAULT_AGING_MS. */
	readonly agingMs?: number;
}

export interface ClaimResult {
	readonly grants: readonly Grant[];
	/** Earliest future due time among free rows that this caller could take; null: none. */
	readonly nextDueAt: number | null;
	/**
	 * When the first lease of another worker that holds something runs out, should it not be renewed: the time to look
	 * for what can be taken over. Null: nobody else holds anything. It may be as of a moment ago.
	 */
	readonly othersUntil: number | null;
	/** The database's clock. */
	readonly now: number;
}

export interface RecordedNode {
	readonly path: string;
	readonly output: ValueRef;
	/** The bytes, when `output` has this very path as its source; else null. */
	readonly value: StoredValue | null;
}

export interface AttemptFailure {
	readonly outcome: Exclude<AttemptOutcome, "cancelled">;
	readonly error: RecordedError;
}

export type SettleOutcome =
	/**
	 * The node is recorded and the instance moves on. With `failure`, the attempt failed for good but its failure is
	 * data (`onFailure: "value"`, or a branch under `settle: "all"`): an attempt row is appended as well.
	 */
	| {
			readonly kind: "completed";
			/** The node itself first (unless its branch failed), then the composites that ended with it. */
			readonly recorded: readonly RecordedNode[];
			readonly failure: AttemptFailure | null;
			/** The reserved signal that this settle consumes. */
			readonly consumes: string | null;
			readonly open: readonly OpenSpec[];
			/** Path of the joining row that this settle counts down by one. */
			readonly countDown: string | null;
			/** Open rows below this prefix end with this settle (the rest of a failed branch). */
			readonly closes: string | null;
			/** Where the instance's output lies, when this settle completes it. */
			readonly result: ValueRef | null;
			/** Plan nodes resolved by this settle. */
			readonly progress: number;
	  }
	/** The attempt failed and another comes after `delayMs`. */
	| { readonly kind: "retry"; readonly failure: AttemptFailure; readonly delayMs: number }
	/** The node failed for good, and the instance with it. */
	| { readonly kind: "failed"; readonly failure: AttemptFailure }
	/** The attempt was told to stop by a cancel, or it is given back unstarted: charges nothing. */
	| { readonly kind: "released" };

export interface SettleCommand {
	readonly runId: string;
	readonly path: string;
	readonly owner: string;
	readonly epoch: number;
	/** Wall clock of the worker, for people: when user code began and ended. */
	readonly startedAt: number;
	readonly finishedAt: number;
	readonly outcome: SettleOutcome;
	/** How many of the nodes that become ready here may be leased to the same owner in this commit. */
	readonly slots: number;
}

export type SettleResult =
	| {
			readonly kind: "settled";
			readonly status: InstanceStatus;
			readonly control: InstanceControl;
			readonly version: number;
			readonly grants: readonly Grant[];
			/** True when this very settle had been committed before and only its answer was lost. */
			readonly replayed: boolean;
	  }
	/** The instance is being cancelled: the attempt ended, its result was not recorded. */
	| { readonly kind: "discarded"; readonly status: InstanceStatus; readonly control: InstanceControl }
	/** The lease is no longer the caller's. Nothing was written. */
	| { readonly kind: "fenced" };

export interface SignalCommand {
	/** Made by the caller; the same id again answers as the first time did. */
	readonly signalId: string;
	readonly instanceId: string;
	readonly name: string;
	readonly payload: StoredValue;
	/** The same key twice stores one row; with another payload it is refused. Null: none. */
	readonly idempotencyKey: string | null;
	readonly by: string;
	/** Who is granted the wait that it ends, in the same commit; null: leave it to whoever claims. */
	readonly grantTo: GrantWithin | null;
}

export type SignalResult =
	| {
			readonly kind: "stored";
			readonly signalId: string;
			/** The wait it was reserved for; null: buffered. */
			readonly reservedFor: string | null;
			readonly duplicate: boolean;
			/** The lease on that wait, if it was granted. */
			readonly grants: readonly Grant[];
	  }
	| { readonly kind: "not_found" }
	| { readonly kind: "finished"; readonly instance: InstanceRecord }
	| { readonly kind: "key_conflict" };

export interface ControlCommand {
	/** Made by the caller; the same id again answers as the first time did, with one audit row. */
	readonly requestId: string;
	readonly instanceId: string;
	readonly by: string;
	readonly reason: string | null;
	/** Refuse when the instance is by now another run; null: whatever runs. */
	readonly expectedRunId: string | null;
	/**
	 * Why whoever asks may not, where that was decided before: the request is audited as refused for it, answered as a
	 * conflict, and changes nothing.
	 */
	readonly forbidden?: string;
}

export interface RetryNowCommand extends ControlCommand {
	/** Of the open node that waits for its next attempt. */
	readonly path: string;
}

/** A task that had a live lease when the request was accepted. */
export interface InFlightNode {
	readonly path: string;
	readonly attempt: number;
	readonly worker: string;
	readonly grantedAt: number;
}

export type ControlResult =
	| {
			readonly kind: "accepted";
			/** False when it was so already. */
			readonly changed: boolean;
			readonly instance: InstanceRecord;
			/** What the request waits for; empty when it took effect at once. */
			readonly inFlight: readonly InFlightNode[];
	  }
	| { readonly kind: "not_found" }
	| { readonly kind: "finished"; readonly instance: InstanceRecord }
	| { readonly kind: "conflict"; readonly instance: InstanceRecord; readonly because: string };

export interface DeleteCommand {
	readonly instanceId: string;
	/** Refuse when the newest run is by now another one; null: whatever it is. */
	readonly expectedRunId: string | null;
}

export type DeleteResult =
	/** How many runs of that id are gone. */
	| { readonly kind: "deleted"; readonly runs: number }
	| { readonly kind: "not_found" }
	| { readonly kind: "conflict"; readonly instance: InstanceRecord; readonly because: string };

export interface RegisterWorkerCommand {
	/** The incarnation id; new for every start. */
	readonly workerId: string;
	readonly name: string;
	readonly slots: number;
	readonly leaseMs: number;
	/** Absent: not told. */
	readonly profile?: WorkerProfile;
}

/** A lease as the database sees it. */
export interface HeldLease {
	readonly runId: string;
	readonly path: string;
	readonly epoch: number;
	readonly control: InstanceControl;
}
