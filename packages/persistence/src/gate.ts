/**
 * First come, first served right to the one connection. A transaction holds it; everything else waits for it. Only what
 * cannot wait comes before the rest.
 */
export class Gate {
	#held = false;
	readonly #urgent: (() => void)[] = [];
	readonly #waiting: (() => void)[] = [];

	/** Resolves when it is the caller's turn, with the function that ends the turn. */
	enter(urgency: "usual" | "urgent" = "usual"): Promise<() => void> {
		return new Promise((resolve) => {
			const begin = () => {
				let over = false;
				resolve(() => {
					if (over) return;
					over = true;
					this.#next();
				});
			};
			if (this.#held) (urgency === "urgent" ? this.#urgent : this.#waiting).push(begin);
			else {
				this.#held = true;
				begin();
			}
		});
	}

	get busy(): boolean {
		return this.#held;
	}

	#next(): void {
		const next = this.#urgent.shift() ?? this.#waiting.shift();
		if (next === undefined) this.#held = false;
		else next();
	}
}
