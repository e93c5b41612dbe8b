import type { Clock, Timer, Timers } from "../core/clock.ts";

interface Alarm {
	at: number;
	/** Null: it fires once. */
	readonly everyMs: number | null;
	readonly call: () => void;
}

/** Time that passes only when told to, with its timers. Wall clock and monotonic clock advance together. */
export class FakeClock implements Clock, Timers {
	#now: number;
	#monotonic = 0;
	readonly #alarms = new Set<Alarm>();

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

	after(ms: number, call: () => void): Timer {
		return this.#set({ at: this.#monotonic + ms, everyMs: null, call });
	}

	every(ms: number, call: () => void): Timer {
		return this.#set({ at: this.#monotonic + ms, everyMs: ms, call });
	}

	nextTurn(): Promise<void> {
		return new Promise((resolve) => setImmediate(resolve));
	}

	/** In how many ms the next timer fires; null: none is set. */
	get nextTimerInMs(): number | null {
		const next = this.#next();
		return next === null ? null : Math.max(next.at - this.#monotonic, 0);
	}

	/** Lets time pass, and fires what falls due on the way, in order. What a timer sets off is not waited for. */
	advance(ms: number): void {
		if (!(ms >= 0)) throw new RangeError(`Time goes on by 0 ms or more, not by ${ms}.`);
		const end = this.#monotonic + ms;
		for (let alarm = this.#next(); alarm !== null && alarm.at <= end; alarm = this.#next()) {
			this.#moveTo(Math.max(alarm.at, this.#monotonic));
			if (alarm.everyMs === null) this.#alarms.delete(alarm);
			else alarm.at += alarm.everyMs;
			alarm.call();
		}
		this.#moveTo(end);
	}

	#moveTo(monotonic: number): void {
		this.#now += monotonic - this.#monotonic;
		this.#monotonic = monotonic;
	}

	#set(alarm: Alarm): Timer {
		this.#alarms.add(alarm);
		return { cancel: () => void this.#alarms.delete(alarm) };
	}

	/** The one that is due first; of several, the one that was set first. */
	#next(): Alarm | null {
		let next: Alarm | null = null;
		for (const alarm of this.#alarms) if (next === null || alarm.at < next.at) next = alarm;
		return next;
	}
}
