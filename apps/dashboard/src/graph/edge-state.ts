import type { NodeState, NodeView } from "@waymark/engine/graph";
import type { PlanEdge } from "./geometry.ts";
import { isKnown } from "./interesting.ts";

/** How a line looks. `active`: what it leads to happens now. `not_taken`: the choice fell on another case. */
export type EdgeState = "not_reached" | "taken" | "active" | "not_taken" | "failed";

export const EDGE_STATES: readonly EdgeState[] = ["not_reached", "not_taken", "taken", "failed", "active"];

/** What a line needs to know of its ends: nodes, or cards that stand for several. */
export type EndView = Pick<NodeView, "state" | "kind" | "chosen">;

/** Follows from the two ends alone. Pure; a missing view counts as pending. */
export function edgeState(edge: PlanEdge, viewOf: (key: string) => EndView | undefined): EdgeState {
	const from = viewOf(edge.from);
	const to = viewOf(edge.to);
	switch (edge.role) {
		case "pass":
			return throughEmptyCase(edge, to);
		case "open":
			return otherCase(edge, from) ? "not_taken" : into(to);
		case "start":
		case "enter":
			return into(to);
		case "next":
			return into(to, from);
		case "close":
			return otherCase(edge, to) ? "not_taken" : outOf(from);
		case "leave":
		case "end":
			return outOf(from);
	}
}

/** A route's view speaks for both ends of its cases. */
function otherCase(edge: PlanEdge, route: EndView | undefined): boolean {
	return edge.caseKey !== null && route?.chosen != null && route.chosen !== edge.caseKey;
}

function throughEmptyCase(edge: PlanEdge, route: EndView | undefined): EdgeState {
	if (route === undefined || route.state === "skipped" || otherCase(edge, route)) {
		return route === undefined ? "not_reached" : "not_taken";
	}
	return route.chosen === edge.caseKey ? "taken" : "not_reached";
}

/** Only nodes that run code animate the line to them: a box that runs for hours has its own lines inside. */
function into(to: EndView | undefined, from?: EndView): EdgeState {
	if (to === undefined) return "not_reached";
	// A newer engine's: whatever it is, it has been reached.
	if (!isKnown(to.state)) return "taken";
	switch (to.state) {
		case "pending":
			return "not_reached";
		case "skipped":
			return "not_taken";
		case "running":
			return to.kind === "fork" || to.kind === "loop" || to.kind === "child" ? "taken" : "active";
		case "failed":
			return "failed";
		case "cancelled":
			return from === undefined || hasEnded(from.state) ? "taken" : "not_reached";
		case "ready":
		case "retrying":
		case "waiting":
		case "awaiting_signal":
		case "completed":
			return "taken";
	}
}

function outOf(from: EndView | undefined): EdgeState {
	if (from === undefined || !isKnown(from.state)) return "not_reached";
	switch (from.state) {
		case "completed":
			return "taken";
		case "skipped":
			return "not_taken";
		case "pending":
		case "ready":
		case "running":
		case "retrying":
		case "waiting":
		case "awaiting_signal":
		case "failed":
		case "cancelled":
			return "not_reached";
	}
}

function hasEnded(state: NodeState): boolean {
	return state === "completed" || state === "skipped";
}
