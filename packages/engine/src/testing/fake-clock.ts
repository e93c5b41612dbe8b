import type { Clock } from "../core/clock.ts";

/** Time that passes only when told to. Wall clock and monotonic clock advance together. */
export class FakeClock implements Clock {
	#now: number;
	#monotonic = 0;

	/** @param start wall clock to begin at, ms since the Unix epoch */
	constructor(start = 1_800_000_000_000) {
		this.#now = start;
	}

	now(): number {
		return this.#now;
	}

	monotonic(): number {
		return this.#monotonic;
	}

	advance(ms: number): void {
		if (!(ms >= 0)) throw new RangeError(`Time goes on by 0 ms or more, not by ${ms}.`);
		this.#now += ms;
		this.#monotonic += ms;
	}
}
