"use client";

import Link from "next/link";
import { parseAsString, useQueryStates } from "nuqs";
import { type Initial, useLiveQuery } from "../../api/use-live-query.ts";
import { buttonClass } from "../../components/button-class.ts";
import { Card } from "../../components/card.tsx";
import { DataTable, NoRows } from "../../components/data-table.tsx";
import { PanelBoundary } from "../../components/panel-boundary.tsx";
import { StatusText } from "../../components/status.tsx";
import { INSTANCE_STATUS_ORDER, instanceStatus } from "../../components/status-table.ts";
import { Timestamp } from "../../components/timestamp.tsx";
import { visibleText } from "../../components/visible-text.ts";
import type { WorkflowPage as Data } from "../../server/wire.ts";
import { formatDuration } from "../../time/format.ts";
import { Page, PageHeader } from "../frame/page-header.tsx";
import { DefinitionGraph } from "../graph/definition-graph.tsx";
import { heatOf, inPlanOrder, type NodeFigures } from "./heat-of.ts";
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
	const { data = initial.data } = useLiveQuery<Data>(path, POLL_MS, initial);
	const { detail, definition } = data;
	const heat = heatOf(detail.nodes, definition.hash);
	return (
		<Page>
			<PageHeader
				title={visibleText(workflow)}
				note={
					detail.sample === 1
						? "figures from its newest instance"
						: `figures from its newest ${detail.sample} instances`
				}
			>
				<Link href={`/instances?workflow=${encodeURIComponent(workflow)}`} className={buttonClass("secondary", "md")}>
					Its instances
				</Link>
				<Link
					href={`/workflows/${encodeURIComponent(workflow)}/start`}
					prefetch={false}
					className={buttonClass("primary", "md")}
				>
					Start one
				</Link>
			</PageHeader>
			<Facts detail={detail} workflow={workflow} />
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
							onSelect={(key) => void setUrl({ node: key }, { history: "push" })}
						/>
					</PanelBoundary>
				</div>
			</Card>
			<h2 className="mt-6 mb-2 font-semibold text-base">Nodes</h2>
			<Nodes figures={inPlanOrder(definition.graph, heat)} selected={node} />
			<h2 className="mt-6 mb-2 font-semibold text-base">Versions</h2>
			<DataTable label="Versions" heads={["Definition", "First started", "Nodes planned", "Of the sample", ""]}>
				{detail.definitions.map(({ hash, createdAt, plannedNodes, sample }) => (
					<tr key={hash} aria-current={hash === definition.hash || undefined} className="aria-[current]:bg-pressed">
						<td className="font-mono text-xs">{hash.slice(0, 16)}</td>
						<td>
							<Timestamp at={createdAt} />
						</td>
						<td>{plannedNodes}</td>
						<td>{sample}</td>
						<td className="text-right">
							{hash === definition.hash ? (
								"shown"
							) : (
								<button
									type="button"
									onClick={() => void setUrl({ definition: hash, node: null }, { history: "push" })}
									className="text-link hover:underline"
								>
									Show this one
								</button>
							)}
						</td>
					</tr>
				))}
			</DataTable>
		</Page>
	);
}

function Facts({ detail, workflow }: { readonly detail: Data["detail"]; readonly workflow: string }) {
	const { byStatus, p50, p95 } = detail;
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
			<li className="text-ink-muted">{shareWords(failureShare(byStatus))} failed</li>
			<li className="text-ink-muted">
				p50 {p50 === null ? "–" : formatDuration(p50)}, p95 {p95 === null ? "–" : formatDuration(p95)}
			</li>
		</ul>
	);
}

function Nodes({ figures, selected }: { readonly figures: readonly NodeFigures[]; readonly selected: string | null }) {
	if (figures.length === 0) return <NoRows>None of its instances has recorded anything yet.</NoRows>;
	return (
		<DataTable label="Nodes" heads={["Node", "Completed", "Failed attempts", "Share failed", "p95", "Running"]}>
			{figures.map(({ path, completed, failedAttempts, failureShare: share, p95Ms, running }) => (
				<tr key={path} aria-current={path === selected || undefined} className="aria-[current]:bg-pressed">
					<td className="break-all font-mono text-xs">{visibleText(path)}</td>
					<td>{completed}</td>
					<td className={failedAttempts > 0 ? "text-danger-ink" : ""}>{failedAttempts}</td>
					<td>{shareWords(share)}</td>
					<td className="whitespace-nowrap font-mono text-xs">{p95Ms === null ? "–" : formatDuration(p95Ms)}</td>
					<td>{running}</td>
				</tr>
			))}
		</DataTable>
	);
}
