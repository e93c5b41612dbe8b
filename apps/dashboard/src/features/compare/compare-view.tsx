"use client";

import { ArrowLeftRight, Equal, Replace } from "lucide-react";
import Link from "next/link";
import { useQueryStates } from "nuqs";
import { useMemo } from "react";
import { buttonClass } from "../../components/button-class.ts";
import { Card } from "../../components/card.tsx";
import { PanelBoundary } from "../../components/panel-boundary.tsx";
import { visibleText } from "../../components/visible-text.ts";
import type { InstanceState } from "../../server/wire.ts";
import { formatCount } from "../../time/format.ts";
import { Page, PageHeader } from "../frame/page-header.tsx";
import { useFrozenTimers } from "../live/use-frozen-timers.ts";
import { useOneOfMany } from "../live/use-instance-live.ts";
import { type Comparison, compareRuns } from "./compare-runs.ts";
import { COMPARE_URL, comparePath } from "./compare-url.ts";
import { timeWords } from "./difference-words.ts";
import { NodeTable } from "./node-table.tsx";
import { observeRun } from "./observe-run.ts";
import { Partings } from "./partings.tsx";
import { RunCard } from "./run-card.tsx";
import { ValuesBetween } from "./values-between.tsx";

interface CompareViewProps {
	readonly left: InstanceState;
	readonly right: InstanceState;
}

/** Two runs of one workflow, A beside B. What it shows stands in its address, so that Back and links work. */
export function CompareView({ left, right }: CompareViewProps) {
	const [url, setUrl] = useQueryStates(COMPARE_URL, { history: "push" });
	const [idA, idB] = [left.snapshot.instance.instanceId, right.snapshot.instance.instanceId];
	const a = useOneOfMany(idA, left, url.live === null);
	const b = useOneOfMany(idB, right, url.live === null);
	useFrozenTimers([a.connection, b.connection]);
	const comparison = useMemo(() => compareRuns(observeRun(a.state), observeRun(b.state)), [a.state, b.state]);
	const pauseUpdates = (paused: boolean) => void setUrl({ live: paused ? "0" : null }, { history: "replace" });
	const sameVersion = a.state.definition.hash === b.state.definition.hash;
	const showsAll = url.show === "all" || comparison.different.length === 0;
	const rows = showsAll ? comparison.nodes : withOpened(comparison, url.node);
	return (
		<Page>
			<PageHeader title={`Two runs of ${visibleText(left.snapshot.instance.workflow)}`}>
				<div className="flex flex-wrap gap-2 print:hidden">
					<Link href={comparePath(idA)} className={buttonClass("secondary", "md")}>
						<Replace aria-hidden size={14} /> Another B…
					</Link>
					<Link href={comparePath(idB, idA)} className={buttonClass("secondary", "md")}>
						<ArrowLeftRight aria-hidden size={14} /> Swap
					</Link>
				</div>
			</PageHeader>
			<div className="grid gap-4 md:grid-cols-2">
				<RunCard side="A" run={a} onPauseUpdates={pauseUpdates} />
				<RunCard
					side="B"
					run={b}
					against={{
						version: sameVersion ? "the same as A's" : "another than A's",
						time: timeNote(a.state, b.state),
					}}
					onPauseUpdates={pauseUpdates}
				/>
			</div>
			<Partings partings={comparison.partings} onOpen={(node) => void setUrl({ node })} />
			<div className="mt-6 mb-2 flex flex-wrap items-center gap-x-4 gap-y-1">
				<h2 className="font-semibold text-base">Nodes</h2>
				<p role="status" className="text-ink-muted text-sm">
					{sumWords(comparison)}
				</p>
				<span className="flex-1" />
				{comparison.different.length === 0 ? null : (
					<label className="flex min-h-6 items-center gap-1.5 text-sm print:hidden">
						<input
							type="checkbox"
							checked={url.show === null}
							onChange={(event) => void setUrl({ show: event.target.checked ? null : "all" })}
						/>
						Only differences
					</label>
				)}
			</div>
			{comparison.different.length === 0 ? (
				<p className="mb-2 flex items-center gap-1.5 text-ink-muted text-sm">
					<Equal aria-hidden size={14} /> Both went the same way, each node with as many attempts.
				</p>
			) : null}
			<PanelBoundary name="The table of nodes">
				<NodeTable rows={rows} open={url.node} a={a.state} b={b.state} onOpen={(node) => void setUrl({ node })} />
			</PanelBoundary>
			<div className="mt-6 grid gap-4 xl:grid-cols-2">
				<Card title="Input, from A to B">
					<ValuesBetween what="input" a={a.state} b={b.state} />
				</Card>
				<Card title="Output, from A to B">
					<ValuesBetween what="output" a={a.state} b={b.state} />
				</Card>
			</div>
		</Page>
	);
}

/** A node that a link opens is there, also if it is the same in both. */
function withOpened({ nodes, different }: Comparison, open: string | null): Comparison["nodes"] {
	if (open === null || different.some(({ key }) => key === open)) return different;
	return nodes.filter(({ key, differences }) => differences.length > 0 || key === open);
}

function sumWords({ nodes, different, onlyA, onlyB }: Comparison): string {
	const parts = [`${formatCount(different.length)} of ${formatCount(nodes.length)} differ`];
	if (onlyA > 0) parts.push(`${formatCount(onlyA)} only in A's version`);
	if (onlyB > 0) parts.push(`${formatCount(onlyB)} only in B's version`);
	return parts.join(" · ");
}

/** Null while one of them goes on. */
function timeNote(a: InstanceState, b: InstanceState): string | null {
	const [first, second] = [spanOf(a), spanOf(b)];
	return first === null || second === null ? null : `${timeWords(second - first)} against A`;
}

function spanOf({ snapshot: { instance } }: InstanceState): number | null {
	return instance.endedAt === null ? null : instance.endedAt - (instance.startedAt ?? instance.createdAt);
}
