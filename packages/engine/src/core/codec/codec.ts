import { InvalidArgumentError, UnknownCodecError } from "../errors.ts";
import type { StoredValue } from "../stored-value.ts";

/** Turns values into bytes and back. Its name is stored beside the bytes, so it never changes its meaning. */
export interface Codec {
	readonly name: string;
	/**
	 * Throws `NotSerializableError` for a value it would not give back as it was, and `PayloadTooLargeError` beyond
	 * `LIMITS.payloadBytes`.
	 */
	encode(value: unknown): Uint8Array;
	/** A new value at every call. Throws when the bytes are not what `encode` makes. */
	decode(bytes: Uint8Array): unknown;
}

/** The codecs of one process. The first one writes; all of them read. */
export interface Codecs {
	encode(value: unknown): StoredValue;
	/** Throws `UnknownCodecError` for a codec that is not configured. */
	decode(stored: StoredValue): unknown;
}

/** Throws `InvalidArgumentError` for an empty list or a name given twice. */
export function codecs(list: readonly Codec[]): Codecs {
	const [writer] = list;
	if (writer === undefined) {
		throw new InvalidArgumentError("codecs", "The list of codecs is empty. Pass at least one, for example jsonCodec.");
	}
	const byName = new Map(list.map((codec) => [codec.name, codec]));
	if (byName.size < list.length) {
		throw new InvalidArgumentError("codecs", "Two codecs have the same name. Give each one a name of its own.");
	}
	return {
		encode: (value) => ({ codec: writer.name, bytes: writer.encode(value) }),
		decode: ({ codec, bytes }) => {
			const reader = byName.get(codec);
			if (reader === undefined) throw new UnknownCodecError(codec);
			return reader.decode(bytes);
		},
	};
}
