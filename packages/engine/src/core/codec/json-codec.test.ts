import { runInNewContext } from "node:vm";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { NotSerializableError, PayloadTooLargeError } from "../errors.ts";
import { LIMITS } from "../limits.ts";
import { jsonCodec } from "./json-codec.ts";

const roundTrip = (value: unknown): unknown => jsonCodec.decode(jsonCodec.encode(value));
const textOf = (value: unknown): string => new TextDecoder().decode(jsonCodec.encode(value));

/** The place and the description of the refusal. */
function refusal(value: unknown): { readonly at: string; readonly found: string } {
	try {
		jsonCodec.encode(value);
	} catch (error) {
		if (NotSerializableError.is(error)) return { at: error.at, found: error.found };
		throw error;
	}
	throw new Error("the value was encoded");
}

function nested(depth: number): unknown {
	let value: unknown = 1;
	for (let level = 0; level < depth; level += 1) value = level % 2 === 0 ? [value] : { v: value };
	return value;
}

class Money {
	readonly amount = 5;
}

describe("jsonCodec", () => {
	it("writes the bytes of plain JSON", () => {
		expect(textOf({ a: 1, b: [true, null, "é😀\n"], c: { d: -0.5 } })).toBe(
			'{"a":1,"b":[true,null,"é😀\\n"],"c":{"d":-0.5}}',
		);
		expect(jsonCodec.encode("a")).toEqual(new Uint8Array([34, 97, 34]));
	});

	it("gives back every JSON value as it was", () => {
		fc.assert(
			fc.property(fc.jsonValue({ noUnicodeString: false, maxDepth: 6 }), (value) => {
				fc.pre(!JSON.stringify(value).includes("\\u"));
				expect(roundTrip(value)).toEqual(JSON.parse(JSON.stringify(value)));
			}),
			{ numRuns: 100 },
		);
	});

	it("either refuses a value or gives back what JSON makes of it, and never throws anything else", () => {
		const values = fc.anything({
			withBigInt: true,
			withDate: true,
			withMap: true,
			withSet: true,
			withTypedArray: true,
			withSparseArray: true,
			withNullPrototype: true,
			withBoxedValues: true,
		});
		fc.assert(
			fc.property(values, (value) => {
				try {
					expect(roundTrip(value)).toEqual(JSON.parse(JSON.stringify(value) ?? "null"));
				} catch (error) {
					if (!NotSerializableError.is(error)) throw error;
					expect(error.at.startsWith("$")).toBe(true);
				}
			}),
			{ numRuns: 1_000 },
		);
	});

	it("leaves undefined properties out, stores undefined as null and -0 as 0", () => {
		expect(textOf({ a: undefined, b: 1 })).toBe('{"b":1}');
		expect(textOf(undefined)).toBe("null");
		expect(Object.is(roundTrip(-0), 0)).toBe(true);
	});

	it("keeps a __proto__ key as a plain property and does not touch the prototype", () => {
		const value = JSON.parse('{"__proto__":{"admin":true}}');
		const back = roundTrip(value) as Record<string, unknown>;
		expect(Object.keys(back)).toEqual(["__proto__"]);
		expect(back.admin).toBeUndefined();
	});

	it("accepts objects without a prototype, of another realm, frozen, and with toJSON as plain data", () => {
		expect(roundTrip(Object.assign(Object.create(null), { a: 1 }))).toEqual({ a: 1 });
		expect(roundTrip(runInNewContext("({ a: [1, { b: 2 }] })"))).toEqual({ a: [1, { b: 2 }] });
		expect(roundTrip(Object.freeze({ a: Object.freeze([1]) }))).toEqual({ a: [1] });
		expect(roundTrip({ toJSON: "not a function" })).toEqual({ toJSON: "not a function" });
	});

	it("accepts one object in two places", () => {
		const shared = { a: 1 };
		expect(roundTrip([shared, shared])).toEqual([{ a: 1 }, { a: 1 }]);
	});

	it.each<[string, unknown, string, string]>([
		["undefined in a list", { items: [1, undefined] }, "$.items[1]", "undefined"],
		["a date", { items: [0, 1, 2, { when: new Date(0) }] }, "$.items[3].when", "a Date"],
		["an invalid date", [new Date(Number.NaN)], "$[0]", "a Date"],
		["a function", { "odd key": () => 1 }, '$["odd key"]', "a function"],
		["a symbol", { a: Symbol("x") }, "$.a", "a symbol"],
		["a symbol as a key", { a: { [Symbol("x")]: 1 } }, "$.a", "an object with a symbol as a key"],
		["a bigint", 5n, "$", "a bigint"],
		["NaN", { a: Number.NaN }, "$.a", "NaN"],
		["Infinity", [Number.NEGATIVE_INFINITY], "$[0]", "-Infinity"],
		["a map", { m: new Map([[1, 2]]) }, "$.m", "a Map"],
		["a set", { s: new Set([1]) }, "$.s", "a Set"],
		["a regular expression", { r: /x/ }, "$.r", "a RegExp"],
		["an error", { e: new TypeError("x") }, "$.e", "an instance of TypeError"],
		["a promise that was not awaited", { p: Promise.resolve(1) }, "$.p", "a Promise"],
		["bytes", { b: new Uint8Array(2) }, "$.b", "a Uint8Array"],
		["a class instance", { price: new Money() }, "$.price", "an instance of Money"],
		["a boxed number", { n: Object(5) }, "$.n", "an instance of Number"],
		["a subclass of Array", { l: new (class List extends Array {})() }, "$.l", "an instance of List"],
		["data that is only inherited", Object.create({ a: 1 }), "$", "an instance of Object"],
		["a hole in a list", { l: Object.assign([], { length: 3 }) }, "$.l", "an array with holes"],
		["a match with its groups", { m: /(?<a>x)/.exec("x") }, "$.m", 'an array with the property "groups"'],
		["a toJSON method", { o: { toJSON: () => 1 } }, "$.o", "an object with a toJSON method"],
		["a NUL", { s: ["a\0b"] }, "$.s[0]", "a string with a NUL character"],
		["half a surrogate pair", { s: "a\ud800" }, "$.s", "a string with half of a surrogate pair"],
		["a NUL in a key", { "a\0": 1 }, '$["a\\u0000"]', "a key with a string with a NUL character"],
	])("refuses %s and says where", (_, value, at, found) => {
		expect(refusal(value)).toEqual({ at, found });
	});

	it("accepts other control characters and a written backslash-u", () => {
		expect(roundTrip({ a: "\u0001\u001f\u007f", b: "\\u0000", c: "\\ud800" })).toEqual({
			a: "\u0001\u001f\u007f",
			b: "\\u0000",
			c: "\\ud800",
		});
	});

	it("refuses a hidden toJSON method, which JSON would call all the same", () => {
		const hidden = Object.defineProperty({ a: 1 }, "toJSON", { value: () => 2, enumerable: false });
		expect(refusal([hidden])).toEqual({ at: "$[0]", found: "an object with a toJSON method" });
	});

	it("refuses a cycle where it closes", () => {
		const order: { id: number; lines: unknown[] } = { id: 1, lines: [] };
		order.lines.push({ order });
		expect(refusal(order)).toEqual({ at: "$.lines[0].order", found: "a reference back to an object around it" });
	});

	it("refuses what is nested deeper than the limit, and takes the limit itself", () => {
		expect(roundTrip(nested(LIMITS.payloadDepth))).toEqual(nested(LIMITS.payloadDepth));
		expect(refusal(nested(LIMITS.payloadDepth + 1)).found).toBe(`nested deeper than ${LIMITS.payloadDepth} levels`);
		expect(refusal(nested(100_000)).found).toContain("nested deeper");
	});

	it("refuses a getter or a proxy that throws, and one that changes while it is read", () => {
		const getter = {
			a: {
				get b(): never {
					throw new Error("mine");
				},
			},
		};
		expect(refusal(getter)).toEqual({ at: "$.a.b", found: "a property that throws when it is read" });
		const { proxy, revoke } = Proxy.revocable({}, {});
		revoke();
		expect(refusal({ a: proxy })).toEqual({ at: "$.a", found: "an object that throws when it is read" });
		let reads = 0;
		const fickle = {
			get a(): unknown {
				reads += 1;
				return reads === 1 ? 1 : 1n;
			},
		};
		expect(refusal(fickle)).toEqual({ at: "$", found: "a value that changes while it is read" });
	});

	it("takes a value of exactly the limit and refuses one byte more, counted in UTF-8", () => {
		const most = LIMITS.payloadBytes - 2;
		expect(jsonCodec.encode("a".repeat(most))).toHaveLength(LIMITS.payloadBytes);
		expect(() => jsonCodec.encode("a".repeat(most + 1))).toThrow(PayloadTooLargeError);
		expect(() => jsonCodec.encode("a".repeat(most + 1))).toThrow(`takes ${LIMITS.payloadBytes + 1} bytes`);
		expect(() => jsonCodec.encode("é".repeat(most / 2 + 1))).toThrow(PayloadTooLargeError);
	});

	it("refuses a value that would grow without bounds as text, without writing it", () => {
		let value: unknown = "x";
		for (let level = 0; level < 60; level += 1) value = { a: value, b: value };
		expect(() => jsonCodec.encode(value)).toThrow(PayloadTooLargeError);
	});

	it("throws on bytes that are no JSON or no UTF-8", () => {
		expect(() => jsonCodec.decode(new Uint8Array([0x7b]))).toThrow(SyntaxError);
		expect(() => jsonCodec.decode(new Uint8Array([0x22, 0xff, 0x22]))).toThrow(TypeError);
	});
});
