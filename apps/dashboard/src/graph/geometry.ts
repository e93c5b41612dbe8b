/**
 * What the layout answers: flat, absolute rectangles and lines in canvas pixels, and nothing about state. Geometry
 * depends on the graph alone, so that a live update never moves a node.
 */

export type PlanKind = "task" | "delay" | "signal" | "fork" | "join" | "route" | "loop" | "child";

export interface Point {
	readonly x: number;
	readonly y: number;
}

export interface Rect extends Point {
	readonly width: number;
	readonly height: number;
}

/** A card (runs code: task, join, route) or a pill (runs none: delay, signal, fork). */
export interface PlanNode extends Rect {
	/** Definition path. */
	readonly key: string;
	readonly kind: Exclude<PlanKind, "loop" | "child">;
	readonly shape: "card" | "pill";
	readonly name: string;
}

/** One card for several nodes: a closed loop or child, a closed lane, or the lanes of a split that are not drawn. */
export interface PlanGroup extends Rect {
	/** Key of the loop or child; id of the lane; id of the stack. */
	readonly key: string;
	readonly kind: "loop" | "child" | "branch" | "case" | "stack";
	/** Key of the loop, child, fork or route that it belongs to: what the inspector shows of it. */
	readonly owner: string;
	/** Group to open for more; null for a stack that is there because there are too many lanes. */
	readonly opens: string | null;
	readonly name: string;
	/** Lanes that a stack stands for; else 0. */
	readonly lanes: number;
	/** Nodes it begins and ends with, from which the keyboard goes on. */
	readonly first: string;
	readonly last: string;
}

/** A loop or a child: a header with its body inside. */
export interface PlanBox extends Rect {
	readonly key: string;
	readonly kind: "loop" | "child";
	readonly name: string;
	/** Number of boxes around it. */
	readonly depth: number;
}

/** Name of a branch or key of a case, above its lane. */
export interface PlanCaption extends Rect {
	readonly id: string;
	/** Key of the fork or route. */
	readonly owner: string;
	readonly kind: "branch" | "case";
	readonly text: string;
}

/** A dot that stands for no node: where the plan starts and ends, and where the cases of a route meet again. */
export interface PlanMark extends Rect {
	readonly id: string;
	readonly kind: "start" | "end" | "merge";
	/** Node that the dot belongs to: the route of a merge, else the first or last item of the root scope. */
	readonly owner: string;
}

/**
 * A line between two nodes. `from` and `to` are keys; a composite's exit carries the key of what ends it (a fork's
 * join; the route, loop or child itself).
 *
 *   start  dot → first item          end    last item → dot
 *   next   item → next item          open   fork or route → first item of a lane
 *   enter  box → first item inside   close  last item of a lane → join or merge dot
 *   leave  last item inside → box    pass   route → merge dot, through an empty case
 */
export interface PlanEdge {
	readonly id: string;
	readonly role: "start" | "end" | "next" | "open" | "close" | "pass" | "enter" | "leave";
	readonly from: string;
	readonly to: string;
	/** The case it leads into, through or out of; null for all other edges. */
	readonly caseKey: string | null;
	/** Corners of an orthogonal line, first to last. */
	readonly points: readonly Point[];
}

export interface PlanGeometry {
	readonly nodes: readonly PlanNode[];
	readonly groups: readonly PlanGroup[];
	readonly boxes: readonly PlanBox[];
	readonly captions: readonly PlanCaption[];
	readonly marks: readonly PlanMark[];
	readonly edges: readonly PlanEdge[];
	readonly bounds: Rect;
	/** Visits of the two passes: grows linearly with the graph. */
	readonly operations: number;
}

/** Which way the plan runs. */
export type Direction = "right" | "down";

/** Sizes in px. Fixed, whatever the text: that is what keeps layout linear and updates calm. */
export const SIZE = {
	card: { width: 224, height: 56 },
	pill: { width: 184, height: 44 },
	mark: { width: 12, height: 12 },
	/** Between two items of a sequence. */
	gap: 40,
	/** Between a split and its lanes: the shared trunk runs in its middle. */
	trunk: 56,
	/** Between two lanes. */
	laneGap: 20,
	caption: 20,
	/** Shortest lane: that of an empty case. */
	emptyLane: 96,
	boxHeader: 36,
	boxPadding: 28,
	/** A header with a name, a state and, on loops, the picker of iterations, all readable. */
	childMinWidth: 320,
	loopMinWidth: 500,
	/** Between two rows of a folded sequence. */
	rowGap: 48,
} as const;

/** A sequence of more items than this, or longer than as many cards, is folded into rows. */
export const FOLD_ABOVE = 40;
