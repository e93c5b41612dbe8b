import { ViewportPortal } from "@xyflow/react";
import { memo, useMemo, useSyncExternalStore } from "react";
import { EDGE_STATES, type EdgeState, edgeState } from "../../graph/edge-state.ts";
import type { PlanGeometry } from "../../graph/geometry.ts";
import { toPathData } from "../../graph/orthogonal.ts";
import { useCanvas } from "./canvas-context.ts";

const CORNER_RADIUS = 8;
/** More moving lines than this cost frames and tell nothing. */
const MAX_ANIMATED = 30;

/** All lines as one path per look; only those to what happens now have a path of their own, to move. */
export const EdgeLayer = memo(function EdgeLayer({ geometry }: { readonly geometry: PlanGeometry }) {
	const { nodes } = useCanvas();
	const views = useSyncExternalStore(nodes.subscribeAll, nodes.views, nodes.views);
	const drawn = useMemo(
		() => geometry.edges.map((edge) => ({ edge, data: toPathData(edge.points, CORNER_RADIUS) })),
		[geometry],
	);
	const { paths, active } = useMemo(() => {
		const paths: Record<EdgeState, string> = { not_reached: "", not_taken: "", taken: "", failed: "", active: "" };
		const active: { readonly id: string; readonly data: string }[] = [];
		for (const { edge, data } of drawn) {
			const state = edgeState(edge, (key) => views.get(key));
			if (state === "active" && active.length < MAX_ANIMATED) active.push({ id: edge.id, data });
			else paths[state] += data;
		}
		return { paths, active };
	}, [drawn, views]);
	return (
		<ViewportPortal>
			<svg aria-hidden className="plan-edges" width="1" height="1">
				<title>Lines between the nodes</title>
				{EDGE_STATES.map((state) => (
					<path className="plan-line" key={state} d={paths[state]} data-edge={state} />
				))}
				{active.map(({ id, data }) => (
					<path className="plan-line" key={id} d={data} data-edge="active" data-moving />
				))}
			</svg>
		</ViewportPortal>
	);
});
