import type { ValueSource } from "../core/value-ref.ts";
import type {
	ClaimCommand,
	ClaimResult,
	ControlCommand,
	ControlResult,
	CreateCommand,
	CreateResult,
	DeleteCommand,
	DeleteResult,
	HeldLease,
	RegisterWorkerCommand,
	RetryNowCommand,
	SettleCommand,
	SettleResult,
	SignalCommand,
	SignalResult,
} from "./commands.ts";
import type { InstanceCounts, InstanceFilter, InstancePage, InstanceQuery, MatchCount } from "./list-query.ts";
import type { OverviewFacet } from "./overview.ts";
import type {
	DefinitionRecord,
	InstanceRecord,
	StoredValue,
	UnservedWork,
	WorkerRecord,
	WorkflowSnapshot,
} from "./rows.ts";

export type { InstanceCounts, InstancePage, InstanceQuery } from "./list-query.ts";

/** Instances begin and advance. */
export interface InstanceFacet {
	/**
	 * Stores the definition unless known, the instance and its open nodes, and grants leases. Of N concurrent creates
	 * of one instance id exactly one answers `created`. `terminateExisting` cancels and fences the old run (audited) in
	 * this same commit. Status is `in_progress` if something was granted, else `pending` (or as the open nodes park; see
	 * liveStatus). Every run of an instance id is kept, and lists and counts hold each of them.
	 * Leases go only to an incarnation whose own lease is live, here and in settle and claim; else nothing is granted.
	 * A repeated create answers with the leases that its first commit granted, as far as they still stand.
	 */
	create(command: CreateCommand): Promise<CreateResult>;
	/**
	 * Ends one attempt. Matches (run, path, owner, epoch) in the statement that writes. Writes checkpoints, consumed
	 * signal, next open nodes, status, progress and lease release, or nothing.
	 * - Reaching an `awaiting_signal` node takes the oldest unreserved signal of that name in the same commit: the row
	 *   becomes `ready` with `signalId`.
	 * - `countDown` that reaches zero makes the joining row `ready`.
	 * - Grants up to `slots` of the rows that became `ready` here, unless paused, pausing or cancelling. Neither a retry
	 *   nor a release grants.
	 * - A signal reserved for a row that `closes` ends goes to the next open wait of its name, or back to the buffer.
	 * - `failed` fails the instance: its own row becomes `failed`, all other open rows `cancelled`, their leases revoked
	 *   (owner cleared, epoch raised).
	 * - While `cancelling` the result is `discarded`: an attempt row `cancelled` is appended and the row removed.
	 * - When the last live lease ends, `pausing` becomes `paused` and `cancelling` becomes `cancelled` in this commit.
	 *   Completion and final failure win over pausing.
	 * - Completion sets the progress to its total: what a branch that failed as data left undone is resolved with it.
	 * - Terminal instances keep no open rows, except a failed one's.
	 * - A lease that expired still settles as long as nobody took the row over; while paused it records and grants nothing.
	 * - A repeated settle (same path, owner and epoch as one that was committed) writes nothing and answers `replayed`
	 *   with the leases that were granted then and still stand. A `lost` attempt that a takeover appended is no such trace.
	 * - A `released` row keeps its attempt, and a task's row becomes `ready`.
	 */
	settle(command: SettleCommand): Promise<SettleResult>;
}

/** Workers take leases and keep them. */
export interface LeaseFacet {
	registerWorker(command: RegisterWorkerCommand): Promise<void>;
	/**
	 * Extends all leases of the incarnation by moving its one `expiresAt`. `alive: false` means the leases had expired
	 * or the worker is unknown: nothing was extended, and the caller must abort what it runs and register anew under a
	 * new incarnation id.
	 */
	heartbeat(workerId: string, leaseMs: number): Promise<{ readonly alive: boolean; readonly expiresAt: number }>;
	/**
	 * Forgets a worker that stopped gracefully and frees what it still holds, charging no attempt, also where its lease
	 * had expired. Ends pausing and cancelling that waited for it.
	 */
	retireWorker(workerId: string): Promise<void>;
	/**
	 * Leases up to `slots` rows that can be acted on now: `ready`, or `retrying`, `waiting` and timed-out
	 * `awaiting_signal` rows that are due; with a definition the caller knows, tags it serves, an instance that is not
	 * paused, pausing or cancelling, and no owner or an owner whose lease expired. Filters before it limits. Best
	 * rank first (byClaimRank: priority 1 before 5, and waiting makes up for priority); the order of equal ones is open.
	 * A `retrying` row is left to other live workers for AVOID_MS from its due time if it failed on this one, unless the
	 * claim is for its run. `nextDueAt` is filtered alike.
	 *
	 * Every grant raises the row's epoch. A granted row that was opened as `ready` or `joining` becomes `running`, and its
	 * instance `in_progress`; a wait keeps its state while its driver settles it. Taking over an expired lease of a
	 * `running` row appends a `lost` attempt and raises attempt and crashes; taking over a wait charges nothing.
	 * An owned row of a pausing or cancelling instance is never taken over (see reap).
	 */
	claim(command: ClaimCommand): Promise<ClaimResult>;
	/** The live leases of one incarnation (none once it has expired), so that it can stop what it lost and abort what is cancelled. Reads only. */
	held(workerId: string): Promise<readonly HeldLease[]>;
	/**
	 * Ends `pausing` and `cancelling` of instances whose owners died, without granting anything. Any process may call it.
	 * Answers how many instances it moved.
	 */
	reap(): Promise<number>;
}

/** Messages and wishes from outside. */
export interface ControlFacet {
	/**
	 * Stores the signal and reserves it for the oldest open wait of that name whose timeout has not passed; that row
	 * becomes `ready`. Otherwise it stays buffered, first in first out per (run, name). While paused, pausing it is
	 * stored and reserved all the same; the wait is settled after unpause. A timeout has passed once the database's clock
	 * reads its due time. A repeated signal id or idempotency key answers as the first did also after the instance ended.
	 * The wait that it is reserved for is granted to `grantTo` in the same commit, if a claim of that worker could take it
	 * then (see claim): not while paused, pausing or cancelling. A repeated signal id answers with the lease that its first
	 * commit granted, if it still stands; a repeated key with none, for they were another's to take.
	 */
	sendSignal(command: SignalCommand): Promise<SignalResult>;
	/** Audited in the same commit, refusals too. See decidePause. */
	pause(command: ControlCommand): Promise<ControlResult>;
	/** See decideUnpause. */
	unpause(command: ControlCommand): Promise<ControlResult>;
	/** With nothing in flight the instance is `cancelled` and its open rows are gone in this commit. See decideCancel. */
	cancel(command: ControlCommand): Promise<ControlResult>;
	/**
	 * Reopens a failed instance: its `failed` and `cancelled` rows go back to how they were opened (a join with
	 * nothing remaining, or a wait with a reserved signal: `ready`; due times stay) with attempt 1, no crashes and a
	 * raised epoch. Checkpoints, run id
	 * and idempotency keys stay.
	 */
	retry(command: ControlCommand): Promise<ControlResult>;
	/**
	 * Ends the backoff of one `retrying` row: it is due now, by the database's clock, and as it was in all else, attempt,
	 * crashes and epoch included. One that is due already is `unchanged`. A conflict, also in the audit: no such open node,
	 * one that is not in backoff, and an instance that is paused, pausing or cancelling. See decideRetryNow.
	 */
	retryNow(command: RetryNowCommand): Promise<ControlResult>;
	/**
	 * Audits that somebody is about to be shown what is hidden by policy; `reason` says what. Of ended instances too. It
	 * changes nothing else, and counts as a change all the same: it is never "so already".
	 */
	reveal(command: ControlCommand): Promise<ControlResult>;
	/**
	 * Removes every run of an instance id, with all that was recorded of them, if the newest has ended; a live one is a
	 * conflict. What is gone never reappears: a writer that still holds a lease on it is fenced.
	 */
	delete(command: DeleteCommand): Promise<DeleteResult>;
}

/** Reads. They never write and hold no long transaction. */
export interface QueryFacet {
	/**
	 * The newest run of that id; null: unknown. Here and in a snapshot, a pausing or cancelling whose owners have all
	 * died shows as ended, also before `reap` writes that down; lists and counts show what is written.
	 */
	getInstance(instanceId: string): Promise<InstanceRecord | null>;
	/**
	 * Null: unknown run. With `sinceVersion`, lists hold only rows whose version is greater; 0 gives all. `openNodes` is
	 * always the complete list: a row that is gone has no version to be found by.
	 */
	getSnapshot(runId: string, sinceVersion: number): Promise<WorkflowSnapshot | null>;
	/** The version of each of these runs that exists: what a watcher of many asks before it reads anything else. */
	getVersions(runIds: readonly string[]): Promise<ReadonlyMap<string, number>>;
	getDefinition(hash: string): Promise<DefinitionRecord | null>;
	listInstances(query: InstanceQuery): Promise<InstancePage>;
	countInstances(): Promise<InstanceCounts>;
	/** Counts `MATCH_LIMIT` at most, and reads no more than a page of the same filter does. */
	countMatching(filter: InstanceFilter): Promise<MatchCount>;
	/** In the order asked for; null where there is nothing. Sources `join` and `none` hold no bytes and answer null. */
	readValues(runId: string, sources: readonly ValueSource[]): Promise<readonly (StoredValue | null)[]>;
	/** Output references of checkpoints, in the order asked for; null where there is none. */
	readOutputs(runId: string, paths: readonly string[]): Promise<readonly (string | null)[]>;
	listWorkers(): Promise<readonly WorkerRecord[]>;
	/** Live, unpaused instances without a next move (invariant I27). Empty at rest, or something is wrong. */
	listOrphans(): Promise<readonly InstanceRecord[]>;
	/**
	 * Free nodes that could be acted on now but for want of a live worker that knows their definition and serves their
	 * tags, by kind, longest waiting first. Empty while no worker is alive at all: then that is the news. See isServed.
	 */
	listUnserved(): Promise<readonly UnservedWork[]>;
}

/**
 * Something was committed, here or in another process. A hint only: everything still finishes by polling without it.
 * `cause` lets a worker leave its own settles alone, whose consequences it knows already.
 */
export type Hint =
	| {
			readonly origin: "local";
			readonly runId: string;
			/** A signal whose wait was granted in its commit counts as a claim: it left nothing to be taken. */
			readonly cause: "create" | "claim" | "settle" | "signal" | "control";
	  }
	| { readonly origin: "remote" };

/** The persistence contract. Implementations pass the conformance suite of `@waymark/engine/conformance`. */
export interface PersistentBackend extends InstanceFacet, LeaseFacet, ControlFacet, QueryFacet, OverviewFacet {
	/** What it is, for people: `memory`, `sqlite:/path/to/file`. Never holds a password. */
	readonly name: string;
	/** Calls the listener after commits. Answers the function that ends it. Cross-process watching runs only while someone listens. */
	onHint(listener: (hint: Hint) => void): () => void;
	/**
	 * Whether other processes' commits are hinted at now, as far as one can tell. Polling is rare only while they are;
	 * when that ends, a hint says so.
	 */
	readonly hearsOthers: boolean;
	/** Waits for queued commands, then frees everything. Later calls reject with `BackendClosedError`. */
	close(): Promise<void>;
}
