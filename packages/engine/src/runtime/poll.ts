import type { Timer, Timers } from "../core/clock.ts";

/** How many times the interval a poll may grow to while nothing happens. */
const MOST = 6;

/**
 * The safety net behind hints and timers. While nothing happens it is cast ever more rarely, up to six times the interval
 * apart; anything that happens brings it back to the interval.
 */
export class Poll {
	readonly #timers: Timers;
	readonly #everyMs: number;
	readonly #poll: (waitedMs: number) => void;
	/** Whether it may be put off further now. */
	readonly #mayRest: () => boolean;
	#timer: Timer | undefined;
	#waitMs: number;
	#isRunning = false;

	constructor(timers: Timers, everyMs: number, poll: (waitedMs: number) => void, mayRest: () => boolean) {
		this.#timers = timers;
		this.#everyMs = everyMs;
		this.#poll = poll;
		this.#mayRest = mayRest;
		this.#waitMs = everyMs;
	}

	start(): void {
		this.#isRunning = true;
		this.#arm(this.#everyMs);
	}

	stop(): void {
		this.#isRunning = false;
		this.#timer?.cancel();
	}

	/** Something happened: what is waited for longer than the interval is waited for that long from now. */
	stir(): void {
		if (this.#isRunning && this.#waitMs > this.#everyMs) this.#arm(this.#everyMs);
	}

	#arm(waitMs: number): void {
		this.#timer?.cancel();
		this.#waitMs = waitMs;
		this.#timer = this.#timers.after(waitMs, () => {
			this.#arm(this.#mayRest() ? Math.min(waitMs * 2, this.#everyMs * MOST) : this.#everyMs);
			this.#poll(waitMs);
		});
	}
}
