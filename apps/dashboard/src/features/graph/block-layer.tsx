import { ViewportPortal } from "@xyflow/react";
import { memo, useMemo, useSyncExternalStore } from "react";
import { DRAWN_LOOKS, type StatusLook } from "../../components/status-table.ts";
import { blockPaths, outlinePath } from "../../graph/block-paths.ts";
import type { PlanGeometry } from "../../graph/geometry.ts";
import { useCanvas } from "./canvas-context.ts";

/** Period of the patterns in canvas px: the layer only shows at zooms below a quarter. */
const PERIOD = 24;

/** A very large plan from far away: one path per look instead of thousands of cards. */
export const BlockLayer = memo(function BlockLayer({ geometry }: { readonly geometry: PlanGeometry }) {
	const { nodes, groups, focus } = useCanvas();
	const views = useSyncExternalStore(nodes.subscribeAll, nodes.views, nodes.views);
	const read = () => focus.focused() ?? focus.selected();
	const marked = useSyncExternalStore(focus.subscribe, read, read);
	const followed = useSyncExternalStore(focus.subscribe, focus.followed, focus.followed);
	const summaries = useSyncExternalStore(groups.subscribeAll, groups.views, groups.views);
	const paths = useMemo(() => {
		const stateOf = (key: string) => views.get(key)?.state ?? summaries.get(key)?.state ?? "pending";
		return blockPaths([...geometry.nodes, ...geometry.groups], stateOf);
	}, [geometry, views, summaries]);
	const boxes = useMemo(() => outlinePath(geometry.boxes), [geometry]);
	const marks = useMemo(
		() =>
			marked === null && followed === null
				? []
				: [...geometry.nodes, ...geometry.groups, ...geometry.boxes].filter(
						({ key }) => key === marked || key === followed,
					),
		[geometry, marked, followed],
	);
	return (
		<ViewportPortal>
			<svg aria-hidden className="plan-blocks" width="1" height="1">
				<title>Nodes from far away</title>
				<defs>
					{DRAWN_LOOKS.map((look) => (
						<pattern key={look} id={`plan-${look}`} width={PERIOD} height={PERIOD} patternUnits="userSpaceOnUse">
							<Tile look={look} />
						</pattern>
					))}
				</defs>
				<path d={boxes} className="plan-block-box" />
				{[...paths].map(([look, data]) => (
					<path
						key={look}
						className="plan-block"
						data-looks={look}
						d={data}
						fill={`url(#plan-${look})`}
						stroke={colourOf(look)}
						strokeWidth="4"
					/>
				))}
				{marks.map((mark) => (
					<path
						key={mark.key}
						d={outlinePath([mark])}
						className="plan-block-mark"
						data-followed={mark.key === followed || undefined}
					/>
				))}
			</svg>
		</ViewportPortal>
	);
});

function colourOf(look: StatusLook): string {
	return `var(--status-${look}-solid)`;
}

const DIAGONAL = "M-6 18L6 30M-6 -6L30 30M18 -6L30 6";
const COUNTER_DIAGONAL = "M-6 6L6 -6M-6 30L30 -6M18 30L30 18";

/** The same third channel as the stripes of the cards have. */
function Tile({ look }: { readonly look: StatusLook }) {
	const colour = colourOf(look);
	const ground = <rect width={PERIOD} height={PERIOD} fill={colour} />;
	switch (look) {
		case "completed":
			return ground;
		case "failed":
			return (
				<>
					{ground}
					<rect y="9" width={PERIOD} height="6" fill="var(--canvas)" />
				</>
			);
		case "running":
			return (
				<>
					<rect width={PERIOD} height={PERIOD} fill={colour} opacity="0.55" />
					<path d={DIAGONAL} stroke={colour} strokeWidth="9" />
				</>
			);
		case "retrying":
			return <path d={DIAGONAL} stroke={colour} strokeWidth="8" />;
		case "waiting":
			return <rect width="8" height={PERIOD} fill={colour} />;
		case "awaiting-signal":
			return <circle cx="12" cy="12" r="7" fill={colour} />;
		case "paused":
			return <rect height="9" width={PERIOD} fill={colour} />;
		case "cancelled":
			return <path d={DIAGONAL + COUNTER_DIAGONAL} stroke={colour} strokeWidth="3" />;
		case "unknown":
			return <path d="M0 0H12V12H0ZM12 12H24V24H12Z" fill={colour} />;
		case "pending":
		case "skipped":
			return <rect width={PERIOD} height={PERIOD} fill="var(--raised)" />;
	}
}
