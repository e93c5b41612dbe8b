import { describe, expect, it } from "vitest";
import { cellText, jsonTable } from "./json-table.ts";
import { parseRows } from "./json-tree.ts";

function tableOf(text: string) {
	const table = jsonTable(parseRows(text) ?? []);
	if (table === null) return null;
	return {
		columns: table.columns,
		cells: table.rows.map((row) =>
			table.columns.map((column) => row.get(column)).map((cell) => cell && cellText(cell)),
		),
	};
}

describe("a value as a table", () => {
	it("has a column for every key, in the order of their appearance, and gaps where a key is missing", () => {
		expect(tableOf('[{"sku":"a","n":1},{"n":90071992547409931,"note":null}]')).toEqual({
			columns: ["sku", "n", "note"],
			cells: [
				["a", "1", undefined],
				[undefined, "90071992547409931", "null"],
			],
		});
	});

	it("shows what is inside a cell by its size, and nothing of it as a column", () => {
		expect(tableOf('[{"lines":[{"x":1},{"x":2}],"to":{"city":"B"}}]')).toEqual({
			columns: ["lines", "to"],
			cells: [["[ 2 ]", "{ 1 }"]],
		});
	});

	it("takes the last of two equal keys, and a key that means something to JavaScript for a name", () => {
		expect(tableOf('[{"a":1,"a":2,"__proto__":3}]')).toEqual({ columns: ["a", "__proto__"], cells: [["2", "3"]] });
	});

	it("is none for anything else than an array of objects", () => {
		for (const text of ["{}", "[]", "[1]", '[{"a":1},2]', '"x"', "[[{}]]"]) expect(tableOf(text)).toBeNull();
	});

	it("is cut where there are more keys than a table can have columns", () => {
		const keys = Array.from({ length: 60 }, (_, at) => `"k${at}":${at}`).join(",");
		const table = jsonTable(parseRows(`[{${keys}}]`) ?? []);
		expect(table?.columns).toHaveLength(40);
		expect(table?.isCut).toBe(true);
	});
});
