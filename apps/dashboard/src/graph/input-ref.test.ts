import { INPUT_REF, joinRef, position, type ValueRef } from "@waymark/engine/graph";
import { describe, expect, it } from "vitest";
import { branchOutputs, inputRef, type Recorded } from "./input-ref.ts";
import { SAMPLE } from "./testing/sample-graph.ts";

function recordedAs(outputs: Readonly<Record<string, ValueRef>>): Recorded {
	const known = new Map(Object.entries(outputs));
	return { graph: SAMPLE, outputs: known, position: position(SAMPLE, known) };
}

const JOINED = {
	first: "first",
	"fork/pay/charge": "fork/pay/charge",
	"fork/stock/pick": "fork/stock/pick",
	"fork/stock/settle": "fork/stock/pick",
	join: "join",
};

describe("inputRef", () => {
	it("gives the first node the instance's input, and the next one what was recorded before it", () => {
		const from = recordedAs(JOINED);
		expect(inputRef(from, "first")).toBe(INPUT_REF);
		expect(inputRef(from, "fork")).toBe("first");
		expect(inputRef(from, "fork/stock/settle")).toBe("fork/stock/pick");
		expect(inputRef(from, "route")).toBe("join");
	});

	it("gives every branch the input of its fork, and the join all branches", () => {
		const from = recordedAs({ first: "first" });
		expect(inputRef(from, "fork/pay/charge")).toBe("first");
		expect(inputRef(from, "fork/stock/pick")).toBe("first");
		expect(inputRef(from, "join")).toBe(joinRef("fork"));
	});

	it("gives a later iteration the value inside the `again` before it", () => {
		const from = recordedAs({
			...JOINED,
			"route.key": "case:yes|~none",
			"route/yes/agree": "~signal:1",
			route: "case:yes|~signal:1",
			"poll[0]/check": "poll[0]/check",
			"poll[0]/decide": "again|poll[0]/check",
		});
		expect(inputRef(from, "poll")).toBe("case:yes|~signal:1");
		expect(inputRef(from, "poll[0]/check")).toBe("case:yes|~signal:1");
		expect(inputRef(from, "poll[1]/check")).toBe("poll[0]/check");
	});

	it("says null for what was not reached and for paths that the graph does not have", () => {
		expect(inputRef(recordedAs({}), "route")).toBeNull();
		expect(inputRef(recordedAs({}), "gone")).toBeNull();
	});
});

describe("branchOutputs", () => {
	it("names every branch, with null for one that has not ended", () => {
		const from = recordedAs({ "fork/stock/settle": "fork/stock/pick" });
		expect(branchOutputs(from, "join", "join")).toEqual([
			{ name: "pay", output: null },
			{ name: "stock", output: "fork/stock/pick" },
		]);
	});
});
