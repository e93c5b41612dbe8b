/**
 * Arrays in PostgreSQL's binary form. As text every element is quoted, joined, and taken apart again by the server: at a
 * hundred rows and sixty columns that costs more than to write them.
 *
 *   int32 dimensions, int32 has nulls, int32 oid of the elements, int32 count, int32 first index, then each element as
 *   int32 length (-1: null) and its bytes
 */
const OIDS = { text: 25, int: 23, bigint: 20, bytea: 17 } as const;
export type ElementType = keyof typeof OIDS;

export type Element = string | number | Uint8Array | null;

const HEADER = 20;
const EMPTY_HEADER = 12;
const NULL = -1;
/** Bytes of UTF-8 for one unit of a string, at most. */
const WIDEST = 3;

export function binaryArray(type: ElementType, elements: readonly Element[]): Buffer {
	if (elements.length === 0) return empty(type);
	const buffer = Buffer.allocUnsafe(HEADER + room(elements));
	let at = HEADER;
	let nulls = 0;
	for (const element of elements) {
		if (element === null) {
			nulls = 1;
			at = buffer.writeInt32BE(NULL, at);
		} else if (typeof element === "string") {
			const bytes = buffer.write(element, at + 4);
			buffer.writeInt32BE(bytes, at);
			at += 4 + bytes;
		} else if (typeof element === "number") {
			at = writeNumber(buffer, type, element, at);
		} else {
			at = buffer.writeInt32BE(element.byteLength, at);
			buffer.set(element, at);
			at += element.byteLength;
		}
	}
	buffer.writeInt32BE(1, 0);
	buffer.writeInt32BE(nulls, 4);
	buffer.writeInt32BE(OIDS[type], 8);
	buffer.writeInt32BE(elements.length, 12);
	buffer.writeInt32BE(1, 16);
	return buffer.subarray(0, at);
}

const empties = new Map<ElementType, Buffer>();

function empty(type: ElementType): Buffer {
	const known = empties.get(type);
	if (known !== undefined) return known;
	const buffer = Buffer.alloc(EMPTY_HEADER);
	buffer.writeInt32BE(OIDS[type], 8);
	empties.set(type, buffer);
	return buffer;
}

function room(elements: readonly Element[]): number {
	let bytes = 0;
	for (const element of elements) {
		if (typeof element === "string") bytes += 4 + element.length * WIDEST;
		else if (element === null || typeof element === "number") bytes += 12;
		else bytes += 4 + element.byteLength;
	}
	return bytes;
}

function writeNumber(buffer: Buffer, type: ElementType, element: number, at: number): number {
	if (type !== "bigint") return buffer.writeInt32BE(element, buffer.writeInt32BE(4, at));
	buffer.writeInt32BE(8, at);
	// Whole and below 2^53: the halves are cheaper than a BigInt.
	const high = Math.floor(element / 2 ** 32);
	buffer.writeInt32BE(high, at + 4);
	return buffer.writeUInt32BE(element - high * 2 ** 32, at + 8);
}
