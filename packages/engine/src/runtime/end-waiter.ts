import type { Hint } from "../backend/contract.ts";
import type { Clock, Timers } from "../core/clock.ts";
import type { End, RunWaiter } from "./run-watch.ts";
import { WakeTimer } from "./wake-timer.ts";

/** Safety net behind the hints that tell of an instance's end. */
const LOOK_AT_LEAST_EVERY_MS = 1_000;
/**
 * A busy neighbour tells of every commit: in the long run it is looked no more often than this. The first looks come
 * sooner, each a millisecond later than the one before: a short instance ends within a few commits.
 */
const LOOK_AT_MOST_EVERY_MS = 10;
/** What is most likely another step of the same instance, whose end would be told. */
const STEP_MS = 50;

/** When to look at an instance that is waited for: at once where something is known, seldom where nothing is. */
export class EndWaiter implements RunWaiter {
	readonly #clock: Clock;
	readonly #timer: WakeTimer;
	#end: End | null = null;
	#isDue = false;
	#resolve: () => void = () => undefined;
	#lookedAt = Number.NEGATIVE_INFINITY;
	#looks = 0;

	constructor(clock: Clock, timers: Timers) {
		this.#clock = clock;
		this.#timer = new WakeTimer(clock, timers, () => this.wake());
	}

	/** How it ended, if that is known. */
	get end(): End | null {
		return this.#end;
	}

	ended(end: End): void {
		this.#end = end;
		this.wake();
	}

	heard(hint: Hint): void {
		if (hint.origin === "remote") this.#lookSoon();
		else if (hint.cause === "control") this.wake();
		// Of a settle that ended it, ended() tells; only one by another backend of this process goes unheard.
		else if (hint.cause === "settle") this.#timer.within(STEP_MS);
	}

	#lookSoon(): void {
		const inMs = Math.min(this.#looks, LOOK_AT_MOST_EVERY_MS) - (this.#clock.monotonic() - this.#lookedAt);
		if (inMs <= 0) this.wake();
		else this.#timer.within(inMs);
	}

	wake(): void {
		this.#isDue = true;
		this.#resolve();
	}

	/** Resolves when there is reason to look. A reason that came before is not lost. */
	async next(): Promise<void> {
		this.#lookedAt = this.#clock.monotonic();
		this.#looks += 1;
		if (!this.#isDue) {
			this.#timer.within(LOOK_AT_LEAST_EVERY_MS);
			await new Promise<void>((resolve) => {
				this.#resolve = resolve;
			});
		}
		this.#isDue = false;
		this.stop();
	}

	stop(): void {
		this.#timer.cancel();
	}
}
