import { describe, expect, it } from "vitest";
import { isTooDeep, readBody } from "./read-body.ts";

function post(body: BodyInit, type = "application/json"): Request {
	return new Request("http://127.0.0.1/api", { method: "POST", body, headers: { "content-type": type } });
}

async function codeOf(body: BodyInit, type?: string): Promise<string> {
	return readBody(post(body, type)).then(
		() => "read",
		(error: { code?: string }) => error.code ?? "untyped",
	);
}

describe("readBody", () => {
	it("reads the fields that it is asked for", async () => {
		const fields = await readBody(post('{"reason":"why","payload":[1],"more":true}'));
		expect(fields.text("reason", { max: 10 })).toBe("why");
		expect(fields.value("payload")).toEqual([1]);
		expect(fields.text("absent", { max: 10 })).toBeNull();
		expect(fields.value("absent")).toBeNull();
	});

	it("takes an empty body for an empty object", async () => {
		expect((await readBody(post(""))).text("reason", { max: 1 })).toBeNull();
	});

	it("refuses what is no JSON object, by code", async () => {
		for (const body of ["{", "[]", "null", "1", '"text"', "{'a':1}", "\ufeff{}", "=cmd|"]) {
			expect(await codeOf(body), body).toBe("BadRequest");
		}
		expect(await codeOf(new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x7d]))).toBe("BadRequest");
		expect(await codeOf("{}", "text/plain")).toBe("UnsupportedMediaType");
	});

	it("refuses a number that it would change rather than change it", async () => {
		expect(await codeOf('{"input":{"account":9007199254740993}}')).toBe("BadRequest");
		expect(await codeOf('{"input":1e999}')).toBe("BadRequest");
		expect(await codeOf('{"input":{"account":"9007199254740993","share":0.1}}')).toBe("read");
	});

	it("stops reading what is over 1 MiB", async () => {
		expect(await codeOf(JSON.stringify({ payload: "x".repeat(1024 * 1024 - 100) }))).toBe("read");
		expect(await codeOf(JSON.stringify({ payload: "x".repeat(1024 * 1024 + 20_000) }))).toBe("PayloadTooLarge");
	});

	it("refuses fields of the wrong type or length", async () => {
		const fields = await readBody(post('{"a":1,"b":"long","c":"n\\u0000l","d":""}'));
		expect(() => fields.text("a", { max: 10 })).toThrow(/string/);
		expect(() => fields.text("b", { max: 3 })).toThrow(/longer/);
		expect(() => fields.text("c", { max: 10 })).toThrow(/NUL/);
		expect(() => fields.requiredText("d", { max: 10 })).toThrow(/missing/);
	});

	it("takes __proto__ for a name like any other", async () => {
		const fields = await readBody(post('{"__proto__":{"reason":"polluted"}}'));
		expect(fields.text("reason", { max: 10 })).toBeNull();
		expect(({} as { reason?: string }).reason).toBeUndefined();
	});
});

describe("isTooDeep", () => {
	it("counts brackets outside strings only", () => {
		expect(isTooDeep("[".repeat(211))).toBe(true);
		expect(isTooDeep("[".repeat(210) + "]".repeat(210))).toBe(false);
		expect(isTooDeep(JSON.stringify({ text: '[{"'.repeat(500) }))).toBe(false);
		expect(isTooDeep("[]".repeat(100_000))).toBe(false);
	});
});
