/** Lets any number of waiters hear of the next change. */
export class Changes {
	readonly #waiting = new Set<() => void>();

	next(): Promise<void> {
		return new Promise((resolve) => this.#waiting.add(resolve));
	}

	tell(): void {
		for (const resolve of this.#waiting) resolve();
		this.#waiting.clear();
	}
}
