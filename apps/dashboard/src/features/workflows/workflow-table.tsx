"use client";

import Link from "next/link";
import { type Initial, useLiveQuery } from "../../api/use-live-query.ts";
import { Awaited } from "../../components/awaited.tsx";
import { type Column, DataTable, NoRows } from "../../components/data-table.tsx";
import { StaleNote } from "../../components/stale-note.tsx";
import { Timestamp } from "../../components/timestamp.tsx";
import { visibleText } from "../../components/visible-text.ts";
import type { WorkflowTable as Data } from "../../server/wire.ts";
import { formatDuration } from "../../time/format.ts";
import { Page, PageHeader } from "../frame/page-header.tsx";
import { failureShare, liveCount, shareWords } from "./outcome-words.ts";

const POLL_MS = 5_000;
const PATH = "/api/workflows/table";

/** Every workflow, judged by its newest instances. */
export function WorkflowTable({ initial }: { readonly initial: Initial<Data> | null }) {
	const { data, isError, error, dataUpdatedAt, refetch } = useLiveQuery<Data>(PATH, POLL_MS, initial);
	return (
		<Page>
			<PageHeader title="Workflows" note="figures from the newest 100 instances of each">
				<StaleNote failing={isError} updatedAt={dataUpdatedAt} />
			</PageHeader>
			{data === undefined ? (
				<Awaited what="The list of workflows" error={error} onRetry={() => void refetch()} />
			) : (
				<Rows workflows={data.workflows} />
			)}
		</Page>
	);
}

function Rows({ workflows }: Data) {
	if (workflows.length === 0) return <NoRows>No workflow has been started here yet.</NoRows>;
	return (
		<DataTable
			label="Workflows"
			columns={COLUMNS}
			rows={workflows}
			rowKey={({ workflow }) => workflow}
			rowProps={({ workflow }) => ({ "data-workflow": workflow })}
		/>
	);
}

const COLUMNS: readonly Column<Data["workflows"][number]>[] = [
	{
		head: "Workflow",
		inCard: "name",
		className: "min-w-32 max-w-80 wrap-anywhere",
		cell: ({ workflow }) => (
			<Link
				href={`/workflows/${encodeURIComponent(workflow)}`}
				prefetch={false}
				className="font-medium text-link hover:underline"
			>
				{visibleText(workflow)}
			</Link>
		),
	},
	{ head: "Versions", cell: ({ versions }) => versions },
	{ head: "Live", cell: ({ byStatus }) => liveCount(byStatus) },
	{ head: "Completed", cell: ({ byStatus }) => byStatus.completed },
	{
		head: "Failed",
		cell: ({ byStatus: { failed } }) => (failed > 0 ? <span className="text-danger-ink">{failed}</span> : failed),
	},
	{ head: "Share failed", cell: ({ byStatus }) => shareWords(failureShare(byStatus)) },
	{
		head: "p50",
		className: "whitespace-nowrap font-mono text-xs",
		cell: ({ p50 }) => (p50 === null ? "–" : formatDuration(p50)),
	},
	{
		head: "p95",
		className: "whitespace-nowrap font-mono text-xs",
		cell: ({ p95 }) => (p95 === null ? "–" : formatDuration(p95)),
	},
	{
		head: "Last started",
		inCard: "aside",
		className: "text-ink-muted",
		cell: ({ lastStartedAt }) => (lastStartedAt === null ? "–" : <Timestamp at={lastStartedAt} as="relative" />),
	},
];
