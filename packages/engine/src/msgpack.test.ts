import { describe, expect, it } from "vitest";
import { flow } from "./core/builder/flow.ts";
import { codecs } from "./core/codec/codec.ts";
import { jsonCodec } from "./core/codec/json-codec.ts";
import { runInProcess } from "./in-process.ts";
import { msgpackCodec } from "./msgpack.ts";

const round = (value: unknown) => msgpackCodec.decode(msgpackCodec.encode(value));

describe("msgpackCodec", () => {
	it("gives back what JSON holds, and dates and bytes as themselves", () => {
		const value = {
			text: "é\u202e",
			numbers: [0, -1, 1.5, 2 ** 53 - 1, 1e300],
			nested: { none: null, yes: true },
			at: new Date("2026-11-23T12:00:00.123Z"),
			early: new Date(-1),
			bytes: new Uint8Array([0, 255, 7]),
			deep: [[[[{}]]]],
		};
		expect(round(value)).toEqual(value);
		expect((round(value) as typeof value).bytes).toBeInstanceOf(Uint8Array);
		expect(round(undefined)).toBeNull();
		expect(round({ a: undefined, b: 1 })).toEqual({ b: 1 });
	});

	it("gives every reader bytes of its own", () => {
		// Databases hand out Buffers, whose slice() is a view.
		const stored = Buffer.from(msgpackCodec.encode({ bytes: new Uint8Array([1, 2, 3]) }));
		const read = () => (msgpackCodec.decode(stored) as { bytes: Uint8Array }).bytes;
		read().fill(9);
		expect(read()).toEqual(new Uint8Array([1, 2, 3]));
	});

	it("writes the same bytes as ever", () => {
		const golden = msgpackCodec.encode({ at: new Date(1000), bytes: new Uint8Array([1]), n: 1 });
		expect(Buffer.from(golden).toString("hex")).toBe("83a26174d6ff00000001a56279746573c40101a16e01");
	});

	it("refuses what it cannot hold, with its place", () => {
		const refused: [unknown, string][] = [
			[{ a: [new Date(Number.NaN)] }, "$.a[0]"],
			[{ m: new Map() }, "$.m"],
			[{ b: Buffer.from("x") }, "$.b"],
			[{ n: 10n }, "$.n"],
			[{ f: () => 1 }, "$.f"],
			[{ x: Number.POSITIVE_INFINITY }, "$.x"],
			[{ s: "\ud800" }, "$.s"],
		];
		for (const [value, at] of refused) {
			expect(() => msgpackCodec.encode(value)).toThrow(expect.objectContaining({ code: "NotSerializable", at }));
		}
		expect(() => msgpackCodec.encode(new Uint8Array(2 ** 20 + 1))).toThrow(
			expect.objectContaining({ code: "PayloadTooLarge" }),
		);
	});

	it("refuses the key __proto__, which could not be read back, and holds it as text", () => {
		expect(() => msgpackCodec.encode(JSON.parse('{"a":{"__proto__":{"admin":true}}}'))).toThrow(/__proto__/);
		expect(round(["__proto__"])).toEqual(["__proto__"]);
	});

	it("reads what another codec wrote when both are named", () => {
		const both = codecs([msgpackCodec, jsonCodec]);
		expect(both.decode({ codec: "json", bytes: jsonCodec.encode({ a: 1 }) })).toEqual({ a: 1 });
		expect(both.encode({ a: 1 }).codec).toBe("msgpack");
		expect(() => codecs([jsonCodec]).decode({ codec: "msgpack", bytes: new Uint8Array([1]) })).toThrow(
			expect.objectContaining({ code: "UnknownCodec" }),
		);
	});

	it("carries dates and bytes through a workflow", async () => {
		const workflow = flow<{ at: Date }>("dated")
			.task("t", ({ at }) => ({ at: new Date(at.getTime() + 1), bytes: new Uint8Array([1, 2]) }))
			.task("u", ({ at, bytes }) => ({ at, sum: bytes.reduce((sum, byte) => sum + byte, 0) }))
			.build();
		const state = await runInProcess(workflow, { at: new Date(5) }, { codecs: [msgpackCodec] });
		expect(state).toEqual({ status: "completed", output: { at: new Date(6), sum: 3 } });
	});
});
