import { describe, expect, it } from "vitest";
import { keepPlace } from "./keep-place.ts";

const rows = (...ids: string[]) => ids.map((runId) => ({ runId }));

describe("keepPlace", () => {
	it("shows everything at the top", () => {
		expect(keepPlace(["b"], rows("a", "b"), true)).toEqual({ rows: rows("a", "b"), fresh: 0 });
	});

	it("holds new rows back further down, and counts them", () => {
		expect(keepPlace(["c", "d"], rows("a", "b", "c", "d"), false)).toEqual({ rows: rows("c", "d"), fresh: 2 });
	});

	it("adds older rows below and lets rows go that left the filter", () => {
		expect(keepPlace(["b", "c"], rows("a", "c", "d"), false)).toEqual({ rows: rows("c", "d"), fresh: 1 });
	});

	it("shows what there is when nothing of the old list is left", () => {
		expect(keepPlace(["x"], rows("a"), false)).toEqual({ rows: rows("a"), fresh: 0 });
		expect(keepPlace([], rows("a"), false)).toEqual({ rows: rows("a"), fresh: 0 });
	});
});
