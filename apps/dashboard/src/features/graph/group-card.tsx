import type { NodeView } from "@waymark/engine/graph";
import type { Node, NodeProps } from "@xyflow/react";
import { ChevronsUpDown, Layers } from "lucide-react";
import { memo } from "react";
import { nodeStatus } from "../../components/status-table.ts";
import type { PlanGroup } from "../../graph/geometry.ts";
import { formatCount } from "../../time/format.ts";
import { useCanvas, useGroupSummary, useMark, useNodeView, usePathMark } from "./canvas-context.ts";
import { laneWord } from "./describe.ts";
import { KindIcon } from "./kind-icon.tsx";
import { NodeName } from "./node-name.tsx";
import { StateBar, StateCounts } from "./state-bar.tsx";

export type GroupNode = Node<{ readonly plan: PlanGroup }, "folded">;

/** Several nodes as one card. A click on its sign opens it; a click elsewhere inspects it. */
export const GroupCard = memo(function GroupCard({ data: { plan } }: NodeProps<GroupNode>) {
	const { plan: definition } = useCanvas();
	const summary = useGroupSummary(plan.key);
	const own = useNodeView(plan.key);
	const owner = useNodeView(plan.owner);
	const mark = useMark(plan.key);
	const path = usePathMark(plan.key);
	if (summary === undefined) return null;
	const isStack = plan.kind === "stack";
	const state = own?.state ?? summary.state;
	const looks = summary.counts.map((one) => nodeStatus(one.state).look).join(" ");
	return (
		<div
			className="plan-card plan-group"
			data-node-key={plan.key}
			data-state={state}
			data-looks={looks}
			data-kind={plan.kind}
			data-mark={mark}
			data-path={path}
		>
			<span aria-hidden className={`plan-stripe status-pattern-${nodeStatus(state).look}`} />
			<div className="plan-body">
				<div className="flex items-center gap-1.5">
					{plan.kind === "stack" ? (
						<Layers aria-hidden size={15} className="shrink-0 text-ink-faint" />
					) : (
						<KindIcon kind={plan.kind} />
					)}
					<NodeName name={isStack ? stackName(plan, owner?.kind) : plan.name} className="plan-name flex-1" />
					<span className="plan-detail plan-size">
						{formatCount(summary.total)} {summary.total === 1 ? "node" : "nodes"}
					</span>
					{plan.opens !== null && (
						<span className="plan-fold" data-fold={plan.opens} title="Open  Space">
							<ChevronsUpDown aria-hidden size={14} />
						</span>
					)}
				</div>
				<div className="plan-detail">
					{definition === null ? <StateCounts summary={summary} /> : <span className="text-ink-muted">folded</span>}
				</div>
			</div>
			{definition === null && <StateBar summary={summary} />}
		</div>
	);
});

function stackName({ opens, lanes }: PlanGroup, kind: NodeView["kind"] | undefined): string {
	return `${opens === null ? "+" : ""}${formatCount(lanes)} ${laneWord(kind)}`;
}
