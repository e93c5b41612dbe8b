import type { Scope, WorkflowGraph } from "@waymark/engine/graph";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BUDGET, cardFor, type Folding, fold, NOTHING_FOLDED } from "./folding.ts";
import { layoutGraph } from "./layout.ts";
import { planViews } from "./plan-views.ts";
import { arbitraryGraph, graphOf, POLICY } from "./testing/arbitrary-graph.ts";
import { sampleView } from "./testing/sample-view.ts";

const NO_CHOICES: ReadonlyMap<string, boolean> = new Map();

function chain(length: number, prefix = "t"): Scope {
	return Array.from({ length }, (_, at) => ({ kind: "task", id: `${prefix}${at}`, policy: POLICY }) as const);
}

/** Stages one after the other, each a fork of branches that are chains. */
function stages(count: number, branches: number, length: number): WorkflowGraph {
	return graphOf(
		Array.from({ length: count }, (_, at) => ({
			kind: "fork" as const,
			id: `s${at}`,
			branches: Array.from({ length: branches }, (_, b) => ({ name: `b${b}`, scope: chain(length) })),
			settle: "all" as const,
			join: { id: `j${at}`, policy: POLICY },
		})),
	);
}

function cards(graph: WorkflowGraph, folding: Folding): number {
	const { nodes, groups } = layoutGraph(graph, folding);
	return nodes.length + groups.length;
}

function begin(
	graph: WorkflowGraph,
	states: Readonly<Record<string, "failed" | "running" | "retrying" | "completed">> = {},
) {
	const views = new Map(planViews(graph));
	for (const [key, state] of Object.entries(states)) views.set(key, sampleView({ ...views.get(key), key, state }));
	return { graph, views, choices: NO_CHOICES, keep: [] as string[] };
}

describe("fold", () => {
	it("leaves a small plan as it is", () => {
		const graph = stages(3, 4, 10);
		expect(fold(begin(graph), null).closed.size).toBe(0);
	});

	it("closes the largest groups until about 300 cards are left, and none in which something runs or failed", () => {
		const graph = stages(25, 8, 49);
		const input = begin(graph, { "s3/b1/t5": "running", "s3/b7/t40": "retrying", "s9/b2/t0": "failed" });
		const folding = fold(input, null);
		expect(cards(graph, folding)).toBeLessThanOrEqual(BUDGET);
		for (const key of ["s3/b1/t5", "s3/b7/t40", "s9/b2/t0"]) expect(cardFor(folding, key)).toBe(key);
		expect(cardFor(folding, "s4/b0/t0")).toBe("s4:");
	});

	it("never hides what runs, failed or is selected, in any plan", () => {
		fc.assert(
			fc.property(arbitraryGraph, fc.nat(), fc.nat(), (graph, a, b) => {
				const keys = [...planViews(graph).keys()];
				const hot = keys[a % keys.length] as string;
				const kept = keys[b % keys.length] as string;
				const folding = fold({ ...begin(graph, { [hot]: "running" }), keep: [kept] }, null);
				expect([cardFor(folding, hot), cardFor(folding, kept)]).toEqual([hot, kept]);
			}),
		);
	});

	it("draws the branches of a definition in which attempts fail the most, in the order of the plan", () => {
		const graph = stages(1, 60, 1);
		const heat = new Map([
			["s0/b40/t0", 1],
			["s0/b9/t0", 0.2],
			["s0/b51/t0", 0.5],
			["no/such", 1],
		]);
		expect(fold({ ...begin(graph), heat }, null).lanes.get("s0")).toEqual(["b0", "b9", "b40", "b51"]);
		expect(fold(begin(graph), null).lanes.get("s0")).toEqual(["b0", "b1", "b2", "b3"]);
		const kept = fold({ ...begin(graph), heat: new Map([["s0/b7/t0", 1]]) }, fold({ ...begin(graph), heat }, null));
		expect(kept.lanes.get("s0")).toEqual(["b0", "b9", "b40", "b51"]);
	});

	it("lets a failure in a run come before any heat", () => {
		const graph = stages(1, 60, 1);
		const heat = new Map(["b20", "b21", "b22", "b23"].map((branch) => [`s0/${branch}/t0`, 1] as const));
		const folding = fold({ ...begin(graph, { "s0/b30/t0": "failed" }), heat }, null);
		expect(folding.lanes.get("s0")).toEqual(["b20", "b21", "b22", "b30"]);
	});

	it("draws every node, by itself or in the one card that stands for it, whatever is closed", () => {
		fc.assert(
			fc.property(arbitraryGraph, fc.array(fc.tuple(fc.nat(), fc.boolean()), { maxLength: 8 }), (graph, picks) => {
				const keys = [...planViews(graph).keys()];
				const choices = new Map(picks.map(([at, open]) => [keys[at % keys.length] as string, open]));
				const folding = fold({ ...begin(graph), choices }, null);
				const { nodes, groups, boxes } = layoutGraph(graph, folding);
				const drawn = [...nodes, ...groups, ...boxes].map(({ key }) => key);
				expect(new Set(drawn).size).toBe(drawn.length);
				const standsFor = new Set(keys.map((key) => cardFor(folding, key)));
				expect([...standsFor].filter((card) => !drawn.includes(card))).toEqual([]);
				expect(drawn.filter((card) => !standsFor.has(card))).toEqual([]);
			}),
		);
	});

	it("stacks the branches of a fork with more than eight, and draws four: failed ones first", () => {
		const graph = stages(1, 200, 2);
		const input = begin(graph, { "s0/b150/t1": "failed", "s0/b99/t0": "running", "s0/b7/t0": "retrying" });
		const folding = fold(input, null);
		expect(folding.lanes.get("s0")).toEqual(["b0", "b7", "b99", "b150"]);
		expect(layoutGraph(graph, folding).groups).toMatchObject([{ key: "s0:", kind: "stack", lanes: 196, opens: null }]);
	});

	it("keeps the lanes it drew while states change, and gives way only to a failure", () => {
		const graph = stages(1, 12, 2);
		const first = fold(begin(graph), null);
		expect(first.lanes.get("s0")).toEqual(["b0", "b1", "b2", "b3"]);
		expect(fold(begin(graph, { "s0/b9/t0": "running" }), first)).toBe(first);
		const failed = fold(begin(graph, { "s0/b9/t0": "failed" }), first);
		expect(failed.lanes.get("s0")).toContain("b9");
		expect(failed.lanes.get("s0")).toHaveLength(4);
	});

	it("draws the lane that somebody goes to, and keeps it afterwards", () => {
		const graph = stages(1, 12, 2);
		const gone = fold({ ...begin(graph), keep: ["s0/b11/t1"] }, fold(begin(graph), null));
		expect(gone.lanes.get("s0")).toContain("b11");
		expect(fold(begin(graph), gone).lanes.get("s0")).toEqual(gone.lanes.get("s0"));
	});

	it("opens a group that it closed itself once something in it runs, and leaves the others as they are", () => {
		const graph = stages(25, 8, 49);
		const before = fold(begin(graph, { "s3/b1/t5": "running" }), null);
		expect(cardFor(before, "s9/b2/t0")).toBe("s9:");
		const after = fold(begin(graph, { "s3/b1/t5": "completed", "s9/b2/t0": "running" }), before);
		expect(cardFor(after, "s9/b2/t0")).toBe("s9/b2/t0");
		expect(cards(graph, after)).toBeLessThanOrEqual(BUDGET);
		expect(cardFor(after, "s20/b0/t0")).toBe("s20:");
	});

	it("does what the reader chose, and closes only what lies below a group that was opened by hand", () => {
		const graph = stages(25, 8, 49);
		const before = fold(begin(graph), null);
		const opened = fold({ ...begin(graph), choices: new Map([["s9", true]]) }, before);
		expect(opened.closed.has("s9")).toBe(false);
		const others = [...before.closed].filter((id) => !id.startsWith("s9"));
		for (const id of others) expect(opened.closed.has(id)).toBe(true);
		const closed = fold({ ...begin(graph), choices: new Map([["s9", false]]) }, opened);
		expect(cardFor(closed, "s9/b2/t0")).toBe("s9:");
	});

	it("folds children inside two others, unless something happens there", () => {
		const nest = (depth: number): Scope =>
			depth === 0 ? chain(1) : [{ kind: "child", id: "c", workflow: "w", scope: nest(depth - 1) }];
		const graph = graphOf(nest(5));
		expect([...fold(begin(graph), null).auto]).toContain("c/c/c");
		expect(cardFor(fold(begin(graph, { "c/c/c/c/c/t0": "running" }), null), "c/c/c/c/c/t0")).toBe("c/c/c/c/c/t0");
	});

	it("answers the same object while nothing has to change", () => {
		const graph = stages(25, 8, 49);
		const input = begin(graph);
		const before = fold(input, null);
		expect(fold(input, before)).toBe(before);
		expect(fold({ ...input, views: new Map(input.views) }, before)).toBe(before);
	});

	it("folds 10,000 nodes side by side and 5,000 inside each other without recursion", () => {
		const wide = stages(25, 8, 49);
		expect(cards(wide, fold(begin(wide), null))).toBeLessThanOrEqual(BUDGET);
		let deep: Scope = chain(1);
		for (let depth = 0; depth < 5_000; depth++) deep = [{ kind: "child", id: "c", workflow: "w", scope: deep }];
		const graph = graphOf(deep);
		expect(cards(graph, fold(begin(graph), null))).toBe(1);
		expect(layoutGraph(graph, NOTHING_FOLDED).boxes).toHaveLength(5_000);
	});
});
