import type { InstanceStatus, OpenState } from "../core/instance/status.ts";
import type { InstanceRecord } from "./rows.ts";

/** A count that reads `COUNT_LIMIT + 1` means "more than `COUNT_LIMIT`": nothing counts a million rows. */
export const COUNT_LIMIT = 10_000;

/** Which instances. All given conditions hold at once; an absent one leaves everything open. */
export interface InstanceFilter {
	/** Any of these; empty: all. */
	readonly statuses: readonly InstanceStatus[];
	/** Any of these workflows; empty: all. */
	readonly workflows: readonly string[];
	/** Started (created) at that moment or later, ms since the epoch. */
	readonly startedFrom?: number;
	/** Started before that moment. */
	readonly startedTo?: number;
	/** Took at least that long from its first lease to its end, or to now; ms. */
	readonly minDurationMs?: number;
	/** `now`: a node is in backoff. `ever`: an attempt that did not succeed is recorded. */
	readonly retries?: "now" | "ever";
	/** A wait for a signal of that name is open. */
	readonly signal?: string;
	/** All of these labels with exactly these values. */
	readonly labels?: Readonly<Record<string, string>>;
	/** The instance id begins with that. */
	readonly idPrefix?: string;
	/** Name and message of the error that failed it, as `name message`, hold that; case of ASCII letters aside. */
	readonly error?: string;
}

export interface InstanceQuery extends InstanceFilter {
	/** 1 to 200. */
	readonly limit: number;
	/** Opaque, from a page of the same filter; null: the first page. */
	readonly cursor: string | null;
	/** Which way from the cursor; the rows come newest first either way. Absent: older. */
	readonly towards?: "older" | "newer";
}

/** What the open nodes of one state do in one instance. */
export interface NodeActivity {
	readonly state: OpenState;
	readonly nodes: number;
	/** One of them, the first by path. */
	readonly path: string;
	/** The highest attempt number among them. */
	readonly attempt: number;
	/** The earliest due time among them; null: none has one. */
	readonly nextAt: number | null;
	/** The first by name of the signals that they await; null: none. */
	readonly signal: string | null;
}

export interface ListedInstance extends InstanceRecord {
	/** One entry for each state that an open node is in. Empty once the instance has ended. */
	readonly activity: readonly NodeActivity[];
}

export interface InstancePage {
	readonly now: number;
	/**
	 * Newest first by creation (by run id, which is ordered by time, where the filter goes by label, signal or retries).
	 * May hold fewer than `limit`, even none, and still have a next page: what few instances meet is looked for in a
	 * bounded stretch at a time.
	 */
	readonly instances: readonly ListedInstance[];
	/** Where the same direction goes on; null: nothing more lies there. */
	readonly nextCursor: string | null;
}

/** As many are counted of those that a filter lets through. */
export const MATCH_LIMIT = 1_000;

/** How many a filter lets through, as far as one bounded walk tells. */
export interface MatchCount {
	readonly count: number;
	/** False: there may be more than that, up to any number. */
	readonly complete: boolean;
}

export interface InstanceCounts {
	/** Up to `COUNT_LIMIT + 1` each. */
	readonly byStatus: Readonly<Record<InstanceStatus, number>>;
	/** Every workflow name that has an instance or a definition, in alphabetical order. */
	readonly workflows: readonly string[];
}
