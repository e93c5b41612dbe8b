import type { WorkflowGraph } from "@waymark/engine/graph";
import { ViewportPortal } from "@xyflow/react";
import { memo, useMemo, useSyncExternalStore } from "react";
import type { Folding } from "../../graph/folding.ts";
import type { PlanGeometry } from "../../graph/geometry.ts";
import { toPathData } from "../../graph/orthogonal.ts";
import { useCanvas } from "./canvas-context.ts";
import { CORNER_RADIUS } from "./edge-layer.tsx";
import { cardsTo } from "./use-lit-path.ts";

interface PathLayerProps {
	readonly geometry: PlanGeometry;
	readonly graph: WorkflowGraph;
	readonly folding: Folding;
}

/** The lines from the start to the node under the mouse, or else to the selected one, drawn over the others. */
export const PathLayer = memo(function PathLayer({ geometry, graph, folding }: PathLayerProps) {
	const scope = useCanvas();
	const { focus } = scope;
	const read = () => focus.hovered() ?? focus.focused() ?? focus.selected();
	const key = useSyncExternalStore(focus.subscribe, read, read);
	const data = useMemo(() => {
		if (key === null) return "";
		const lit = cardsTo(graph, folding, scope, key);
		const isLit = (edge: PlanGeometry["edges"][number]) => {
			const { chosen = null } = scope.nodes.get(edge.role === "close" ? edge.to : edge.from) ?? {};
			if (edge.caseKey !== null && chosen !== null && chosen !== edge.caseKey) return false;
			return lit.has(edge.from) && lit.has(edge.to);
		};
		return geometry.edges
			.filter(isLit)
			.map(({ points }) => toPathData(points, CORNER_RADIUS))
			.join("");
	}, [key, geometry, graph, folding, scope]);
	if (data === "") return null;
	return (
		<ViewportPortal>
			<svg aria-hidden className="plan-edges" width="1" height="1">
				<title>The way to this node</title>
				<path className="plan-way" d={data} />
			</svg>
		</ViewportPortal>
	);
});
