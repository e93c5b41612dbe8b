import { expect, it } from "vitest";
import { besideOf } from "./beside.ts";
import { NEWEST } from "./list-filters.ts";

const answer = (newest: string, oldest: string, nextCursor: string | null) => ({
	edges: { newest, oldest },
	nextCursor,
});
const nothing = (nextCursor: string | null) => ({ edges: null, nextCursor });

it("has nothing newer than the first page, and nothing older than the last", () => {
	expect(besideOf([answer("9", "5", "5")], NEWEST, true)).toEqual({
		newer: null,
		older: { cursor: "5", towards: null },
	});
	expect(besideOf([answer("4", "1", null)], { cursor: "5", towards: null }, false)).toEqual({
		newer: { cursor: "4", towards: "newer" },
		older: null,
	});
});

it("joins the answers that filled one page", () => {
	const filled = besideOf(
		[answer("9", "8", "5"), nothing("3"), answer("2", "2", "1")],
		{ cursor: "10", towards: null },
		true,
	);
	expect(filled).toEqual({ newer: { cursor: "9", towards: "newer" }, older: { cursor: "1", towards: null } });
	// Towards newer the answers came from below: the last of them stands first.
	const upwards = besideOf([answer("9", "8", "9"), answer("6", "5", "6")], { cursor: "4", towards: "newer" }, true);
	expect(upwards).toEqual({ newer: { cursor: "9", towards: "newer" }, older: { cursor: "5", towards: null } });
});

it("leads back from a page that holds nothing", () => {
	expect(besideOf([nothing("3")], { cursor: "5", towards: null }, true)).toEqual({
		newer: { cursor: "5", towards: "newer" },
		older: { cursor: "3", towards: null },
	});
	expect(besideOf([nothing(null)], { cursor: "5", towards: "newer" }, false)).toEqual({
		newer: null,
		older: { cursor: "5", towards: null },
	});
});
