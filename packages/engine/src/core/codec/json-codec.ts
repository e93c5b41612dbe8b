import { NotSerializableError, PayloadTooLargeError } from "../errors.ts";
import { LIMITS } from "../limits.ts";
import type { Codec } from "./codec.ts";
import { findLossyText, isLossless, whatIsLossy } from "./json-check.ts";

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/**
 * Plain JSON, and nothing that JSON would lose or change. Two things follow what everybody expects of JSON: a property
 * that is `undefined` is left out, and a value that is `undefined` as a whole is stored as null. -0 becomes 0.
 */
export const jsonCodec: Codec = {
	name: "json",

	encode(value) {
		if (value === undefined) return encoder.encode("null");
		if (!isLossless(value)) {
			const { at, found } = whatIsLossy(value);
			throw new NotSerializableError(at, found);
		}
		const text = stringify(value);
		// JSON.stringify escapes NUL and lone surrogates, so that strings need no look of their own before.
		if (text.includes("\\u")) {
			const lossy = findLossyText(value);
			if (lossy !== null) throw new NotSerializableError(lossy.at, lossy.found);
		}
		const bytes = encoder.encode(text);
		if (bytes.length > LIMITS.payloadBytes) throw new PayloadTooLargeError(bytes.length, LIMITS.payloadBytes);
		return bytes;
	},

	decode(bytes) {
		return JSON.parse(decoder.decode(bytes));
	},
};

function stringify(value: unknown): string {
	let text: string | undefined;
	try {
		text = JSON.stringify(value);
	} catch {
		// Only a getter or a proxy can still get here: it answered something else at its second reading.
	}
	if (text === undefined) throw new NotSerializableError("$", "a value that changes while it is read");
	return text;
}
