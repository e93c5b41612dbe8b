import { StoreUnusableError } from "@waymark/engine/backend";
import { isBusy, withWayOut } from "./sqlite-errors.ts";

/** Another process's transaction takes milliseconds; one that takes longer than this hangs. */
const GIVE_UP_AFTER_MS = 30_000;
const LONGEST_PAUSE_MS = 20;

/**
 * Tries again while another process holds the lock, after pauses that grow and vary, and never blocks the event loop.
 * `attempt` must leave nothing half done when it throws.
 */
export async function retryWhileBusy<T>(
	store: string,
	attempt: () => T | Promise<T>,
	giveUpAfterMs = GIVE_UP_AFTER_MS,
): Promise<T> {
	const since = performance.now();
	for (let pause = 1; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
		try {
			return await attempt();
		} catch (error) {
			if (!isBusy(error)) throw withWayOut(store, error);
			if (performance.now() - since > giveUpAfterMs) {
				const because = `another process has held its lock for ${Math.round(giveUpAfterMs / 1000)} s. Find and end that process.`;
				throw new StoreUnusableError(store, because, { cause: error });
			}
		}
		await new Promise((resolve) => setTimeout(resolve, pause * (0.5 + Math.random())));
	}
}
