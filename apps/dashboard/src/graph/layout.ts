import type { WorkflowGraph } from "@waymark/engine/graph";
import { toSequences } from "./blocks.ts";
import { type Folding, NOTHING_FOLDED } from "./folding.ts";
import { type Direction, type PlanGeometry, SIZE } from "./geometry.ts";
import { measure } from "./measure.ts";
import { metricsOf } from "./metrics.ts";
import { Placement } from "./place.ts";

const EMPTY: PlanGeometry = {
	nodes: [],
	groups: [],
	boxes: [],
	captions: [],
	marks: [],
	edges: [],
	bounds: { x: 0, y: 0, width: SIZE.card.width, height: SIZE.card.height },
	operations: 0,
};

const layouts = new WeakMap<
	Folding,
	Map<Direction, { readonly graph: WorkflowGraph; readonly geometry: PlanGeometry }>
>();

/**
 * Two linear passes over the continuation tree. It follows from graph, folding and direction alone: no state moves a
 * node, and the same three give the same object.
 */
export function layoutGraph(
	graph: WorkflowGraph,
	folding: Folding = NOTHING_FOLDED,
	direction: Direction = "right",
): PlanGeometry {
	const known = layouts.get(folding) ?? new Map();
	layouts.set(folding, known);
	const found = known.get(direction);
	if (found?.graph === graph) return found.geometry;
	const geometry = layout(graph, folding, direction);
	known.set(direction, { graph, geometry });
	return geometry;
}

function layout(graph: WorkflowGraph, folding: Folding, direction: Direction): PlanGeometry {
	const sequences = toSequences(graph, folding);
	const root = sequences[0];
	if (root === undefined || root.items.length === 0) return EMPTY;
	const metrics = metricsOf(direction);
	const measured = measure(sequences, metrics);
	const placement = new Placement(metrics);
	placement.place(sequences);
	return placement.geometry(root, measured);
}
