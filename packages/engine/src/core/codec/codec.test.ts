import { describe, expect, it } from "vitest";
import { InvalidArgumentError, UnknownCodecError } from "../errors.ts";
import { type Codec, codecs } from "./codec.ts";
import { jsonCodec } from "./json-codec.ts";

const reversed: Codec = {
	name: "reversed",
	encode: (value) => jsonCodec.encode(value).reverse(),
	decode: (bytes) => jsonCodec.decode(Uint8Array.from(bytes).reverse()),
};

describe("codecs", () => {
	it("writes with the first codec and reads with the one that wrote", () => {
		const old = codecs([jsonCodec]).encode({ a: 1 });
		const both = codecs([reversed, jsonCodec]);
		const now = both.encode({ a: 1 });
		expect(now).toEqual({ codec: "reversed", bytes: Uint8Array.from(old.bytes).reverse() });
		expect(both.decode(old)).toEqual({ a: 1 });
		expect(both.decode(now)).toEqual({ a: 1 });
	});

	it("refuses a value of a codec that is not configured", () => {
		const stored = codecs([reversed]).encode(1);
		expect(() => codecs([jsonCodec]).decode(stored)).toThrow(UnknownCodecError);
	});

	it("needs at least one codec and different names", () => {
		expect(() => codecs([])).toThrow(InvalidArgumentError);
		expect(() => codecs([jsonCodec, { ...reversed, name: "json" }])).toThrow(InvalidArgumentError);
	});
});
