import { expect, it } from "vitest";
import { moved } from "./columns.ts";

it("moves a column by one place, and not beyond the ends", () => {
	expect(moved(["a", "b", "c"], "b", -1)).toEqual(["b", "a", "c"]);
	expect(moved(["a", "b", "c"], "b", 1)).toEqual(["a", "c", "b"]);
	expect(moved(["a", "b", "c"], "a", -1)).toEqual(["a", "b", "c"]);
	expect(moved(["a", "b", "c"], "c", 1)).toEqual(["a", "b", "c"]);
	expect(moved(["a", "b"], "x", 1)).toEqual(["a", "b"]);
});
