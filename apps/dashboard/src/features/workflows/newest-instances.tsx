"use client";

import { useLiveQuery } from "../../api/use-live-query.ts";
import { Awaited } from "../../components/awaited.tsx";
import { type Column, DataTable, NoRows } from "../../components/data-table.tsx";
import { InstanceLink } from "../../components/instance-link.tsx";
import { StatusText } from "../../components/status.tsx";
import { Timestamp } from "../../components/timestamp.tsx";
import type { InstanceList, ListedRow } from "../../server/wire.ts";
import { formatDuration } from "../../time/format.ts";
import { Elapsed } from "../../time/live-text.tsx";
import { shownStatus } from "../instance-list/activity-words.ts";
import { NowOrWhy } from "../instance-list/now-or-why.tsx";

const POLL_MS = 5_000;
const SHOWN = 8;

/** The instances of a workflow that were started last, and how they fare. */
export function NewestInstances({ workflow }: { readonly workflow: string }) {
	const path = `/api/instances?${new URLSearchParams({ workflow, limit: String(SHOWN) })}`;
	const { data, error, refetch } = useLiveQuery<InstanceList>(path, POLL_MS, null);
	if (data === undefined) {
		return <Awaited what="The newest instances" error={error} onRetry={() => void refetch()} />;
	}
	if (data.instances.length === 0) return <NoRows>None of its instances is stored any more.</NoRows>;
	return (
		<DataTable
			label="Newest instances"
			columns={COLUMNS}
			rows={data.instances}
			rowKey={({ runId }) => runId}
			rowProps={({ instanceId }) => ({ "data-newest": instanceId })}
		/>
	);
}

const COLUMNS: readonly Column<ListedRow>[] = [
	{
		head: "Status",
		isHeadSilent: true,
		inCard: "aside",
		className: "w-40",
		cell: ({ status, activity, lost }) => <StatusText status={shownStatus(status, activity, lost)} />,
	},
	{
		head: "Instance",
		inCard: "name",
		className: "min-w-32 wrap-anywhere",
		cell: ({ instanceId, failedPath }) => <InstanceLink id={instanceId} node={failedPath} />,
	},
	{
		head: "Now, or why it failed",
		inCard: "line",
		className: "min-w-40 max-w-120 text-ink-muted text-xs",
		cell: (instance) => <NowOrWhy instance={instance} />,
	},
	{ head: "Started", className: "text-ink-muted", cell: ({ createdAt }) => <Timestamp at={createdAt} /> },
	{
		head: "Duration",
		className: "w-28 whitespace-nowrap font-mono text-ink-muted text-xs",
		cell: ({ startedAt, createdAt, endedAt }) =>
			endedAt === null ? <Elapsed from={startedAt ?? createdAt} /> : formatDuration(endedAt - (startedAt ?? createdAt)),
	},
];
