import type { Clock, Timers } from "../core/clock.ts";
import { WakeTimer } from "./wake-timer.ts";

/** One that hung, as on a database that was away, is no reason to rest for minutes. */
const LONGEST_REST_MS = 1_000;

/**
 * Does something when it is asked to: at once after a rest, else when it has rested so many times as long as it took.
 * Whoever asks meanwhile is one with the others who do. So what many ask for takes no more than its share of the time,
 * however long it takes.
 */
export class Paced {
	readonly #clock: Pick<Clock, "monotonic">;
	readonly #timer: WakeTimer;
	#isUnderWay = false;
	#isAsked = false;
	#ended = Number.NEGATIVE_INFINITY;
	#tookMs = 0;

	constructor(
		clock: Clock,
		timers: Timers,
		/** Never rejects. */
		readonly action: () => Promise<void>,
		/** As things are when it is asked. */
		readonly rests: () => number,
	) {
		this.#clock = clock;
		this.#timer = new WakeTimer(clock, timers, () => void this.#begin());
	}

	ask(): void {
		this.#isAsked = true;
		if (this.#isUnderWay) return;
		const restMs = Math.min(this.#tookMs * this.rests(), LONGEST_REST_MS);
		const leftMs = this.#ended + restMs - this.#clock.monotonic();
		if (leftMs > 0) this.#timer.within(leftMs);
		else void this.#begin();
	}

	/** What was asked and has not begun is not done any more. */
	stop(): void {
		this.#isAsked = false;
		this.#timer.cancel();
	}

	async #begin(): Promise<void> {
		this.#timer.cancel();
		this.#isUnderWay = true;
		this.#isAsked = false;
		const since = this.#clock.monotonic();
		await this.action();
		this.#ended = this.#clock.monotonic();
		this.#tookMs = this.#ended - since;
		this.#isUnderWay = false;
		if (this.#isAsked) this.ask();
	}
}
