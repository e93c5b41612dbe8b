/** Time of the gallery's past: it passes only when somebody lets it, so that three days of history take no time. */
export class PastClock {
	#now;
	#monotonic = 0;

	/** @param {number} start wall clock to begin at, ms since the Unix epoch */
	constructor(start) {
		this.#now = start;
	}

	now() {
		return this.#now;
	}

	monotonic() {
		return this.#monotonic;
	}

	/** @param {number} ms 0 or more */
	advance(ms) {
		this.#now += ms;
		this.#monotonic += ms;
	}

	/** Never back. @param {number} at wall clock to go to, ms since the Unix epoch */
	advanceTo(at) {
		this.advance(Math.max(at - this.#now, 0));
	}
}
