/** What many runs say of one node of a definition. */
export interface NodeHeat {
	/** Attempts that did not succeed, of all attempts: 0 to 1. Null: it never ran. */
	readonly failureShare: number | null;
	readonly failedAttempts: number;
	/** Null: it never ended. */
	readonly p95Ms: number | null;
	/** How many instances it runs in now. */
	readonly running: number;
}

/** By definition path; nodes without an entry never ran. */
export type HeatMap = ReadonlyMap<string, NodeHeat>;

/** How often attempts fail, of the nodes at which they do; those that fail the most often come first. */
export function failureShares(heat: HeatMap | null): ReadonlyMap<string, number> {
	const failing = [...(heat ?? [])].filter(([, { failedAttempts }]) => failedAttempts > 0);
	failing.sort(([, a], [, b]) => (b.failureShare ?? 0) - (a.failureShare ?? 0) || b.failedAttempts - a.failedAttempts);
	return new Map(failing.map(([path, { failureShare }]) => [path, failureShare ?? 0]));
}

/** The node at which attempts fail the most often, of two alike the one that was tried more; null: none has failed. */
export function hottest(shares: ReadonlyMap<string, number>): string | null {
	return shares.keys().next().value ?? null;
}

/** From nothing to unbearable, for a scale of colour. */
export type HeatLevel = 0 | 1 | 2 | 3;

export function heatLevel(failureShare: number): HeatLevel {
	if (failureShare >= 0.2) return 3;
	if (failureShare >= 0.05) return 2;
	return failureShare > 0 ? 1 : 0;
}

/** `3 %`, `0.4 %`, `0 %`. */
export function formatShare(share: number): string {
	const percent = share * 100;
	return `${percent > 0 && percent < 1 ? percent.toFixed(1) : Math.round(percent)} %`;
}
