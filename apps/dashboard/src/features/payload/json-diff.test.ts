import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { diffJson, lineOf } from "./json-diff.ts";
import { type JsonRow, parseRows } from "./json-tree.ts";

function rowsOf(text: string): readonly JsonRow[] {
	const rows = parseRows(text);
	if (rows === null) throw new Error(`${text} is not JSON.`);
	return rows;
}

function words(before: string, after: string, most?: number): readonly string[] {
	const [a, b] = [rowsOf(before), rowsOf(after)];
	return diffJson(a, b, most).differences.map((one) => {
		const from = one.kind === "added" ? "" : lineOf(a, one.before, 40);
		const to = one.kind === "removed" ? "" : lineOf(b, one.after, 40);
		return `${one.path} ${from} → ${to}`;
	});
}

describe("the difference of two values", () => {
	it("names every key that came, went or changed, by the path that leads there", () => {
		const before = '{"id":1,"lines":[{"sku":"a","n":1}],"old":true,"odd key":null}';
		const after = '{"id":1,"lines":[{"sku":"a","n":2}],"new":{"x":[1,2]},"odd key":0}';
		expect(words(before, after)).toEqual([
			".lines[0].n 1 → 2",
			".old true → ",
			'["odd key"] null → 0',
			'.new  → {"x": [1, 2]}',
		]);
	});

	it("takes an item that is put in front, or taken out of the middle, for one difference", () => {
		expect(words("[1,2,3]", "[0,1,2,3]")).toEqual(["[0]  → 0"]);
		expect(words('["a","b","c","d"]', '["a","c","d"]')).toEqual(['[1] "b" → ']);
	});

	it("sees a digit that JavaScript's numbers lose, and another kind of value", () => {
		expect(words("[9007199254740993]", "[9007199254740992]")).toEqual(["[0] 9007199254740993 → 9007199254740992"]);
		expect(words("[]", "{}")).toEqual([" [] → {}"]);
		expect(words('"1"', "1")).toEqual([' "1" → 1']);
	});

	it("does not take another order of keys for a difference", () => {
		expect(words('{"a":1,"b":{"c":2,"d":3}}', '{"b":{"d":3,"c":2},"a":1}')).toEqual([]);
	});

	it("stops where it was told to, and says so", () => {
		const many = (value: number) => JSON.stringify(Array.from({ length: 50 }, () => value));
		expect(diffJson(rowsOf(many(1)), rowsOf(many(2)), 10)).toMatchObject({ isCut: true });
		expect(words(many(1), many(2), 10)).toHaveLength(10);
	});

	it("is empty exactly for equal values", () => {
		const value = fc.jsonValue({ noUnicodeString: false });
		fc.assert(
			fc.property(value, value, (a, b) => {
				const [before, after] = [JSON.stringify(a), JSON.stringify(b)];
				expect(diffJson(rowsOf(before), rowsOf(before)).differences).toEqual([]);
				expect(diffJson(rowsOf(before), rowsOf(after)).differences.length === 0).toBe(
					JSON.stringify(sorted(a)) === JSON.stringify(sorted(b)),
				);
			}),
		);
	});

	it("finds the one difference at the bottom of 50,000 arrays, and shows an end of it", () => {
		const deep = (leaf: number) => rowsOf(`${"[".repeat(50_000)}${leaf}${"]".repeat(50_000)}`);
		const { differences } = diffJson(deep(1), deep(2));
		expect(differences).toHaveLength(1);
		expect(differences[0]?.path).toHaveLength(150_000);
		expect(lineOf(deep(1), deep(1)[0] as JsonRow, 100)).toBe(`${"[".repeat(9)}…${"]".repeat(9)}`);
	});
});

function sorted(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(sorted);
	if (value === null || typeof value !== "object") return value;
	const entries = Object.entries(value).map(([key, inner]) => [key, sorted(inner)] as const);
	return { object: entries.sort(([a], [b]) => (a < b ? -1 : 1)) };
}
