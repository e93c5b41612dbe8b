import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { collapsedBelow, expandedRows, findRows, parseRows, pathOf, prettyText, RowParser } from "./json-tree.ts";

function rowsOf(text: string) {
	const rows = parseRows(text);
	if (rows === null) throw new Error(`not JSON: ${text}`);
	return rows;
}

describe("RowParser", () => {
	it("reads the same rows in slices of any size as at once", () => {
		fc.assert(
			fc.property(fc.json(), fc.integer({ min: 1, max: 7 }), (text, entries) => {
				const parser = new RowParser(text);
				while (parser.advance(entries) === "more");
				expect(parser.rows).toEqual(parseRows(text));
			}),
		);
	});

	it("says that a text is broken when it comes to that place", () => {
		const parser = new RowParser("[1, 2, oops]");
		expect(parser.advance(1)).toBe("more");
		expect(parser.advance(10)).toBe("broken");
	});
});

describe("parseRows", () => {
	it("reads any JSON, and its rows write the same value again", () => {
		fc.assert(
			fc.property(fc.json({ maxDepth: 6 }), (text) => {
				expect(JSON.parse(prettyText(rowsOf(text)))).toEqual(JSON.parse(text));
			}),
		);
	});

	it("refuses every text that JSON.parse refuses", () => {
		fc.assert(
			fc.property(
				fc.oneof(
					fc.string(),
					fc.json().map((text) => text.slice(0, -1)),
				),
				(text) => {
					let valid = true;
					try {
						JSON.parse(text);
					} catch {
						valid = false;
					}
					expect(parseRows(text) !== null).toBe(valid);
				},
			),
		);
	});

	it("keeps every digit of numbers beyond 2^53 and of long fractions", () => {
		const text = '{"id":9007199254740993123,"share":0.1000000000000000055511151231257827}';
		expect(prettyText(rowsOf(text)).replace(/\s/g, "")).toBe(text);
	});

	it("keeps duplicate keys", () => {
		expect(rowsOf('{"a":1,"a":2}').map(({ key }) => key)).toEqual([null, "a", "a"]);
	});

	it("reads 200,000 nested arrays without overflow", () => {
		const depth = 200_000;
		expect(rowsOf("[".repeat(depth) + "]".repeat(depth))).toHaveLength(depth);
	});
});

describe("rows", () => {
	const rows = rowsOf('{"order":{"lines":[{"sku":"A-1"},{"sku":"B-2"}],"odd key":true}}');

	it("hides what is inside a collapsed row and nothing else", () => {
		expect(expandedRows(rows, collapsedBelow(rows, 2)).map(({ key }) => key)).toEqual([
			null,
			"order",
			"lines",
			"odd key",
		]);
		expect(expandedRows(rows, new Set())).toHaveLength(rows.length);
	});

	it("finds keys and values in any case", () => {
		expect(findRows(rows, "b-2")).toHaveLength(1);
		expect(findRows(rows, "SKU")).toHaveLength(2);
		expect(findRows(rows, "")).toEqual([]);
	});

	it("names the path of a row as an expression would", () => {
		const [found] = findRows(rows, "B-2");
		expect(pathOf(rows, found ?? -1)).toBe("order.lines[1].sku");
		const [odd] = findRows(rows, "odd key");
		expect(pathOf(rows, odd ?? -1)).toBe('order["odd key"]');
	});
});
