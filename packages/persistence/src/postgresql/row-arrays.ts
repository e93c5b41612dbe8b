/**
 * Arrays of rows in PostgreSQL's binary form. As text every value is quoted, joined, and taken apart again by the server;
 * as one array for each column the server keeps a table for each of them: at a hundred rows of twenty columns that takes
 * twice as long.
 *
 *   int32 dimensions, int32 has nulls, int32 oid of the row type, int32 count, int32 first index; then for each row
 *   int32 length, int32 columns; then for each column int32 oid of its type, int32 length (-1: null) and its bytes
 */
const OIDS = { text: 25, int: 23, bigint: 20, bytea: 17 } as const;
export type ColumnType = keyof typeof OIDS;

export type Value = string | number | Uint8Array | null;

const HEADER = 20;
/** Of a row: its length and the number of its columns. */
const ROW_HEADER = 8;
/** Of a value: its type and its length. */
const VALUE_HEADER = 8;
const WIDEST_NUMBER = 8;
const NULL = -1;
/** Bytes of UTF-8 for one unit of a string, at most. */
const WIDEST = 3;
const FIRST_SIZE = 2048;
const NOTHING = Buffer.alloc(HEADER);

/** Rows of one type, written one after the other. */
export class RowArray {
	readonly #oids: readonly number[];
	readonly #isWide: readonly boolean[];
	/** Made with the first row: most parts of a flush have none. */
	#buffer: Buffer = NOTHING;
	#at = HEADER;
	#rows = 0;

	constructor(columns: readonly ColumnType[]) {
		this.#oids = columns.map((type) => OIDS[type]);
		this.#isWide = columns.map((type) => type === "bigint");
	}

	get isEmpty(): boolean {
		return this.#rows === 0;
	}

	/** Values in the order of the columns. */
	add(...row: readonly Value[]): void {
		this.#makeRoom(row);
		const buffer = this.#buffer;
		const start = this.#at;
		let at = buffer.writeInt32BE(this.#oids.length, start + 4);
		for (let i = 0; i < this.#oids.length; i++) {
			at = buffer.writeInt32BE(this.#oids[i] ?? 0, at);
			at = writeValue(buffer, row[i] ?? null, this.#isWide[i] ?? false, at);
		}
		buffer.writeInt32BE(at - start - 4, start);
		this.#at = at;
		this.#rows += 1;
	}

	/** `oid`: of the row type in this database. */
	bytes(oid: number): Buffer {
		if (this.isEmpty) this.#makeRoom([]);
		const buffer = this.#buffer;
		buffer.writeInt32BE(1, 0);
		buffer.writeInt32BE(0, 4);
		buffer.writeUInt32BE(oid, 8);
		buffer.writeInt32BE(this.#rows, 12);
		buffer.writeInt32BE(1, 16);
		return buffer.subarray(0, this.#at);
	}

	#makeRoom(row: readonly Value[]): void {
		let needed = this.#at + ROW_HEADER;
		for (const value of row) needed += VALUE_HEADER + widthOf(value);
		if (needed <= this.#buffer.length) return;
		const wider = Buffer.allocUnsafe(Math.max(needed, FIRST_SIZE, 2 * this.#buffer.length));
		this.#buffer.copy(wider, 0, 0, this.#at);
		this.#buffer = wider;
	}
}

function widthOf(value: Value): number {
	if (typeof value === "string") return value.length * WIDEST;
	return value === null || typeof value === "number" ? WIDEST_NUMBER : value.byteLength;
}

/** Its length and its bytes. */
function writeValue(buffer: Buffer, value: Value, isWide: boolean, at: number): number {
	if (value === null) return buffer.writeInt32BE(NULL, at);
	if (typeof value === "string") {
		const bytes = buffer.write(value, at + 4);
		buffer.writeInt32BE(bytes, at);
		return at + 4 + bytes;
	}
	if (typeof value === "number") return writeNumber(buffer, value, isWide, at);
	buffer.writeInt32BE(value.byteLength, at);
	buffer.set(value, at + 4);
	return at + 4 + value.byteLength;
}

function writeNumber(buffer: Buffer, value: number, isWide: boolean, at: number): number {
	if (!isWide) return buffer.writeInt32BE(value, buffer.writeInt32BE(4, at));
	buffer.writeInt32BE(8, at);
	// Whole and below 2^53: the halves are cheaper than a BigInt.
	const high = Math.floor(value / 2 ** 32);
	buffer.writeInt32BE(high, at + 4);
	return buffer.writeUInt32BE(value - high * 2 ** 32, at + 8);
}
