/** First come, first served right to the one connection. A transaction holds it; everything else waits for it. */
export class Gate {
	#tail: Promise<void> | null = null;

	/** Resolves when it is the caller's turn, with the function that ends the turn. */
	async enter(): Promise<() => void> {
		const before = this.#tail;
		let open: () => void = () => {};
		const mine = new Promise<void>((resolve) => {
			open = resolve;
		});
		this.#tail = mine;
		if (before !== null) await before;
		return () => {
			if (this.#tail === mine) this.#tail = null;
			open();
		};
	}

	get busy(): boolean {
		return this.#tail !== null;
	}
}
