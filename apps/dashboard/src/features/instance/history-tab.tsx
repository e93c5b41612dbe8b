"use client";

import { useMemo, useState } from "react";
import { Button } from "../../components/button.tsx";
import { type Column, DataTable } from "../../components/data-table.tsx";
import { StatusText } from "../../components/status.tsx";
import type { StatusEntry } from "../../components/status-table.ts";
import { Timestamp } from "../../components/timestamp.tsx";
import { visibleText } from "../../components/visible-text.ts";
import { WorkerId } from "../../components/worker-id.tsx";
import type { InstanceState } from "../../server/wire.ts";
import { formatDuration } from "../../time/format.ts";
import { type HistoryRow, historyRows } from "./history-rows.ts";
import type { InstanceUrl, SetInstanceUrl } from "./instance-url.ts";
import { NodeLink } from "./node-link.tsx";

const PAGE = 200;

const WHAT: Readonly<Record<HistoryRow["what"], StatusEntry>> = {
	completed: { look: "completed", word: "Completed" },
	failed: { look: "failed", word: "Attempt failed" },
	timed_out: { look: "failed", word: "Timed out" },
	lost: { look: "failed", word: "Worker lost" },
	cancelled: { look: "cancelled", word: "Cancelled" },
	signal: { look: "awaiting-signal", word: "Signal" },
	retry_now: { look: "retrying", word: "Retry now" },
	begun: { look: "running", word: "Instance started" },
	pause: { look: "paused", word: "Pause" },
	paused: { look: "paused", word: "Instance paused" },
	unpause: { look: "running", word: "Unpause" },
	cancel: { look: "cancelled", word: "Cancel" },
	retry: { look: "retrying", word: "Retry" },
	done: { look: "completed", word: "Instance completed" },
	broken: { look: "failed", word: "Instance failed" },
	stopped: { look: "cancelled", word: "Instance cancelled" },
};

interface HistoryTabProps {
	readonly state: InstanceState;
	readonly url: InstanceUrl;
	setUrl: SetInstanceUrl;
}

export function HistoryTab({ state, url, setUrl }: HistoryTabProps) {
	const [limit, setLimit] = useState(PAGE);
	const rows = useMemo(() => historyRows(state.snapshot), [state.snapshot]);
	const columns = [...WHEN, nodeColumn(url, setUrl), ...REST];
	return (
		<>
			<DataTable label="History" inTab columns={columns} rows={rows.slice(0, limit)} rowKey={(row) => row.id} />
			{rows.length > limit ? (
				<div className="flex justify-center py-4">
					<Button onClick={() => setLimit(limit + PAGE)}>Show {Math.min(PAGE, rows.length - limit)} more</Button>
				</div>
			) : null}
		</>
	);
}

const WHEN: readonly Column<HistoryRow>[] = [
	{ head: "Time", inCard: "aside", className: "text-ink-muted", cell: ({ at }) => <Timestamp at={at} /> },
	{ head: "What", inCard: "name", cell: ({ what }) => <StatusText status={WHAT[what]} size={13} /> },
];

const nodeColumn = (url: InstanceUrl, setUrl: SetInstanceUrl): Column<HistoryRow> => ({
	head: "Node",
	inCard: "line",
	className: "min-w-40 font-mono text-xs",
	cell: ({ path, opens }) =>
		opens === null ? (
			path === null ? null : (
				<span className="wrap-anywhere">{visibleText(path)}</span>
			)
		) : (
			<NodeLink path={opens} text={path ?? opens} {...{ url, setUrl }} />
		),
});

const REST: readonly Column<HistoryRow>[] = [
	{ head: "Attempt", className: "text-ink-muted", cell: ({ attempt }) => attempt },
	{
		head: "Took",
		className: "whitespace-nowrap font-mono text-ink-muted text-xs",
		cell: ({ tookMs }) => (tookMs === null ? null : formatDuration(tookMs)),
	},
	{
		head: "Worker",
		className: "whitespace-nowrap text-ink-muted",
		cell: ({ worker }) => (worker === null ? null : <WorkerId id={worker} />),
	},
	{
		head: "Detail",
		inCard: "line",
		className: "min-w-40 max-w-110 text-ink-muted text-xs",
		cell: ({ detail }) =>
			detail === null ? null : <span className="line-clamp-2 wrap-anywhere">{visibleText(detail)}</span>,
	},
];
