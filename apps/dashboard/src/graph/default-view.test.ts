import { describe, expect, it } from "vitest";
import { fittingView, wishAfter } from "./default-view.ts";
import { planViews } from "./plan-views.ts";
import { graphOf, POLICY } from "./testing/arbitrary-graph.ts";

function chain(length: number) {
	return graphOf(Array.from({ length }, (_, at) => ({ kind: "task", id: `t${at}`, policy: POLICY }) as const));
}

describe("the view that an instance opens with", () => {
	it("is the graph up to 300 cards, and the timeline above", () => {
		expect(fittingView(chain(300), planViews(chain(300)))).toBe("graph");
		expect(fittingView(chain(301), planViews(chain(301)))).toBe("timeline");
	});

	it("is the graph of a large plan whose parts can be folded", () => {
		const graph = graphOf([
			{ kind: "child", id: "all", workflow: "inner", scope: chain(1_000).scope },
			{ kind: "task", id: "after", policy: POLICY },
		]);
		expect(fittingView(graph, planViews(graph))).toBe("graph");
	});

	it("is what a person chose against the rule, until it is chosen again", () => {
		expect(wishAfter(null, "timeline", "graph")).toBe("timeline");
		expect(wishAfter("timeline", "timeline", "timeline")).toBe("timeline");
		expect(wishAfter("timeline", "graph", "graph")).toBeNull();
		expect(wishAfter(null, "graph", "graph")).toBeNull();
		expect(wishAfter(null, "graph", "timeline")).toBe("graph");
	});
});
