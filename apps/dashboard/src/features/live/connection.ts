/** How the page hears of changes, as the pill says it. */
export type Connection =
	| { readonly kind: "connecting" }
	| { readonly kind: "live" }
	/** Since `lostAt` (server clock, ms) nothing has come. */
	| { readonly kind: "reconnecting"; readonly lostAt: number }
	| { readonly kind: "polling"; readonly lastAt: number; readonly failing: boolean }
	| { readonly kind: "ended" };

/** Waits before the next attempt to connect, ms; the last one repeats. */
const BACKOFF_MS = [1_000, 2_000, 5_000, 10_000, 30_000] as const;
export const POLL_AFTER_FAILURES = 3;
export const WATCHDOG_MS = 35_000;
export const POLL_MS = 2_000;
export const RETRY_STREAM_MS = 60_000;
export const HIDDEN_MS = 60_000;

/** Up to a fifth is taken off at random, so that many pages do not come back at the same moment. */
export function backoffMs(failures: number, random: number): number {
	const base = BACKOFF_MS[Math.min(Math.max(failures, 1), BACKOFF_MS.length) - 1] ?? 30_000;
	return Math.round(base * (1 - random * 0.2));
}
