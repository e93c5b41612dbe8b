"use client";

import Link from "next/link";
import { parseAsString, useQueryStates } from "nuqs";
import { type Initial, useLiveQuery } from "../../api/use-live-query.ts";
import { Breadcrumb } from "../../components/breadcrumb.tsx";
import { Button } from "../../components/button.tsx";
import { buttonClass } from "../../components/button-class.ts";
import { Card } from "../../components/card.tsx";
import { type Column, DataTable } from "../../components/data-table.tsx";
import { middleTruncate } from "../../components/middle-truncate.tsx";
import { PanelBoundary } from "../../components/panel-boundary.tsx";
import { StaleNote } from "../../components/stale-note.tsx";
import { StatusIcon, StatusText } from "../../components/status.tsx";
import { INSTANCE_STATUS_ORDER, instanceStatus } from "../../components/status-table.ts";
import { Timestamp } from "../../components/timestamp.tsx";
import { visibleText } from "../../components/visible-text.ts";
import type { WorkflowPage as Data } from "../../server/wire.ts";
import { formatDuration } from "../../time/format.ts";
import { useDenial } from "../access/access-provider.tsx";
import { Page, PageHeader } from "../frame/page-header.tsx";
import { DefinitionGraph } from "../graph/definition-graph.tsx";
import { heatOf, inPlanOrder, type NodeFigures, worstNode } from "./heat-of.ts";
import { NewestInstances } from "./newest-instances.tsx";
import { NodeTable } from "./node-table.tsx";
import { failureShare, shareWords } from "./outcome-words.ts";

const POLL_MS = 5_000;

interface WorkflowViewProps {
	readonly workflow: string;
	readonly initial: Initial<Data>;
}

/** One workflow: its versions, its plan with what many runs say of each node, and its newest instances. */
export function WorkflowView({ workflow, initial }: WorkflowViewProps) {
	const [{ definition: chosen, node }, setUrl] = useQueryStates({ definition: parseAsString, node: parseAsString });
	const base = `/api/workflows/${encodeURIComponent(workflow)}`;
	const path = chosen === null ? base : `${base}?definition=${encodeURIComponent(chosen)}`;
	const { data = initial.data, isError, dataUpdatedAt } = useLiveQuery<Data>(path, POLL_MS, initial);
	const { detail, definition } = data;
	const heat = heatOf(detail.nodes, definition.hash);
	const noStart = useDenial("start");
	const worst = worstNode(heat);
	const select = (key: string | null) => void setUrl({ node: key }, { history: "push" });
	return (
		<Page>
			<div className="mb-2">
				<Breadcrumb
					crumbs={[
						{ label: "Workflows", href: "/workflows" },
						{ label: middleTruncate(visibleText(workflow), 40), href: null },
					]}
				/>
			</div>
			<PageHeader
				title={visibleText(workflow)}
				note={
					detail.sample === 1
						? "figures from its newest instance"
						: `figures from its newest ${detail.sample} instances`
				}
			>
				<StaleNote failing={isError} updatedAt={dataUpdatedAt} />
				<div className="flex flex-wrap gap-2 max-sm:order-2 max-sm:basis-full">
					<Link href={`/instances?workflow=${encodeURIComponent(workflow)}`} className={buttonClass("secondary", "md")}>
						All its instances
					</Link>
					{noStart === null ? (
						<Link
							href={`/workflows/${encodeURIComponent(workflow)}/start`}
							prefetch={false}
							className={buttonClass("primary", "md")}
						>
							Start one
						</Link>
					) : (
						<Button variant="primary" unavailable={noStart}>
							Start one
						</Button>
					)}
				</div>
			</PageHeader>
			<Facts detail={detail} workflow={workflow} />
			{worst === null ? null : <Worst node={worst} onSelect={select} />}
			<Card
				title="Plan"
				className="mt-4"
				aside={<code className="text-ink-muted text-xs">{definition.hash.slice(0, 8)}</code>}
			>
				<div className="h-100">
					<PanelBoundary name="The graph">
						<DefinitionGraph
							graph={definition.graph}
							hash={definition.hash}
							heat={heat}
							selectedKey={node}
							onSelect={select}
						/>
					</PanelBoundary>
				</div>
			</Card>
			<h2 className="mt-6 mb-2 font-semibold text-base">Newest instances</h2>
			<NewestInstances workflow={workflow} />
			<h2 className="mt-6 mb-2 font-semibold text-base">Nodes</h2>
			<NodeTable figures={inPlanOrder(definition.graph, heat)} selected={node} onSelect={select} />
			<h2 className="mt-6 mb-2 font-semibold text-base">Versions</h2>
			<DataTable
				label="Versions"
				columns={[
					...VERSION_COLUMNS,
					shownColumn(definition.hash, (hash) => void setUrl({ definition: hash, node: null }, { history: "push" })),
				]}
				rows={detail.definitions}
				rowKey={({ hash }) => hash}
				isCurrent={({ hash }) => hash === definition.hash}
			/>
		</Page>
	);
}

function Facts({ detail, workflow }: { readonly detail: Data["detail"]; readonly workflow: string }) {
	const { byStatus, p50, p95 } = detail;
	const share = failureShare(byStatus);
	return (
		<ul className="flex flex-wrap items-center gap-x-5 gap-y-2 text-sm">
			{INSTANCE_STATUS_ORDER.filter((status) => byStatus[status] > 0).map((status) => (
				<li key={status}>
					<Link
						href={`/instances?workflow=${encodeURIComponent(workflow)}&status=${status}`}
						className="inline-flex items-center gap-1.5 hover:underline"
					>
						<span className="font-medium">{byStatus[status]}</span>
						<StatusText status={instanceStatus(status)} />
					</Link>
				</li>
			))}
			{share === null ? null : <li className="text-ink-muted">{shareWords(share)} failed</li>}
			{p50 === null || p95 === null ? null : (
				<li className="text-ink-muted">
					p50 {formatDuration(p50)}, p95 {formatDuration(p95)}
				</li>
			)}
		</ul>
	);
}

function Worst({ node, onSelect }: { readonly node: NodeFigures; onSelect(path: string): void }) {
	const { path, failedAttempts, completed, failureShare: share } = node;
	return (
		<p className="mt-2 flex items-start gap-x-2 text-sm">
			<span className="mt-0.5">
				<StatusIcon look="failed" still />
			</span>
			<span>
				Fails most often at{" "}
				<button
					type="button"
					onClick={() => onSelect(path)}
					className="wrap-anywhere text-left font-mono text-link text-xs hover:underline"
				>
					{visibleText(path)}
				</button>
				: {failedAttempts} of {failedAttempts + completed} attempts ({shareWords(share)})
			</span>
		</p>
	);
}

type Version = Data["detail"]["definitions"][number];

const VERSION_COLUMNS: readonly Column<Version>[] = [
	{ head: "Definition", inCard: "name", className: "font-mono text-xs", cell: ({ hash }) => hash.slice(0, 16) },
	{ head: "First started", cell: ({ createdAt }) => <Timestamp at={createdAt} /> },
	{ head: "Nodes planned", cell: ({ plannedNodes }) => plannedNodes },
	{ head: "Of the sample", cell: ({ sample }) => sample },
];

const shownColumn = (shown: string, onShow: (hash: string) => void): Column<Version> => ({
	head: "Shown",
	isHeadSilent: true,
	inCard: "aside",
	className: "text-right",
	cell: ({ hash }) =>
		hash === shown ? (
			"shown"
		) : (
			<button type="button" onClick={() => onShow(hash)} className="text-link hover:underline">
				Show this one
			</button>
		),
});
