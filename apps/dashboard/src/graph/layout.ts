import type { WorkflowGraph } from "@waymark/engine/graph";
import { toSequences } from "./blocks.ts";
import { type PlanGeometry, SIZE } from "./geometry.ts";
import { measure } from "./measure.ts";
import { Placement } from "./place.ts";

const EMPTY: PlanGeometry = {
	nodes: [],
	boxes: [],
	captions: [],
	marks: [],
	edges: [],
	bounds: { x: 0, y: 0, width: SIZE.card.width, height: SIZE.card.height },
	operations: 0,
};

const layouts = new WeakMap<WorkflowGraph, PlanGeometry>();

/** Left to right, in two linear passes over the continuation tree. Made once per graph object; the same graph gives the same geometry. */
export function layoutGraph(graph: WorkflowGraph): PlanGeometry {
	let geometry = layouts.get(graph);
	if (geometry === undefined) {
		geometry = layout(graph);
		layouts.set(graph, geometry);
	}
	return geometry;
}

function layout(graph: WorkflowGraph): PlanGeometry {
	const sequences = toSequences(graph);
	const root = sequences[0];
	if (root === undefined || root.items.length === 0) return EMPTY;
	const measured = measure(sequences);
	const placement = new Placement();
	placement.place(sequences);
	return placement.geometry(root, measured);
}
