import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { jsonCodec } from "./codec/json-codec.ts";
import { NonRetryableError } from "./errors.ts";
import { LIMITS } from "./limits.ts";
import { recordError } from "./record-error.ts";
import type { RecordedError } from "./recorded-error.ts";

function chainOf(error: RecordedError): readonly RecordedError[] {
	const chain: RecordedError[] = [];
	for (let next: RecordedError | null = error; next !== null; next = next.cause) chain.push(next);
	return chain;
}

function sizeOf(error: RecordedError): number {
	return new TextEncoder().encode(JSON.stringify(error)).length;
}

class Declined extends Error {}

describe("recordError", () => {
	it("keeps name, message, code, stack and cause", () => {
		const error = new TypeError("outer", { cause: Object.assign(new Error("inner"), { code: "ECONNREFUSED" }) });
		expect(recordError(error)).toEqual({
			name: "TypeError",
			message: "outer",
			code: null,
			stack: error.stack,
			cause: { name: "Error", message: "inner", code: "ECONNREFUSED", stack: expect.any(String), cause: null },
		});
	});

	it("keeps our own codes, numbers as codes, and the class of an error without a name of its own", () => {
		expect(recordError(new NonRetryableError("no")).code).toBe("NonRetryable");
		expect(recordError({ message: "m", code: 42 })).toMatchObject({ message: "m", code: "42", stack: null });
		expect(recordError(new Declined("card")).name).toBe("Declined");
	});

	it("uses the words of the errors inside an AggregateError that has none", () => {
		expect(recordError(new AggregateError([new Error("a"), new Error("b")])).message).toBe("a; b");
	});

	it.each<[unknown, string]>([
		[undefined, "undefined was thrown"],
		[null, "null was thrown"],
		["text", "text"],
		[42, "42 was thrown"],
		[5n, "5 was thrown"],
		[Symbol("s"), "Symbol(s) was thrown"],
		[{ a: 1 }, '{"a":1}'],
	])("takes %s", (thrown, message) => {
		expect(recordError(thrown)).toMatchObject({ name: "NotAnError", message, cause: null });
	});

	it("takes frozen errors, functions, proxies, and getters that throw", () => {
		const trap = (): never => {
			throw new Error("trap");
		};
		const hostile = new Proxy(new Error("x"), { get: trap, has: trap, getPrototypeOf: trap, ownKeys: trap });
		const { proxy, revoke } = Proxy.revocable({}, {});
		revoke();
		const getters = Object.defineProperties(
			{},
			Object.fromEntries(
				["name", "message", "stack", "cause", "code", "toJSON"].map((key) => [key, { get: trap, enumerable: true }]),
			),
		);
		const late = Object.assign(new AggregateError([]), { errors: hostile });
		for (const thrown of [Object.freeze(new Error("x")), trap, hostile, proxy, getters, late]) {
			expect(typeof recordError(thrown).message).toBe("string");
		}
	});

	it("stops at five causes and at a cause that comes back", () => {
		let deep = new Error("bottom");
		for (let level = 0; level < 1_000; level += 1) deep = new Error(`level ${level}`, { cause: deep });
		expect(chainOf(recordError(deep)).map((error) => error.message)).toEqual([
			"level 999",
			"level 998",
			"level 997",
			"level 996",
			"level 995",
			"level 994",
		]);
		const [a, b] = [new Error("a"), new Error("b")];
		a.cause = b;
		b.cause = a;
		expect(chainOf(recordError(a)).map((error) => error.message)).toEqual(["a", "b"]);
	});

	it("cuts a huge message, says so, and stays within the limit", () => {
		const recorded = recordError(new Error("x".repeat(5_000_000)));
		expect(recorded.message).toMatch(/^x{1000,}… \[truncated: 5000000 characters in all\]$/);
		expect(sizeOf(recorded)).toBeLessThanOrEqual(LIMITS.errorBytes);
	});

	it.each(["x", "é", "😀", "\u0001", "\0", '"', "\\", "\ud800"])(
		"stays within the limit with six long errors of %j",
		(text) => {
			let error: Error | undefined;
			for (let level = 0; level < 6; level += 1) {
				error = Object.assign(new Error(text.repeat(200_000), { cause: error }), {
					name: text.repeat(1_000),
					code: text.repeat(1_000),
					stack: text.repeat(200_000),
				});
			}
			const recorded = recordError(error);
			expect(sizeOf(recorded)).toBeLessThanOrEqual(LIMITS.errorBytes);
			expect(chainOf(recorded).length).toBeGreaterThanOrEqual(2);
			expect(jsonCodec.decode(jsonCodec.encode(recorded))).toEqual(recorded);
		},
	);

	it("replaces NUL and half surrogate pairs", () => {
		expect(recordError(new Error("a\0b\ud800c😀")).message).toBe("a\uFFFDb\uFFFDc😀");
	});

	it("never throws and always answers what the codec can store", () => {
		const thrown = fc.oneof(
			fc.anything({ withBigInt: true, withDate: true, withMap: true, withNullPrototype: true }),
			fc.record(
				{
					name: fc.anything(),
					message: fc.anything(),
					stack: fc.anything(),
					cause: fc.anything(),
					code: fc.anything(),
					errors: fc.anything(),
				},
				{ requiredKeys: [] },
			),
		);
		fc.assert(
			fc.property(thrown, (value) => {
				const recorded = recordError(value);
				expect(jsonCodec.decode(jsonCodec.encode(recorded))).toEqual(recorded);
			}),
			{ numRuns: 500 },
		);
	});
});
