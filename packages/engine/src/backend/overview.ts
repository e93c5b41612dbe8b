import type { InstanceStatus } from "../core/instance/status.ts";
import type { ControlKind, ControlRequestRecord, InstanceRecord } from "./rows.ts";

/** What pages about many instances read. Every answer is bounded, whatever the database holds. */
export interface OverviewFacet {
	/** Open waits for signals: by name, then by run id, which is ordered by time. */
	listWaits(query: WaitQuery): Promise<WaitPage>;
	/** How many waits are open for each name, up to `COUNT_LIMIT + 1` each; at most 200 names, in alphabetical order. */
	countWaits(): Promise<readonly WaitCount[]>;
	/** Control requests of all instances, newest first. */
	listRequests(query: RequestQuery): Promise<RequestPage>;
	/** What may need a person, each list at most `limit` long. */
	listAttention(limit: number): Promise<Attention>;
	/** How many instances ended in each stretch of time, and how long they took. */
	readEnded(query: EndedQuery): Promise<EndedSeries>;
	/** Every workflow that is known, in alphabetical order, judged by its newest instances; at most 200. */
	listWorkflows(): Promise<readonly WorkflowSummary[]>;
	/** One workflow, judged by its newest instances; null: unknown. */
	readWorkflow(workflow: string): Promise<WorkflowDetail | null>;
}

export interface WaitQuery {
	/** Null: all names. */
	readonly signal: string | null;
	/** 1 to 200. */
	readonly limit: number;
	readonly cursor: string | null;
}

export interface OpenWait {
	readonly instanceId: string;
	readonly runId: string;
	readonly workflow: string;
	readonly status: InstanceStatus;
	readonly path: string;
	readonly signal: string;
	/** When it began to wait: when the node before it ended, or the start of the instance. */
	readonly since: number;
	/** When its timeout ends the wait; null: never. */
	readonly timeoutAt: number | null;
}

export interface WaitPage {
	readonly now: number;
	readonly waits: readonly OpenWait[];
	readonly nextCursor: string | null;
}

export interface WaitCount {
	readonly signal: string;
	readonly waits: number;
}

export interface RequestQuery {
	/** Any of these; empty: all. */
	readonly kinds: readonly ControlKind[];
	readonly results: readonly ControlRequestRecord["result"][];
	/** Exactly this name; null: anybody. */
	readonly by: string | null;
	/** Null: of all instances. */
	readonly instanceId: string | null;
	/** Any of these; absent: all. */
	readonly requestIds?: readonly string[];
	/** 1 to 200. */
	readonly limit: number;
	readonly cursor: string | null;
}

export interface AuditRecord extends ControlRequestRecord {
	readonly instanceId: string;
	readonly runId: string;
	readonly workflow: string;
}

export interface RequestPage {
	readonly now: number;
	readonly requests: readonly AuditRecord[];
	/** May come with a short page, as that of a list of instances. */
	readonly nextCursor: string | null;
}

/** A live instance that stands where it should not. */
export interface StalledInstance {
	readonly instance: InstanceRecord;
	/**
	 * `orphan`: nothing will ever move it. `unclaimed`: a node is ready, and no live worker has taken it. `control`: a
	 * pause or cancel is still pending.
	 */
	readonly why: "orphan" | "unclaimed" | "control";
	/** A node that waits there; null for an orphan. */
	readonly path: string | null;
	/** Since when, as far as it is known. */
	readonly since: number;
}

export interface RetryingNode {
	readonly instanceId: string;
	readonly runId: string;
	readonly workflow: string;
	readonly path: string;
	/** The attempt that comes next. */
	readonly attempt: number;
	readonly nextAt: number | null;
}

export interface Attention {
	readonly now: number;
	/** Failed last, newest end first. */
	readonly failed: readonly InstanceRecord[];
	/** Found among the oldest live instances: no list of live instances is walked whole. */
	readonly stalled: readonly StalledInstance[];
	/** With the most attempts first, among those of the newest instances. */
	readonly retrying: readonly RetryingNode[];
	/** Up to `COUNT_LIMIT + 1`. */
	readonly retryingCount: number;
	/** Waiting longest first, among the waits of the oldest instances. */
	readonly waiting: readonly OpenWait[];
}

export interface EndedQuery {
	/** Where the first stretch begins, ms since the epoch. */
	readonly from: number;
	/** Length of one stretch. */
	readonly bucketMs: number;
	/** 1 to 100. */
	readonly buckets: number;
}

export interface EndedBucket {
	readonly from: number;
	readonly completed: number;
	readonly failed: number;
	readonly cancelled: number;
	/** True: more ended than was counted, and the numbers are worked out from how fast those came. */
	readonly estimated: boolean;
	/** Median and 95th percentile, from first lease to end, of a sample of the completed ones; null: none. */
	readonly p50: number | null;
	readonly p95: number | null;
}

export interface EndedSeries {
	readonly now: number;
	readonly buckets: readonly EndedBucket[];
}

export interface WorkflowSummary {
	readonly workflow: string;
	/** How many definitions (versions) of it are stored. */
	readonly versions: number;
	/** How many of its newest instances the rest was read from. */
	readonly sample: number;
	readonly byStatus: Readonly<Record<InstanceStatus, number>>;
	/** Creation of the newest instance; null: none. */
	readonly lastStartedAt: number | null;
	/** Median and 95th percentile, from first lease to end, of the completed ones of the sample; null: none. */
	readonly p50: number | null;
	readonly p95: number | null;
}

export interface WorkflowVersion {
	readonly hash: string;
	readonly plannedNodes: number;
	/** When it was first started. */
	readonly createdAt: number;
	/** How many of the sample run it. */
	readonly sample: number;
}

/** A node of the plan, over the sample. */
export interface NodeStats {
	/** Path in the instance, with its iterations: `poll[2]/ask`. */
	readonly path: string;
	readonly definitionHash: string;
	readonly completed: number;
	/** Attempts that failed, timed out or were lost. */
	readonly failedAttempts: number;
	/** How many instances of the sample it failed. */
	readonly failed: number;
	readonly running: number;
	readonly p50: number | null;
	readonly p95: number | null;
}

export interface WorkflowDetail extends WorkflowSummary {
	readonly now: number;
	/** Newest first. */
	readonly definitions: readonly WorkflowVersion[];
	readonly nodes: readonly NodeStats[];
}
