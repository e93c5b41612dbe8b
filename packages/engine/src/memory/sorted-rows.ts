/** Rows in a total order. A row must be taken out before the fields that order it change. */
export class SortedRows<Row> {
	readonly #rows: Row[] = [];
	readonly #compare: (a: Row, b: Row) => number;

	constructor(compare: (a: Row, b: Row) => number) {
		this.#compare = compare;
	}

	insert(row: Row): void {
		this.#rows.splice(this.#position(row), 0, row);
	}

	remove(row: Row): void {
		const at = this.#position(row);
		if (this.#rows[at] === row) this.#rows.splice(at, 1);
	}

	[Symbol.iterator](): IterableIterator<Row> {
		return this.#rows[Symbol.iterator]();
	}

	/** Index of the first row that does not come before this one. */
	#position(row: Row): number {
		let low = 0;
		let high = this.#rows.length;
		while (low < high) {
			const middle = (low + high) >>> 1;
			const other = this.#rows[middle];
			if (other !== undefined && this.#compare(other, row) < 0) low = middle + 1;
			else high = middle;
		}
		return low;
	}
}
