import type { Clock, Timers } from "../core/clock.ts";

/** A heartbeat can be late by this much, and no more, for the sake of work that never waits. */
const LONGEST_STRETCH_MS = 20;

/**
 * Lets the event loop have its turns. A chain over a backend that answers without I/O goes on from microtask to
 * microtask: timers would not fire until it ends, and its own lease would run out.
 */
export class Turns {
	#since: number;
	#turn: Promise<void> | null = null;

	constructor(
		readonly clock: Pick<Clock, "monotonic">,
		readonly timers: Pick<Timers, "nextTurn">,
	) {
		this.#since = clock.monotonic();
	}

	/** The turn that is owed, the same for all who ask before it has come; null: none is. */
	get owed(): Promise<void> | null {
		if (this.clock.monotonic() - this.#since < LONGEST_STRETCH_MS) return null;
		this.#turn ??= this.timers.nextTurn().then(() => {
			this.#turn = null;
			this.#since = this.clock.monotonic();
		});
		return this.#turn;
	}
}
