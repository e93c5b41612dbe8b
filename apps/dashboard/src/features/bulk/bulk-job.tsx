"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useEffect, useState } from "react";
import { getJson } from "../../api/fetch-json.ts";
import { buttonClass } from "../../components/button-class.ts";
import { type Column, DataTable } from "../../components/data-table.tsx";
import { InstanceLink } from "../../components/instance-link.tsx";
import { Timestamp } from "../../components/timestamp.tsx";
import { visibleText } from "../../components/visible-text.ts";
import type { BulkItem, BulkOutcome, BulkJob as Job } from "../../server/wire.ts";
import { Page, PageHeader } from "../frame/page-header.tsx";
import { instances, OUTCOMES, VERBS } from "./bulk-words.ts";
import { rememberFailed } from "./failed-ids.ts";

const POLL_MS = 500;
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
			<Progress job={job} asked={asked} stale={isError} />
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
			<Items items={job.items.filter(({ outcome }) => shown === null || outcome === shown)} />
		</Page>
	);
}

function Progress({ job, asked, stale }: { readonly job: Job; readonly asked: number; readonly stale: boolean }) {
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
					: job.over
						? `${asked} of ${job.total} asked, over`
						: `${asked} of ${job.total}`}
			</span>
		</div>
	);
}

/** What did not work comes first. */
function Items({ items }: { readonly items: readonly BulkItem[] }) {
	// Items that were never asked have no id.
	const sorted = [...items]
		.sort((a, b) => ORDER.indexOf(a.outcome) - ORDER.indexOf(b.outcome))
		.map((item, at) => ({ ...item, key: `${item.instanceId} ${at}` }));
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

const COLUMNS: readonly Column<BulkItem & { readonly key: string }>[] = [
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
		head: "Note",
		inCard: "line",
		className: "text-ink-muted",
		cell: ({ note }) => (note === null ? null : visibleText(note)),
	},
];
