/** A clock that drifts by more than that within this time is not a clock. */
const LEARN_AGAIN_MS = 60_000;

/**
 * The database's clock, read by way of ours: everything that a page shows was timed by the database, which on
 * PostgreSQL may be another machine. Learnt from what is read anyway.
 */
export class DatabaseClock {
	#offsetMs = 0;
	#learntAt = Number.NEGATIVE_INFINITY;

	/** Ms since the epoch. Exact to about the time that a read takes. */
	now(): number {
		return Date.now() + this.#offsetMs;
	}

	/** Asks for the time unless it is known well enough. */
	async learn(read: () => Promise<number | undefined>): Promise<void> {
		if (performance.now() - this.#learntAt < LEARN_AGAIN_MS) return;
		const now = await read();
		if (now === undefined) return;
		this.#offsetMs = now - Date.now();
		this.#learntAt = performance.now();
	}
}
