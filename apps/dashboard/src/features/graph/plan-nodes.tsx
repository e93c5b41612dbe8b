import type { Node, NodeProps, NodeTypes } from "@xyflow/react";
import { Check, ChevronsDownUp } from "lucide-react";
import { memo } from "react";
import { nodeStatus } from "../../components/status-table.ts";
import type { PlanBox, PlanCaption, PlanMark, PlanNode } from "../../graph/geometry.ts";
import { useMark, useNodeView, usePathMark } from "./canvas-context.ts";
import { GroupCard, type GroupNode } from "./group-card.tsx";
import { IterationPicker } from "./iteration-picker.tsx";
import { KindIcon } from "./kind-icon.tsx";
import { NodeLine } from "./node-line.tsx";
import { NodeName } from "./node-name.tsx";
import { AttemptBadge } from "./node-status.tsx";

/** Geometry and identity, nothing that changes: state comes to each card from the node store. */
export type CardNode = Node<{ readonly plan: PlanNode }, "card">;
export type PillNode = Node<{ readonly plan: PlanNode }, "pill">;
export type BoxNode = Node<{ readonly plan: PlanBox }, "box">;
export type CaptionNode = Node<{ readonly plan: PlanCaption }, "caption">;
export type MarkNode = Node<{ readonly plan: PlanMark }, "mark">;
export type CanvasNode = CardNode | PillNode | GroupNode | BoxNode | CaptionNode | MarkNode;

const Card = memo(function Card({ data: { plan } }: NodeProps<CardNode>) {
	const view = useNodeView(plan.key);
	const mark = useMark(plan.key);
	const path = usePathMark(plan.key);
	if (view === undefined) return null;
	const { look } = nodeStatus(view.state);
	return (
		<div
			className="plan-card"
			data-node-key={plan.key}
			data-state={view.state}
			data-looks={look}
			data-kind={plan.kind}
			data-mark={mark}
			data-path={path}
		>
			<span aria-hidden className={`plan-stripe status-pattern-${look}`} />
			<div className="plan-body">
				<div className="flex items-center gap-1.5">
					<KindIcon kind={plan.kind} />
					<NodeName name={plan.name} className="plan-name flex-1" />
					<AttemptBadge view={view} />
					{plan.kind === "route" && <FoldSign group={plan.key} />}
				</div>
				<div className="plan-detail flex items-center justify-between gap-2">
					<NodeLine view={view} />
				</div>
			</div>
		</div>
	);
});

const Pill = memo(function Pill({ data: { plan } }: NodeProps<PillNode>) {
	const view = useNodeView(plan.key);
	const mark = useMark(plan.key);
	const path = usePathMark(plan.key);
	if (view === undefined) return null;
	const { look } = nodeStatus(view.state);
	return (
		<div
			className="plan-card plan-pill"
			data-node-key={plan.key}
			data-state={view.state}
			data-looks={look}
			data-kind={plan.kind}
			data-mark={mark}
			data-path={path}
		>
			<span aria-hidden className={`plan-stripe status-pattern-${look}`} />
			<KindIcon kind={plan.kind} />
			<div className="min-w-0 flex-1">
				<NodeName name={plan.name} className="plan-name" />
				<div className="plan-detail flex min-w-0 items-center gap-2">
					<NodeLine view={view} size={12} />
				</div>
			</div>
			{plan.kind === "fork" && <FoldSign group={plan.key} />}
		</div>
	);
});

/** For the mouse; the keyboard folds with Space. */
function FoldSign({ group }: { readonly group: string }) {
	return (
		<span className="plan-fold" data-fold={group} title="Fold  Space">
			<ChevronsDownUp aria-hidden size={14} />
		</span>
	);
}

const Box = memo(function Box({ data: { plan } }: NodeProps<BoxNode>) {
	const view = useNodeView(plan.key);
	const mark = useMark(plan.key);
	const path = usePathMark(plan.key);
	if (view === undefined) return null;
	const { look } = nodeStatus(view.state);
	return (
		<div
			className="plan-box"
			data-node-key={plan.key}
			data-state={view.state}
			data-kind={plan.kind}
			data-mark={mark}
			data-path={path}
		>
			<div className="plan-box-header">
				<span aria-hidden className={`plan-stripe status-pattern-${look}`} />
				<span className="plan-box-lead" data-lead={plan.key}>
					<KindIcon kind={plan.kind} />
					<NodeName name={plan.name} className="plan-name plan-box-name" />
					<span className="plan-detail plan-box-state">
						<NodeLine view={view} size={12} />
					</span>
					{view.iterations !== null && <IterationPicker view={view} iterations={view.iterations} />}
				</span>
				<span className="flex-1" />
				<FoldSign group={plan.key} />
			</div>
		</div>
	);
});

const Caption = memo(function Caption({ data: { plan } }: NodeProps<CaptionNode>) {
	const owner = useNodeView(plan.owner);
	const chosen = plan.kind === "case" ? owner?.chosen : undefined;
	const isChosen = chosen === plan.text;
	const isOther = chosen != null && !isChosen;
	return (
		<div className="plan-caption" data-chosen={isChosen || undefined} data-other={isOther || undefined}>
			{isChosen && <Check aria-hidden size={12} strokeWidth={2.5} />}
			<NodeName name={plan.text} />
			{isChosen && <span className="sr-only">chosen</span>}
		</div>
	);
});

const Mark = memo(function Mark({ data: { plan } }: NodeProps<MarkNode>) {
	const owner = useNodeView(plan.owner);
	const reached = plan.kind === "start" ? owner !== undefined : owner?.state === "completed";
	return <div aria-hidden className="plan-mark" data-kind={plan.kind} data-reached={reached || undefined} />;
});

export const NODE_TYPES: NodeTypes = {
	card: Card,
	pill: Pill,
	folded: GroupCard,
	box: Box,
	caption: Caption,
	mark: Mark,
};
