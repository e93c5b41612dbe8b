/** How the page hears of changes, as the pill says it. Times are ms by the server's clock. */
export type Connection =
	| { readonly kind: "connecting" }
	| { readonly kind: "live" }
	/** Since `lostAt` nothing has come. */
	| { readonly kind: "reconnecting"; readonly lostAt: number }
	| {
			readonly kind: "polling";
			readonly lastAt: number;
			readonly everyMs: number;
			readonly failing: boolean;
			/** Only because other tabs have all streams that one browser may have. */
			readonly crowded: boolean;
	  }
	/** The server does not know the reader any more; nothing is tried until the page is looked at anew. */
	| { readonly kind: "signed-out"; readonly lastAt: number }
	/** The reader wants the page to stand still. */
	| { readonly kind: "paused"; readonly lastAt: number }
	| { readonly kind: "ended" }
	/** The instance was deleted while the page was open; that was known at `knownAt`. */
	| { readonly kind: "gone"; readonly knownAt: number };

/** Waits before the next attempt to connect, ms; the last one repeats. */
const BACKOFF_MS = [1_000, 2_000, 5_000, 10_000, 30_000] as const;
export const POLL_AFTER_FAILURES = 3;
export const WATCHDOG_MS = 35_000;
const POLL_ACTIVE_MS = 2_000;
const POLL_IDLE_MS = 10_000;
export const RETRY_STREAM_MS = 60_000;
export const HIDDEN_MS = 60_000;
/** After this long without news the page's timers stand still. */
export const STALE_MS = 30_000;
/** What is recorded in the moment of the end may be read a moment later. */
export const FINAL_REFETCH_MS = 2_000;

/** Up to a fifth is taken off at random, so that many pages do not come back at the same moment. */
export function backoffMs(failures: number, random: number): number {
	const base = BACKOFF_MS[Math.min(Math.max(failures, 1), BACKOFF_MS.length) - 1] ?? 30_000;
	return Math.round(base * (1 - random * 0.2));
}

export function pollMs(active: boolean): number {
	return active ? POLL_ACTIVE_MS : POLL_IDLE_MS;
}

/** Since when nothing was heard, where that may be long enough to matter; null: the picture is as good as new. */
export function silentSince(connection: Connection): number | null {
	switch (connection.kind) {
		case "reconnecting":
			return connection.lostAt;
		case "polling":
			return connection.failing ? connection.lastAt : null;
		case "paused":
		case "signed-out":
			return connection.lastAt;
		case "connecting":
		case "live":
		case "ended":
		case "gone":
			return null;
	}
}

/** Since when, and how soon, the timers of the page are to stand still: what is gone, or asked to, does so at once. */
export function frozenSince(connection: Connection): { readonly since: number; readonly atOnce: boolean } | null {
	if (connection.kind === "gone") return { since: connection.knownAt, atOnce: true };
	const since = silentSince(connection);
	return since === null ? null : { since, atOnce: connection.kind === "paused" };
}
