"use client";

import type { AttemptOutcome, AttemptRecord, ControlRequestRecord } from "@waymark/engine/backend";
import { useMemo, useState } from "react";
import { Button } from "../../components/button.tsx";
import { type Column, DataTable } from "../../components/data-table.tsx";
import { StatusText } from "../../components/status.tsx";
import type { StatusEntry } from "../../components/status-table.ts";
import { Timestamp } from "../../components/timestamp.tsx";
import { visibleText } from "../../components/visible-text.ts";
import { WorkerId } from "../../components/worker-id.tsx";
import { backoffEnd } from "../../graph/backoff-end.ts";
import type { InstanceState } from "../../server/wire.ts";
import { formatDuration } from "../../time/format.ts";
import { firstLine } from "./first-line.ts";
import type { InstanceUrl, SetInstanceUrl } from "./instance-url.ts";
import { NodeLink } from "./node-link.tsx";

const PAGE = 200;

const OUTCOME: Readonly<Record<AttemptOutcome, StatusEntry>> = {
	failed: { look: "failed", word: "Failed" },
	timed_out: { look: "failed", word: "Timed out" },
	lost: { look: "failed", word: "Worker lost" },
	cancelled: { look: "cancelled", word: "Cancelled" },
};

interface AttemptsViewProps {
	readonly state: InstanceState;
	readonly url: InstanceUrl;
	setUrl: SetInstanceUrl;
}

/** Every attempt that did not succeed, whichever node it was of, newest first. */
export function AttemptsView({ state: { snapshot }, url, setUrl }: AttemptsViewProps) {
	const [limit, setLimit] = useState(PAGE);
	const rows = useMemo(
		() => [...snapshot.attempts].sort((a, b) => b.finishedAt - a.finishedAt || b.epoch - a.epoch),
		[snapshot.attempts],
	);
	const columns = [ENDED, nodeColumn(url, setUrl), ...MADE, nextColumn(snapshot.controlRequests), ...REST];
	if (rows.length === 0) return <p className="p-6 text-ink-muted text-sm">Every attempt so far has succeeded.</p>;
	return (
		<>
			<DataTable
				label="Attempts that did not succeed"
				inTab
				columns={columns}
				rows={rows.slice(0, limit)}
				rowKey={(row) => `${row.path} ${row.epoch}`}
			/>
			{rows.length > limit ? (
				<div className="flex justify-center py-4">
					<Button onClick={() => setLimit(limit + PAGE)}>Show {Math.min(PAGE, rows.length - limit)} more</Button>
				</div>
			) : null}
		</>
	);
}

const ENDED: Column<AttemptRecord> = {
	head: "Ended",
	inCard: "aside",
	className: "text-ink-muted",
	cell: ({ finishedAt }) => <Timestamp at={finishedAt} />,
};

const nodeColumn = (url: InstanceUrl, setUrl: SetInstanceUrl): Column<AttemptRecord> => ({
	head: "Node",
	inCard: "name",
	className: "min-w-40 font-mono text-xs",
	cell: ({ path, attempt }) => <NodeLink {...{ path, attempt, url, setUrl }} />,
});

const MADE: readonly Column<AttemptRecord>[] = [
	{ head: "Attempt", className: "text-ink-muted", cell: ({ attempt }) => attempt },
	{ head: "Outcome", cell: ({ outcome }) => <StatusText status={OUTCOME[outcome]} size={13} /> },
	{
		head: "Took",
		className: "whitespace-nowrap font-mono text-ink-muted text-xs",
		cell: ({ startedAt, finishedAt }) => formatDuration(finishedAt - startedAt),
	},
];

const nextColumn = (requests: readonly ControlRequestRecord[]): Column<AttemptRecord> => ({
	head: "Next",
	className: "whitespace-nowrap text-ink-muted text-xs",
	cell: (attempt) => {
		const { nextAttemptAt, finishedAt } = attempt;
		const nextAt = backoffEnd(attempt, requests);
		if (nextAt === null || nextAttemptAt === null) return "no further";
		if (nextAt === nextAttemptAt) return `after ${formatDuration(nextAttemptAt - finishedAt)}`;
		return (
			<>
				after {formatDuration(Math.max(nextAt - finishedAt, 0))}
				<span className="block">instead of {formatDuration(nextAttemptAt - finishedAt)}</span>
			</>
		);
	},
});

const REST: readonly Column<AttemptRecord>[] = [
	{
		head: "Worker",
		className: "whitespace-nowrap text-ink-muted",
		cell: ({ worker }) => <WorkerId id={worker} />,
	},
	{
		head: "Error",
		inCard: "line",
		className: "min-w-40 max-w-110 text-xs",
		cell: ({ error }) =>
			error === null ? null : (
				<span className="line-clamp-2 wrap-anywhere">
					<strong className="font-medium text-danger-ink">{visibleText(error.name)}</strong>{" "}
					<span className="text-ink-muted">{visibleText(firstLine(error.message))}</span>
				</span>
			),
	},
];
