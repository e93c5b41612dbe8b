import type { NodeState, NodeView } from "@waymark/engine/graph";
import { describe, expect, it } from "vitest";
import { edgeState } from "./edge-state.ts";
import type { PlanEdge } from "./geometry.ts";
import { layoutGraph } from "./layout.ts";
import { SAMPLE } from "./testing/sample-graph.ts";
import { sampleView, viewsOf } from "./testing/sample-view.ts";

const { edges } = layoutGraph(SAMPLE);

function edgeBetween(role: PlanEdge["role"], from: string, to: string, caseKey: string | null = null): PlanEdge {
	const found = edges.find(
		(edge) => edge.role === role && edge.from === from && edge.to === to && edge.caseKey === caseKey,
	);
	if (found === undefined) throw new Error(`no ${role} edge from ${from} to ${to}`);
	return found;
}

function stateOf(edge: PlanEdge, ...views: readonly NodeView[]) {
	const map = viewsOf(...views);
	return edgeState(edge, (key) => map.get(key));
}

const chosenYes = sampleView({ key: "route", kind: "route", state: "completed", chosen: "yes" });

describe("edgeState", () => {
	it("says nothing was reached while nothing is known", () => {
		for (const edge of edges) expect(stateOf(edge)).toBe("not_reached");
	});

	it("follows the node it leads to", () => {
		const edge = edgeBetween("open", "fork", "fork/pay/charge");
		const expected: Readonly<Record<NodeState, string>> = {
			pending: "not_reached",
			ready: "taken",
			running: "active",
			retrying: "taken",
			waiting: "taken",
			awaiting_signal: "taken",
			completed: "taken",
			failed: "failed",
			cancelled: "taken",
			skipped: "not_taken",
		};
		for (const [state, look] of Object.entries(expected)) {
			expect(stateOf(edge, sampleView({ key: "fork/pay/charge", state: state as NodeState }))).toBe(look);
		}
	});

	it("does not move the line to a fork, loop or child that runs: their own lines do", () => {
		const edge = edgeBetween("next", "route", "poll");
		expect(stateOf(edge, sampleView({ key: "poll", kind: "loop", state: "running" }))).toBe("taken");
	});

	it("reaches the join as soon as its branch has ended, whatever the other branches do", () => {
		const edge = edgeBetween("close", "fork/pay/charge", "join");
		expect(stateOf(edge, sampleView({ key: "fork/pay/charge", state: "completed" }))).toBe("taken");
		expect(stateOf(edge, sampleView({ key: "fork/pay/charge", state: "running" }))).toBe("not_reached");
	});

	it("marks the lines of cases that were not chosen, empty ones too", () => {
		expect(stateOf(edgeBetween("pass", "route", "route", "no"), chosenYes)).toBe("not_taken");
		const chosenNo = { ...chosenYes, chosen: "no" };
		expect(stateOf(edgeBetween("pass", "route", "route", "no"), chosenNo)).toBe("taken");
		expect(stateOf(edgeBetween("open", "route", "route/yes/agree", "yes"), chosenNo)).toBe("not_taken");
		expect(stateOf(edgeBetween("close", "route/yes/agree", "route", "yes"), chosenNo)).toBe("not_taken");
	});

	it("does not say that a node was reached which was cancelled before its turn", () => {
		const edge = edgeBetween("next", "fork/stock/pick", "fork/stock/settle");
		const settle = sampleView({ key: "fork/stock/settle", state: "cancelled" });
		expect(stateOf(edge, sampleView({ key: "fork/stock/pick", state: "cancelled" }), settle)).toBe("not_reached");
		expect(stateOf(edge, sampleView({ key: "fork/stock/pick", state: "completed" }), settle)).toBe("taken");
	});
});
