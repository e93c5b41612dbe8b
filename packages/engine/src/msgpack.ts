/** `@waymark/engine/msgpack`: a codec that also holds dates and bytes. Loaded only by those who ask for it. */
import { decode, encode } from "@msgpack/msgpack";
import type { Codec } from "./core/codec/codec.ts";
import { findLossyText, isLossless, whatIsLossy } from "./core/codec/json-check.ts";
import { NotSerializableError, PayloadTooLargeError } from "./core/errors.ts";
import { LIMITS } from "./core/limits.ts";

/** A Buffer is refused: it would come back as a plain Uint8Array. */
function isLeaf(value: object): boolean {
	if (value instanceof Date) return !Number.isNaN(value.getTime());
	return value instanceof Uint8Array && Object.getPrototypeOf(value) === Uint8Array.prototype;
}

/**
 * MessagePack: everything that JSON holds, and `Date` (to the ms) and `Uint8Array` as themselves. To use it, name it
 * first in `codecs` of every worker, runner and client: the first one writes, all of them read.
 */
export const msgpackCodec: Codec = {
	name: "msgpack",

	encode(value) {
		if (value !== undefined && !isLossless(value, isLeaf)) {
			const { at, found } = whatIsLossy(value, isLeaf);
			throw new NotSerializableError(at, found);
		}
		const lossy = findLossyText(value, isLeaf);
		if (lossy !== null) throw new NotSerializableError(lossy.at, lossy.found);
		// One level more than the check allows, so that the check speaks first.
		const bytes = encode(value ?? null, { ignoreUndefined: true, maxDepth: LIMITS.payloadDepth + 1 });
		if (bytes.length > LIMITS.payloadBytes) throw new PayloadTooLargeError(bytes.length, LIMITS.payloadBytes);
		if (!isReadable(bytes)) throw new NotSerializableError("$", 'a value with a key named "__proto__"');
		return bytes;
	},

	decode(bytes) {
		// A copy: the library hands out views of what it reads, and whoever writes into one would change what others read.
		return decode(new Uint8Array(bytes));
	},
};

/** The library's decoder refuses the key "__proto__", so it must not be written. Rare enough to look for in the bytes. */
function isReadable(bytes: Uint8Array): boolean {
	if (!Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes("__proto__")) return true;
	try {
		decode(bytes);
		return true;
	} catch {
		return false;
	}
}
