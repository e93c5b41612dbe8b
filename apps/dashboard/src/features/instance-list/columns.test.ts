import { expect, it } from "vitest";
import { moved, placed } from "./columns.ts";
import { placeAt } from "./use-row-drag.ts";

it("moves a column by one place, and not beyond the ends", () => {
	expect(moved(["a", "b", "c"], "b", -1)).toEqual(["b", "a", "c"]);
	expect(moved(["a", "b", "c"], "b", 1)).toEqual(["a", "c", "b"]);
	expect(moved(["a", "b", "c"], "a", -1)).toEqual(["a", "b", "c"]);
	expect(moved(["a", "b", "c"], "c", 1)).toEqual(["a", "b", "c"]);
	expect(moved(["a", "b"], "x", 1)).toEqual(["a", "b"]);
});

it("puts a column where it was dropped, and leaves the list alone where nothing changes", () => {
	const list = ["a", "b", "c", "d"];
	expect(placed(list, "a", 2)).toEqual(["b", "c", "a", "d"]);
	expect(placed(list, "d", 0)).toEqual(["d", "a", "b", "c"]);
	expect(placed(list, "b", 1)).toBe(list);
	expect(placed(list, "x", 0)).toBe(list);
});

it("drops before the first row whose middle lies below the pointer", () => {
	const middles = [10, 30, 50];
	expect([0, 15, 35, 90].map((y) => placeAt(middles, y))).toEqual([0, 1, 2, 3]);
});
