import type { NodeView } from "@waymark/engine/graph";
import { CirclePlay } from "lucide-react";
import { planWords } from "../../graph/plan-views.ts";
import { formatCount, formatDuration } from "../../time/format.ts";
import { useCanvas } from "./canvas-context.ts";
import { formatShare, heatLevel, type NodeHeat } from "./heat.ts";
import { NodeDuration, NodeStatus } from "./node-status.tsx";

interface NodeLineProps {
	readonly view: NodeView;
	readonly size?: number;
}

/** The second line of a card: state and duration; in a definition by itself its policy, or what its runs say. */
export function NodeLine({ view, size = 13 }: NodeLineProps) {
	const { plan } = useCanvas();
	if (plan === null) {
		return (
			<>
				<NodeStatus view={view} size={size} />
				<span className="plan-time">
					<NodeDuration view={view} />
				</span>
			</>
		);
	}
	const heat = plan.heat?.get(view.key);
	if (heat !== undefined) return <Heat heat={heat} />;
	const words = planWords(plan.graph, view.key);
	return (
		<span className="truncate text-ink-muted" title={words}>
			{words}
		</span>
	);
}

function Heat({ heat: { failureShare, p95Ms, running } }: { readonly heat: NodeHeat }) {
	return (
		<>
			<span className="flex min-w-0 items-center gap-2 whitespace-nowrap">
				{failureShare !== null && (
					<span className="plan-heat" data-heat={heatLevel(failureShare)} title="Attempts that did not succeed">
						{formatShare(failureShare)} failed
					</span>
				)}
				{p95Ms !== null && (
					<span className="truncate text-ink-muted" title="95 of 100 took no longer">
						p95 {formatDuration(p95Ms)}
					</span>
				)}
			</span>
			{running > 0 && (
				<span className="plan-running" title={`Runs in ${running} instances now`}>
					<CirclePlay aria-hidden size={12} />
					{formatCount(running)}
					<span className="sr-only"> running</span>
				</span>
			)}
		</>
	);
}
