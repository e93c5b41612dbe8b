import type { OpenRow } from "./state.ts";

/** Rows in a total order. A row must be taken out before the fields that order it change. */
export class SortedRows {
	readonly #rows: OpenRow[] = [];
	readonly #compare: (a: OpenRow, b: OpenRow) => number;

	constructor(compare: (a: OpenRow, b: OpenRow) => number) {
		this.#compare = compare;
	}

	insert(row: OpenRow): void {
		this.#rows.splice(this.#position(row), 0, row);
	}

	remove(row: OpenRow): void {
		const at = this.#position(row);
		if (this.#rows[at] === row) this.#rows.splice(at, 1);
	}

	[Symbol.iterator](): IterableIterator<OpenRow> {
		return this.#rows[Symbol.iterator]();
	}

	/** Index of the first row that does not come before this one. */
	#position(row: OpenRow): number {
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
