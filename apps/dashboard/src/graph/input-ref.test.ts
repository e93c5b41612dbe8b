import { INPUT_REF, joinRef, type ValueRef } from "@waymark/engine/graph";
import { describe, expect, it } from "vitest";
import { branchOutputs, inputRef, type Recorded } from "./input-ref.ts";
import { SAMPLE } from "./testing/sample-graph.ts";

function recordedAs(
	outputs: Readonly<Record<string, ValueRef>>,
	open: Readonly<Record<string, ValueRef>> = {},
): Recorded {
	return { outputAt: (path) => outputs[path] ?? null, openInputAt: (path) => open[path] ?? null };
}

describe("inputRef", () => {
	it("believes the open row first, also that of a route's key function", () => {
		const from = recordedAs({ first: "first" }, { fork: "x", "route.key": "join" });
		expect(inputRef(SAMPLE, "route", "route", from)).toBe("join");
	});

	it("gives the first node the instance's input, and the next one what was recorded before it", () => {
		const from = recordedAs({ first: "first", join: "join" });
		expect(inputRef(SAMPLE, "first", "first", from)).toBe(INPUT_REF);
		expect(inputRef(SAMPLE, "fork", "fork", from)).toBe("first");
		expect(inputRef(SAMPLE, "route", "route", from)).toBe("join");
	});

	it("gives every branch the input of its fork, and the join all branches", () => {
		const from = recordedAs({ first: "first" });
		expect(inputRef(SAMPLE, "fork/pay/charge", "fork/pay/charge", from)).toBe("first");
		expect(inputRef(SAMPLE, "fork/stock/pick", "fork/stock/pick", from)).toBe("first");
		expect(inputRef(SAMPLE, "join", "join", from)).toBe(joinRef("fork"));
	});

	it("gives a later iteration the value inside the `again` before it", () => {
		const from = recordedAs({ route: "case:yes|route/yes/agree", "poll[0]/decide": "again|poll[0]/check" });
		expect(inputRef(SAMPLE, "poll/check", "poll[0]/check", from)).toBe("case:yes|route/yes/agree");
		expect(inputRef(SAMPLE, "poll/check", "poll[1]/check", from)).toBe("poll[0]/check");
	});

	it("says null for what is not recorded and for paths that the graph does not have", () => {
		expect(inputRef(SAMPLE, "route", "route", recordedAs({}))).toBeNull();
		expect(inputRef(SAMPLE, "gone", "gone", recordedAs({}))).toBeNull();
	});
});

describe("branchOutputs", () => {
	it("names every branch, with null for one that has not ended", () => {
		const from = recordedAs({ "fork/stock/settle": "fork/stock/pick" });
		expect(branchOutputs(SAMPLE, "join", "join", from)).toEqual([
			{ name: "pay", output: null },
			{ name: "stock", output: "fork/stock/pick" },
		]);
	});
});
