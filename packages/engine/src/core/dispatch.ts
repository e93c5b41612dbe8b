/** Which of several nodes a claim takes first. Every backend goes by these, so that all of them choose alike. */

export const PRIORITIES = [1, 2, 3, 4, 5] as const;

/** Wait that makes up for one step of priority, unless a worker says otherwise. */
export const DEFAULT_AGING_MS = 60_000;

/** For this long from its due time, a retry is left to other live workers than the one that it failed on. */
export const AVOID_MS = 500;

interface Waiting {
	readonly priority: number;
	/** Null counts as the longest due. */
	readonly dueAt: number | null;
}

/**
 * Smallest first. A node of one priority less counts as if it had come `agingMs` later, so that whatever has waited
 * four times that long goes before all that comes now, and nothing starves.
 */
export function claimRank({ priority, dueAt }: Waiting, agingMs: number): number {
	return (dueAt ?? 0) + priority * agingMs;
}

/** At equal rank the better priority. */
export function byClaimRank(a: Waiting, b: Waiting, agingMs: number): number {
	return claimRank(a, agingMs) - claimRank(b, agingMs) || a.priority - b.priority;
}
