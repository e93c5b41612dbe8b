import type { WorkflowGraph } from "../graph/continuation.ts";
import type { RecordedError } from "../recorded-error.ts";
import type { ValueRef } from "../value-ref.ts";
import type { InstanceControl, InstanceStatus, OpenState } from "./status.ts";

export type { RecordedError } from "../recorded-error.ts";
export type { StoredValue } from "../stored-value.ts";

/**
 * What a backend stores, as values. Every timestamp is ms since the Unix epoch by the database's clock, except
 * `startedAt` and `finishedAt` of attempts and checkpoints, which the worker's wall clock measured for people to read.
 */

export interface DefinitionRecord {
	readonly hash: string;
	readonly workflow: string;
	readonly graph: WorkflowGraph;
	/** How many plan nodes the graph has: the total of `progress`. */
	readonly plannedNodes: number;
}

export interface InstanceRecord {
	readonly instanceId: string;
	readonly runId: string;
	/** 1 for the first start of this instance id, 2 for the second, … */
	readonly generation: number;
	readonly workflow: string;
	readonly definitionHash: string;
	readonly status: InstanceStatus;
	readonly control: InstanceControl;
	/** Rises with every commit that touches the instance. */
	readonly version: number;
	/** Plan nodes resolved (recorded, or skipped by a route), and how many there are. Equal when completed. */
	readonly progress: { readonly done: number; readonly total: number };
	readonly createdAt: number;
	/** When the first lease was granted; null before. */
	readonly startedAt: number | null;
	readonly updatedAt: number;
	/** Null until completed, failed or cancelled. */
	readonly endedAt: number | null;
	/** Where the output lies; null unless completed. */
	readonly output: ValueRef | null;
	/** Null unless failed. */
	readonly error: RecordedError | null;
	/** Path of the node that failed the instance; null unless failed. */
	readonly failedPath: string | null;
	/** Searchable metadata given at start. */
	readonly labels: Readonly<Record<string, string>>;
}

/** One row per node that may still happen. See design: the queue, the timers, the waits and the running tasks in one. */
export interface OpenNodeRecord {
	readonly path: string;
	readonly state: OpenState;
	/** How the row was opened; never changes. Only `ready` and `joining` rows run user code and can be charged a crash. */
	readonly openedAs: "ready" | "waiting" | "awaiting_signal" | "joining";
	/** 1-based number of the attempt that runs or comes next. */
	readonly attempt: number;
	/** How many of the earlier attempts ended with the death of their worker. */
	readonly crashes: number;
	/** Rises with every grant; a writer with an older one is fenced. */
	readonly epoch: number;
	/** When it may next be acted on without a signal (for `ready`: since when); null: only a signal or a branch can. */
	readonly dueAt: number | null;
	/** Name of the awaited signal; null for all other nodes. */
	readonly signal: string | null;
	/** The signal that was reserved for this wait; null until one is there. */
	readonly signalId: string | null;
	/** Branches still to end (state `joining`), else 0. */
	readonly remaining: number;
	readonly input: ValueRef;
	readonly priority: number;
	readonly tags: readonly string[];
	/** Worker incarnation that holds the lease; null: free. */
	readonly owner: string | null;
	/** When that lease was granted; null when free. */
	readonly grantedAt: number | null;
	/** Instance version at which this row last changed. */
	readonly version: number;
}

/** Recorded, immutable result of a node. The bytes stay behind `readValues`. */
export interface CheckpointRecord {
	readonly path: string;
	readonly output: ValueRef;
	/** Size in bytes of the value that this row itself holds; null when it only refers to another. */
	readonly size: number | null;
	readonly codec: string | null;
	/** The attempt that succeeded. */
	readonly attempt: number;
	readonly startedAt: number;
	readonly finishedAt: number;
	readonly worker: string;
	readonly version: number;
}

export type AttemptOutcome = "failed" | "timed_out" | "lost" | "cancelled";

/** One attempt that did not succeed. Appended, never changed. */
export interface AttemptRecord {
	readonly path: string;
	readonly epoch: number;
	readonly attempt: number;
	readonly outcome: AttemptOutcome;
	/** Null for `cancelled`. */
	readonly error: RecordedError | null;
	readonly startedAt: number;
	readonly finishedAt: number;
	readonly worker: string;
	/** When the next attempt was due; null if this was the last. */
	readonly nextAttemptAt: number | null;
	readonly version: number;
}

/** `reveal` asks for nothing but to see: it is audited like a wish, and moves nothing. */
export type ControlKind = "pause" | "unpause" | "cancel" | "retry" | "retryNow" | "reveal";

/** An operator's wish, kept for good: it is the audit too. Refused ones are kept as well. */
export interface ControlRequestRecord {
	readonly requestId: string;
	readonly kind: ControlKind;
	/** The open node that it was about; null: the whole instance. */
	readonly path: string | null;
	readonly by: string;
	/** Of a reveal: what was looked at. */
	readonly reason: string | null;
	readonly requestedAt: number;
	readonly result: "applied" | "unchanged" | "refused";
	readonly before: InstanceStatus;
	readonly after: InstanceStatus | "pausing" | "cancelling";
	/** Why it was refused though the instance had not ended; else null. */
	readonly because: string | null;
	readonly version: number;
}

export interface SignalRecord {
	readonly signalId: string;
	readonly name: string;
	readonly by: string;
	readonly size: number;
	readonly receivedAt: number;
	/** The wait it was reserved for; null while it is buffered. */
	readonly reservedFor: string | null;
	/** The wait that consumed it; null until then. */
	readonly consumedBy: string | null;
	readonly version: number;
}

/** What a process says of itself when it registers: for people and doctor. It has no say in who is granted what. */
export interface WorkerProfile {
	readonly host: string;
	readonly pid: number;
	/** Of the application, as the worker was told; null: it was not. */
	readonly version: string | null;
	/** Tags it serves. */
	readonly tags: readonly string[];
	/** Definitions it claims; empty for a runner, which drives only what it was asked to. */
	readonly definitions: readonly string[];
}

export interface WorkerRecord {
	/** The incarnation: new for every start of a process. */
	readonly workerId: string;
	readonly name: string;
	readonly slots: number;
	readonly startedAt: number;
	readonly heartbeatAt: number;
	/** Its leases are void after this, by the database's clock. */
	readonly expiresAt: number;
	/** Leases it holds now. */
	readonly held: number;
	/** Null: it told nothing, and may run anything. */
	readonly profile: WorkerProfile | null;
}

/** Nodes of one kind that wait now and that no live worker can take. */
export interface UnservedWork {
	readonly workflow: string;
	readonly definitionHash: string;
	readonly tags: readonly string[];
	readonly nodes: number;
	/** Since when the first of them waits. */
	readonly since: number;
	/** The instance of that one, as an example. */
	readonly instanceId: string;
}

/** Everything known of one instance at a moment, or what changed since a version. No payload bytes. */
export interface WorkflowSnapshot {
	/** The database's clock when it was read. */
	readonly now: number;
	readonly instance: InstanceRecord;
	/** In the order in which they were opened: of several waits for one signal the first that has not timed out takes it. */
	readonly openNodes: readonly OpenNodeRecord[];
	readonly checkpoints: readonly CheckpointRecord[];
	readonly attempts: readonly AttemptRecord[];
	readonly controlRequests: readonly ControlRequestRecord[];
	readonly signals: readonly SignalRecord[];
}
