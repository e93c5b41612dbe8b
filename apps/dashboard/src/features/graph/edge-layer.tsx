import { ViewportPortal } from "@xyflow/react";
import { memo, useMemo, useSyncExternalStore } from "react";
import { EDGE_STATES, type EdgeState, type EndView, edgeState } from "../../graph/edge-state.ts";
import type { PlanGeometry } from "../../graph/geometry.ts";
import type { GroupSummary } from "../../graph/group-summary.ts";
import { toPathData } from "../../graph/orthogonal.ts";
import { useCanvas } from "./canvas-context.ts";

export const CORNER_RADIUS = 8;
/** More moving lines than this cost frames and tell nothing. */
const MAX_ANIMATED = 30;

/** All lines as one path per look; only those to what happens now have a path of their own, to move. */
export const EdgeLayer = memo(function EdgeLayer({ geometry }: { readonly geometry: PlanGeometry }) {
	const { nodes, groups } = useCanvas();
	const views = useSyncExternalStore(nodes.subscribeAll, nodes.views, nodes.views);
	const summaries = useSyncExternalStore(groups.subscribeAll, groups.views, groups.views);
	const drawn = useMemo(
		() => geometry.edges.map((edge) => ({ edge, data: toPathData(edge.points, CORNER_RADIUS) })),
		[geometry],
	);
	const { paths, active } = useMemo(() => {
		const paths: Record<EdgeState, string> = { not_reached: "", not_taken: "", taken: "", failed: "", active: "" };
		const active: { readonly id: string; readonly data: string }[] = [];
		const viewOf = (key: string) => views.get(key) ?? endOf(summaries.get(key));
		for (const { edge, data } of drawn) {
			const state = edgeState(edge, viewOf);
			if (state === "active" && active.length < MAX_ANIMATED) active.push({ id: edge.id, data });
			else paths[state] += data;
		}
		return { paths, active };
	}, [drawn, views, summaries]);
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

/** To a line, a card that stands for several nodes is like a box around them. */
function endOf(summary: GroupSummary | undefined): EndView | undefined {
	return summary === undefined ? undefined : { state: summary.state, kind: "loop", chosen: null };
}
