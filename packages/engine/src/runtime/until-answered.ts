import type { Timers } from "../core/clock.ts";

const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 5_000;

/**
 * Repeats an action on a database that fails for a moment, with growing pauses, until it answers.
 * @param pointless the error to throw when there is no point in going on; null: try again
 */
export async function untilAnswered<T>(
	timers: Timers,
	action: () => Promise<T>,
	pointless: (error: unknown) => unknown,
	onFailure: (error: unknown) => void,
): Promise<T> {
	for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
		try {
			return await action();
		} catch (error) {
			const reason = pointless(error);
			if (reason !== null) throw reason;
			onFailure(error);
			await new Promise<void>((resolve) => timers.after(pause, resolve));
		}
	}
}
