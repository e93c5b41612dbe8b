"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useEffect, useState } from "react";
import { getJson } from "../../api/fetch-json.ts";
import { buttonClass } from "../../components/button-class.ts";
import { ControlChip } from "../../components/control-chip.tsx";
import { type Column, DataTable } from "../../components/data-table.tsx";
import { InstanceLink } from "../../components/instance-link.tsx";
import { StatusText } from "../../components/status.tsx";
import { instanceStatus } from "../../components/status-table.ts";
import { Timestamp } from "../../components/timestamp.tsx";
import { visibleText } from "../../components/visible-text.ts";
import type { BulkItem, BulkNow, BulkOutcome, BulkState, BulkJob as Job } from "../../server/wire.ts";
import { Page, PageHeader } from "../frame/page-header.tsx";
import { instances, OUTCOMES, pendingWords, VERBS } from "./bulk-words.ts";
import { rememberFailed } from "./failed-ids.ts";

const POLL_MS = 500;
/** How often it is asked what the instances are: while the action goes on or waits for tasks, and after that. */
const NOW_POLL_MS = 2_000;
const AFTER_POLL_MS = 5_000;
const ORDER = [
	"failed",
	"refused",
	"unknown",
	"waiting",
	"unchanged",
	"done",
] as const satisfies readonly BulkOutcome[];
const NOT_DONE: readonly BulkOutcome[] = ["failed", "refused"];

/** A bulk action while it goes on, and what became of every instance. */
export function BulkJob({ initial }: { readonly initial: Job }) {
	const [shown, setShown] = useState<BulkOutcome | null>(null);
	const { data: job, isError } = useQuery({
		queryKey: ["bulk", initial.jobId],
		queryFn: ({ signal }) => getJson<Job>(`/api/bulk/${encodeURIComponent(initial.jobId)}`, signal),
		initialData: initial,
		refetchInterval: ({ state }) => (state.data?.over === true ? false : POLL_MS),
	});
	const now = useQuery({
		queryKey: ["bulk", initial.jobId, "now"],
		queryFn: ({ signal }) => getJson<BulkNow>(`/api/bulk/${encodeURIComponent(initial.jobId)}/now`, signal),
		refetchInterval: ({ state }) =>
			job.over && pendingWords(state.data?.states ?? []) === null ? AFTER_POLL_MS : NOW_POLL_MS,
	});
	const states = now.data?.states ?? [];
	const failed = job.items.filter(({ outcome }) => NOT_DONE.includes(outcome)).map(({ instanceId }) => instanceId);
	const asked = job.items.filter(({ outcome }) => outcome !== "waiting" && outcome !== "unknown").length;
	useEffect(() => {
		if (job.over) rememberFailed(job.jobId, failed);
	});
	const verb = job.kind === null ? "Bulk action" : VERBS[job.kind];
	return (
		<Page>
			<PageHeader title={`${verb} ${instances(job.total)}`}>
				<Link
					href={failed.length === 0 ? "/instances" : `/instances?after=${job.jobId}`}
					className={buttonClass("secondary", "md")}
				>
					{failed.length === 0 ? "All instances" : `Back, with ${failed.length} still selected`}
				</Link>
			</PageHeader>
			<p className="text-ink-muted text-sm">
				Started {job.startedAt === null ? "" : <Timestamp at={job.startedAt} />} by {visibleText(job.by)}
				{job.reason === null ? "" : `: ${visibleText(job.reason)}`}
			</p>
			{job.fromAudit ? (
				<p className="mt-2 text-amber-ink text-sm">
					The dashboard was started anew since. This is what the audit says: what was not asked then is not asked now.
					Choose the rest in the list again; what is done already stays as it is.
				</p>
			) : null}
			<Progress job={job} asked={asked} pending={pendingWords(states)} stale={isError || now.isError} />
			<fieldset aria-label="Show" className="mt-4 flex flex-wrap gap-1.5">
				{ORDER.map((outcome) => {
					const count = job.items.filter((item) => item.outcome === outcome).length;
					return count === 0 ? null : (
						<button
							key={outcome}
							type="button"
							aria-pressed={shown === outcome}
							onClick={() => setShown(shown === outcome ? null : outcome)}
							className="inline-flex h-7 items-center gap-1.5 rounded-full border border-line bg-raised px-2.5 text-xs hover:bg-hover aria-pressed:bg-pressed"
						>
							<span className="font-medium">{OUTCOMES[outcome]}</span>
							<span className="text-ink-muted">{count}</span>
						</button>
					);
				})}
			</fieldset>
			<Items items={job.items.filter(({ outcome }) => shown === null || outcome === shown)} states={states} />
		</Page>
	);
}

interface ProgressProps {
	readonly job: Job;
	readonly asked: number;
	/** What was accepted and has not happened yet; null: nothing. */
	readonly pending: string | null;
	readonly stale: boolean;
}

function Progress({ job, asked, pending, stale }: ProgressProps) {
	return (
		<div className="mt-4 flex items-center gap-3">
			<progress
				aria-label="Progress"
				max={Math.max(1, job.total)}
				value={asked}
				className="h-2 w-full max-w-100 accent-(--status-completed-solid)"
			/>
			<span role="status" className="whitespace-nowrap text-sm">
				{stale
					? "No answer from the dashboard"
					: `${asked} of ${job.total} asked${pending === null ? "" : ` · ${pending}`}`}
			</span>
		</div>
	);
}

type Row = BulkItem & { readonly key: string; readonly now: BulkState | null };

interface ItemsProps {
	readonly items: readonly BulkItem[];
	readonly states: readonly BulkState[];
}

/** What did not work comes first. */
function Items({ items, states }: ItemsProps) {
	const byRun = new Map(states.map((state) => [state.runId, state]));
	// Items that were never asked have no id.
	const sorted = [...items]
		.sort((a, b) => ORDER.indexOf(a.outcome) - ORDER.indexOf(b.outcome))
		.map((item, at): Row => ({ ...item, key: `${item.instanceId} ${at}`, now: byRun.get(item.runId ?? "") ?? null }));
	return (
		<div className="mt-4">
			<DataTable
				label="Outcome of every instance"
				columns={COLUMNS}
				rows={sorted}
				rowKey={({ key }) => key}
				rowProps={({ outcome }) => ({ "data-outcome": outcome })}
			/>
		</div>
	);
}

const COLUMNS: readonly Column<Row>[] = [
	{
		head: "Outcome",
		inCard: "name",
		className: "w-36",
		cell: ({ outcome }) => (
			<span className={NOT_DONE.includes(outcome) ? "text-danger-ink" : ""}>{OUTCOMES[outcome]}</span>
		),
	},
	{
		head: "Instance",
		inCard: "line",
		className: "wrap-anywhere",
		cell: ({ instanceId }) => (instanceId === "" ? "–" : <InstanceLink id={instanceId} />),
	},
	{
		head: "Now",
		className: "whitespace-nowrap",
		cell: ({ now }) =>
			now === null ? null : (
				<span className="inline-flex items-center gap-2">
					<StatusText status={instanceStatus(now.status)} />
					{now.control === "none" ? null : <ControlChip control={now.control} />}
				</span>
			),
	},
	{
		head: "Note",
		inCard: "line",
		className: "text-ink-muted",
		cell: ({ note }) => (note === null ? null : visibleText(note)),
	},
];
