import fc from "fast-check";
import { expect, it } from "vitest";
import { inexactNumber, inexactWords } from "./inexact-number.ts";

it("finds the whole number that would be rounded, wherever it stands", () => {
	for (const [json, found] of [
		["9007199254740993", "9007199254740993"],
		["-9007199254740993", "-9007199254740993"],
		['{"a":[1,{"b":12345678901234567890}]}', "12345678901234567890"],
		['{"9007199254740993":"9007199254740993 \\" 9007199254740995","c":9007199254740995}', "9007199254740995"],
		["[1e999]", "1e999"],
		[`[1${"0".repeat(400)}]`, `1${"0".repeat(400)}`],
	] as const) {
		expect(inexactNumber(json), json).toBe(found);
	}
});

it("leaves alone what is kept as it is written", () => {
	for (const json of [
		"9007199254740991",
		"9007199254740992",
		"12345678901234567000",
		"1000000000000000000000",
		"-0",
		"0.1",
		"0.12345678901234567890",
		"1e21",
		"2E-7",
		'"9007199254740993"',
		'["\\\\",1]',
		'{"a":true,"b":null,"c":[]}',
		"",
	]) {
		expect(inexactNumber(json), json).toBeNull();
	}
});

it("finds nothing in what JavaScript itself wrote", () => {
	fc.assert(fc.property(fc.jsonValue(), (value) => inexactNumber(JSON.stringify(value)) === null));
});

it("says what to do, without the thousandth digit", () => {
	expect(inexactWords("9007199254740993")).toContain('as a text, "9007199254740993"');
	expect(inexactWords("9".repeat(5_000)).length).toBeLessThan(250);
});
