/** What many runs say of one node of a definition. */
export interface NodeHeat {
	/** Attempts that did not succeed, of all attempts: 0 to 1. Null: it never ran. */
	readonly failureShare: number | null;
	/** Null: it never ended. */
	readonly p95Ms: number | null;
	/** How many instances it runs in now. */
	readonly running: number;
}

/** By definition path; nodes without an entry never ran. */
export type HeatMap = ReadonlyMap<string, NodeHeat>;

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
