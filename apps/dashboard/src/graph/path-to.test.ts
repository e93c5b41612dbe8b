import { describe, expect, it } from "vitest";
import { pathTo } from "./path-to.ts";
import { SAMPLE } from "./testing/sample-graph.ts";

const unchosen = () => null;

describe("pathTo", () => {
	it("goes from the start to the node and on to its join, past the branches beside it", () => {
		expect([...pathTo(SAMPLE, "fork/stock/pick", unchosen)].sort()).toEqual(
			["first", "fork", "fork/stock/pick", "fork/stock/settle", "join"].sort(),
		);
	});

	it("holds everything that had to happen before, and of a route only the case that was chosen", () => {
		const before = ["first", "fork", "fork/pay/charge", "fork/stock/pick", "fork/stock/settle", "join", "route"];
		expect([...pathTo(SAMPLE, "poll/check", () => "no")].sort()).toEqual([...before, "poll", "poll/check"].sort());
		expect(pathTo(SAMPLE, "poll/check", unchosen)).toContain("route/yes/agree");
	});

	it("leads to a join through all of its branches", () => {
		expect(pathTo(SAMPLE, "join", unchosen)).toContain("fork/pay/charge");
	});

	it("is empty for what the plan does not have", () => {
		expect(pathTo(SAMPLE, "nowhere", unchosen).size).toBe(0);
	});
});
