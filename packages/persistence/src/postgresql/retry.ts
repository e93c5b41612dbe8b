import { asRefusal, faultOf, withWayOut } from "./postgres-errors.ts";

/** A server that restarts or fails over takes seconds; one that takes longer needs somebody. */
const GIVE_UP_AFTER_MS = 30_000;
const FIRST_PAUSE_MS = 20;
/** With the longest silence it stays well within a lease. */
const LONGEST_PAUSE_MS = 1_000;
/** Each try meets other processes anew: so many lost in a row mean something else. */
const MOST_CONTENDED = 10;

/**
 * Tries again while the server is away or other processes are in the way, after pauses that grow and vary. `attempt`
 * must be one that can be done twice: it may have committed before its connection was lost.
 */
export async function retryWhileAway<T>(
	store: string,
	attempt: () => Promise<T>,
	giveUpAfterMs = GIVE_UP_AFTER_MS,
): Promise<T> {
	const since = performance.now();
	let contended = 0;
	for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
		try {
			return await attempt();
		} catch (error) {
			const fault = faultOf(error);
			if (fault === "contended") contended += 1;
			const over = performance.now() - since > giveUpAfterMs || contended > MOST_CONTENDED;
			if (fault === "final" || over) throw withWayOut(store, asRefusal(error));
		}
		await new Promise((resolve) => setTimeout(resolve, pause * (0.5 + Math.random())));
	}
}
