"use client";

import { isTerminal } from "@waymark/engine/graph";
import { ChevronRight } from "lucide-react";
import { useState } from "react";
import { Button } from "../../components/button.tsx";
import { type Column, DataTable } from "../../components/data-table.tsx";
import { StatusText } from "../../components/status.tsx";
import { nodeStatus, type StatusEntry } from "../../components/status-table.ts";
import { visibleText } from "../../components/visible-text.ts";
import type { InstanceState } from "../../server/wire.ts";
import { formatDuration, formatElapsed } from "../../time/format.ts";
import { LiveText } from "../../time/live-text.tsx";
import { KIND_WORDS, KindIcon } from "../graph/kind-icon.tsx";
import { type ComparedNode, timeBetween, timeIsNotable } from "./compare-runs.ts";
import { differenceWords, timeWords } from "./difference-words.ts";
import { NodeDetail } from "./node-detail.tsx";
import type { NodeOfRun } from "./observe-run.ts";
import type { Side } from "./side-mark.tsx";

/** More than a person compares at once; a plan may have thousands. */
const PAGE = 100;

interface NodeTableProps {
	readonly rows: readonly ComparedNode[];
	/** Definition path of the row that is opened. */
	readonly open: string | null;
	readonly a: InstanceState;
	readonly b: InstanceState;
	onOpen(key: string | null): void;
}

/** Every node of both, A beside B. A row opens to what the node made in each. */
export function NodeTable({ rows, open, a, b, onOpen }: NodeTableProps) {
	const [limit, setLimit] = useState(PAGE);
	const shown = rows.slice(0, limit);
	const opened = rows.find(({ key }) => key === open);
	return (
		<>
			<DataTable
				label="Nodes of both runs"
				columns={[
					nameColumn(open, onOpen),
					sideColumn("A", (node) => node.a, a),
					sideColumn("B", (node) => node.b, b),
					DIFFERENCES,
				]}
				rows={opened === undefined || shown.includes(opened) ? shown : [...shown, opened]}
				rowKey={({ key }) => key}
				rowProps={({ key, differences }) => ({
					"data-compared": key,
					"data-differs": differences.join(" "),
				})}
				isCurrent={({ key }) => key === open}
				opened={(node) => (node.key === open ? <NodeDetail {...{ node, a, b }} /> : null)}
			/>
			{rows.length > limit ? (
				<div className="mt-4 flex justify-center">
					<Button onClick={() => setLimit(limit + 5 * PAGE)}>
						Show {Math.min(5 * PAGE, rows.length - limit)} more
					</Button>
				</div>
			) : null}
		</>
	);
}

const nameColumn = (open: string | null, onOpen: NodeTableProps["onOpen"]): Column<ComparedNode> => ({
	head: "Node",
	inCard: "name",
	className: "min-w-40",
	cell: ({ key, row }) => (
		<button
			type="button"
			aria-expanded={key === open}
			onClick={() => onOpen(key === open ? null : key)}
			className="-ml-1 flex min-h-6 items-center gap-1.5 rounded-control px-1 text-left"
		>
			<ChevronRight aria-hidden size={13} className={`shrink-0 text-ink-faint ${key === open ? "rotate-90" : ""}`} />
			<KindIcon kind={row.kind} size={15} />
			<span className="sr-only">{KIND_WORDS[row.kind]} </span>
			<span className="font-mono text-xs wrap-anywhere">{visibleText(key)}</span>
		</button>
	),
});

const sideColumn = (
	head: Side,
	of: (node: ComparedNode) => NodeOfRun | null,
	{ snapshot }: InstanceState,
): Column<ComparedNode> => ({
	head,
	className: "w-1/4 min-w-36 basis-full py-1",
	cell: (node) => <Fared node={of(node)} isOver={isTerminal(snapshot.instance.status)} />,
});

const DIFFERENCES: Column<ComparedNode> = {
	head: "From A to B",
	inCard: "line",
	className: "min-w-40 py-1",
	cell: (node) => <Differences node={node} />,
};

const NOT_REACHED: StatusEntry = { look: "pending", word: "Not reached" };

function Fared({ node, isOver }: { readonly node: NodeOfRun | null; readonly isOver: boolean }) {
	if (node === null) return <span className="text-ink-muted">not in this version</span>;
	const { view } = node;
	return (
		<span className="flex min-w-0 flex-col">
			<StatusText status={isOver && view.state === "pending" ? NOT_REACHED : nodeStatus(view.state)} size={13} />
			<span className="text-ink-muted text-xs">
				{madeWords(node)}
				<TookText took={node.took} isFirst={madeWords(node) === ""} />
			</span>
		</span>
	);
}

function madeWords({ made, rounds, view }: NodeOfRun): string {
	const parts = [];
	if (view.chosen !== null) parts.push(`case ${visibleText(view.chosen)}`);
	if (view.iterations !== null && view.iterations.begun > 0) parts.push(count(view.iterations.begun, "iteration"));
	if (made > 0) parts.push(count(made, "attempt") + (rounds > 1 ? ` in ${rounds} iterations` : ""));
	return parts.join(" · ");
}

function count(many: number, word: string): string {
	return `${many} ${word}${many === 1 ? "" : "s"}`;
}

function TookText({ took, isFirst }: { readonly took: NodeOfRun["took"]; readonly isFirst: boolean }) {
	if (took === null) return null;
	const { ms, since } = took;
	return (
		<span className="whitespace-nowrap">
			{isFirst ? "" : " · "}
			{since === null ? formatDuration(ms) : <LiveText text={(now) => formatElapsed(ms + now - since)} />}
		</span>
	);
}

function Differences({ node }: { readonly node: ComparedNode }) {
	const between = timeBetween(node.a, node.b);
	const words = differenceWords(node);
	if (words.length === 0 && between === null) return null;
	return (
		<span className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5 text-sm">
			{words.map((word) => (
				<span key={word} className="font-medium wrap-anywhere">
					{word}
				</span>
			))}
			{between === null ? null : (
				<span
					className={`whitespace-nowrap font-mono text-xs ${timeIsNotable(node.a, node.b) ? "font-semibold" : "text-ink-muted"}`}
				>
					{timeWords(between)}
				</span>
			)}
		</span>
	);
}
