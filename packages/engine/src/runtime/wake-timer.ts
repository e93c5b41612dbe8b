import type { Clock, Timer, Timers } from "../core/clock.ts";
import { LONGEST_TIMER_MS } from "./system.ts";

/** One timer, for the earliest of the things to come. */
export class WakeTimer {
	readonly #clock: Clock;
	readonly #timers: Timers;
	readonly #wake: () => void;
	#set: { readonly at: number; readonly handle: Timer } | null = null;

	constructor(clock: Clock, timers: Timers, wake: () => void) {
		this.#clock = clock;
		this.#timers = timers;
		this.#wake = wake;
	}

	/** Wakes in so many ms, or earlier. */
	within(ms: number): void {
		const at = this.#clock.monotonic() + ms;
		if (this.#set !== null && this.#set.at <= at) return;
		this.cancel();
		const handle = this.#timers.after(Math.min(Math.ceil(ms), LONGEST_TIMER_MS), () => {
			this.#set = null;
			this.#wake();
		});
		this.#set = { at, handle };
	}

	cancel(): void {
		this.#set?.handle.cancel();
		this.#set = null;
	}
}
