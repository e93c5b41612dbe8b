import type { PlanGeometry, Rect } from "../../graph/geometry.ts";
import type { CanvasNode } from "./plan-nodes.tsx";

/** Boxes lie behind the lines, outer ones behind inner ones; cards lie in front. */
const BEHIND = -1_000;

/** React Flow's objects of a layout. Made once per layout: live updates never touch them. */
export function toCanvasNodes(geometry: PlanGeometry): CanvasNode[] {
	// Known handles, though there are none, count as measured: otherwise every node is mounted once before any is culled.
	const fixed = ({ x, y, width, height }: Rect) => ({
		position: { x, y },
		width,
		height,
		handles: [],
		ariaRole: "group" as const,
	});
	const passive = { selectable: false, style: { pointerEvents: "none" as const } };
	return [
		...geometry.boxes.map(
			(plan): CanvasNode => ({
				id: plan.key,
				type: "box",
				data: { plan },
				zIndex: BEHIND + plan.depth,
				...fixed(plan),
			}),
		),
		...geometry.captions.map(
			(plan): CanvasNode => ({ id: `caption:${plan.id}`, type: "caption", data: { plan }, ...passive, ...fixed(plan) }),
		),
		...geometry.marks.map(
			(plan): CanvasNode => ({ id: `mark:${plan.id}`, type: "mark", data: { plan }, ...passive, ...fixed(plan) }),
		),
		...geometry.groups.map(
			(plan): CanvasNode => ({ id: plan.key, type: "folded", data: { plan }, zIndex: 1, ...fixed(plan) }),
		),
		...geometry.nodes.map(
			(plan): CanvasNode => ({ id: plan.key, type: plan.shape, data: { plan }, zIndex: 1, ...fixed(plan) }),
		),
	];
}
