import type { Timer, Timers } from "../core/clock.ts";

/** How many times the interval a poll may grow to while nothing happens. */
const MOST = 6;
/** After so many intervals, strays are looked for, and requests that wait for the dead: both are rare. */
const UPKEEP_EVERY = 6;
/** The same while nothing happens. */
const RARE_UPKEEP_EVERY = 12;

/**
 * The safety net behind hints and timers. While nothing happens it is cast ever more rarely, up to six times the interval
 * apart; anything that happens brings it back to the interval. Now and then, and the first time, a poll is upkeep as well.
 */
export class Poll {
	readonly #timers: Timers;
	readonly #everyMs: number;
	readonly #poll: (isUpkeep: boolean) => void;
	/** Whether it may be put off further now. */
	readonly #mayRest: () => boolean;
	#timer: Timer | undefined;
	#waitMs: number;
	/** Since the last upkeep. */
	#sinceMs = Number.POSITIVE_INFINITY;
	#isRunning = false;

	constructor(timers: Timers, everyMs: number, poll: (isUpkeep: boolean) => void, mayRest: () => boolean) {
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

	/** The next poll is upkeep. */
	dueForUpkeep(): void {
		this.#sinceMs = Number.POSITIVE_INFINITY;
	}

	#arm(waitMs: number): void {
		this.#timer?.cancel();
		this.#waitMs = waitMs;
		this.#timer = this.#timers.after(waitMs, () => {
			this.#arm(this.#mayRest() ? Math.min(waitMs * 2, this.#everyMs * MOST) : this.#everyMs);
			this.#poll(this.#isUpkeep(waitMs));
		});
	}

	#isUpkeep(waitedMs: number): boolean {
		this.#sinceMs += waitedMs;
		const every = waitedMs > this.#everyMs ? RARE_UPKEEP_EVERY : UPKEEP_EVERY;
		if (this.#sinceMs < this.#everyMs * every) return false;
		this.#sinceMs = 0;
		return true;
	}
}
