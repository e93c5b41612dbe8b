import { randomFillSync } from "node:crypto";
import { performance } from "node:perf_hooks";
import type { Clock, Timers } from "../core/clock.ts";
import type { Ids } from "../core/ids.ts";

/** A timer holds 31 bits of ms (24.8 days): a longer one would fire at once, so longer waits are cut and looked at again. */
export const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** This host's clocks. */
export const systemClock: Clock = {
	now: () => Date.now(),
	monotonic: () => performance.now(),
};

/** This host's timers. */
export const systemTimers: Timers = {
	after(ms, call, options) {
		const handle = setTimeout(call, ms);
		if (options?.background === true) handle.unref();
		return { cancel: () => clearTimeout(handle) };
	},
	every(ms, call, options) {
		const handle = setInterval(call, ms);
		if (options?.background === true) handle.unref();
		return { cancel: () => clearInterval(handle) };
	},
	nextTurn: () => new Promise((resolve) => setImmediate(resolve)),
};

/** Random bytes are drawn in blocks: one system call per id would be most of its cost. */
const POOL_BYTES = 4096;
const RANDOM_BYTES = 8;
const COUNTER_MAX = 0xfff;

/**
 * UUIDs of version 7 (RFC 9562), in lower case: 48 bits of ms, a 12-bit counter that orders ids made within one ms,
 * and 62 random bits. The counter borrows from the next ms when it is used up, and time never goes back.
 */
class TimeOrderedIds implements Ids {
	readonly #pool = Buffer.alloc(POOL_BYTES);
	#used = POOL_BYTES;
	#ms = 0;
	#counter = 0;

	next(): string {
		this.#tick(systemClock.now());
		const random = this.#random();
		const time = this.#ms.toString(16).padStart(12, "0");
		const counter = (0x7000 | this.#counter).toString(16);
		const variant = (0x8000 | (random.readUInt16BE(0) & 0x3fff)).toString(16);
		const tail = random.toString("hex", 2, 8);
		return `${time.slice(0, 8)}-${time.slice(8)}-${counter}-${variant}-${tail}`;
	}

	#tick(now: number): void {
		if (now > this.#ms) {
			this.#ms = now;
			this.#counter = 0;
		} else if (this.#counter === COUNTER_MAX) {
			this.#ms += 1;
			this.#counter = 0;
		} else {
			this.#counter += 1;
		}
	}

	#random(): Buffer {
		if (this.#used + RANDOM_BYTES > POOL_BYTES) {
			randomFillSync(this.#pool);
			this.#used = 0;
		}
		const start = this.#used;
		this.#used += RANDOM_BYTES;
		return this.#pool.subarray(start, this.#used);
	}
}

export const systemIds: Ids = new TimeOrderedIds();
