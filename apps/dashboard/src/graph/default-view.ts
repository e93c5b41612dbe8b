import type { NodeView, WorkflowGraph } from "@waymark/engine/graph";
import { BUDGET, fold, visibleCards } from "./folding.ts";

/** The views that a page can open with; null: whichever fits. */
export type OpeningView = "graph" | "timeline";

const NO_CHOICES: ReadonlyMap<string, boolean> = new Map();

/** The graph, as long as it has no more cards than a reader takes in after all that may be folded is folded. */
export function fittingView(graph: WorkflowGraph, views: ReadonlyMap<string, NodeView>): OpeningView {
	const folding = fold({ graph, views, choices: NO_CHOICES, keep: [] }, null);
	return visibleCards(graph, folding) <= BUDGET ? "graph" : "timeline";
}

/**
 * What a person's browser keeps after that choice. Going back to what would have come by itself forgets the wish;
 * otherwise everybody who once looked at the graph of something small would get the graph of everything large.
 */
export function wishAfter(wish: OpeningView | null, chosen: OpeningView, fitting: OpeningView): OpeningView | null {
	if (chosen === wish) return wish;
	return chosen === fitting ? null : chosen;
}
