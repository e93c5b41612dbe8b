import { describe, expect, it } from "vitest";
import { outlineRows } from "../../graph/outline-rows.ts";
import { SAMPLE } from "../../graph/testing/sample-graph.ts";
import { sampleView } from "../../graph/testing/sample-view.ts";
import type { ComparedNode, DifferenceKind } from "./compare-runs.ts";
import { differenceWords, timeWords } from "./difference-words.ts";
import type { NodeOfRun, NodeRow } from "./observe-run.ts";

const [ROW] = outlineRows(SAMPLE).filter((row): row is NodeRow => row.key !== null);

function node(view: Parameters<typeof sampleView>[0], made = 1, rounds = 1): NodeOfRun {
	return { view: sampleView(view), made, rounds, took: null };
}

function words(a: NodeOfRun | null, b: NodeOfRun | null, ...differences: readonly DifferenceKind[]): readonly string[] {
	if (ROW === undefined) throw new Error("the sample has no nodes");
	return differenceWords({ key: ROW.key, row: ROW, a, b, differences } satisfies ComparedNode);
}

describe("how two nodes differ, in words", () => {
	it("go from A to B", () => {
		const a = node({ key: "n", kind: "route", state: "completed", chosen: "big" }, 1);
		const b = node({ key: "n", kind: "route", state: "failed", chosen: "small" }, 3);
		expect(words(a, b, "case", "state", "attempts", "time")).toEqual([
			"case big → small",
			"completed → failed",
			"+2 attempts",
		]);
		expect(words(b, a, "attempts")).toEqual(["−2 attempts"]);
		expect(words(a, node({ key: "n" }), "state")).toEqual(["completed → not reached"]);
		expect(words(a, node({ key: "n", kind: "loop" }), "kind")).toEqual(["route → loop"]);
	});

	it("say which of the versions has no such node", () => {
		expect(words(null, node({ key: "n" }), "only")).toEqual(["not in A's version"]);
		expect(words(node({ key: "n" }), null, "only")).toEqual(["not in B's version"]);
	});

	it("name errors, and hostile names as what they are", () => {
		const failed = (name: string) =>
			node({ key: "n", state: "failed", error: { name, message: "m", code: null, stack: null, cause: null } });
		expect(words(failed("RangeError"), failed("Type\u202EError"), "error")).toEqual(["RangeError → Type\\u202eError"]);
		expect(words(failed("E"), failed("E"), "error")).toEqual(["another message"]);
	});

	it("tell a time with its sign", () => {
		expect([timeWords(1_240), timeWords(-192_000), timeWords(0.2)]).toEqual(["+1.24 s", "−3m 12s", "±0"]);
	});
});
