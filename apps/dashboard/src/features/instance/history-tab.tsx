"use client";

import { useMemo, useState } from "react";
import { Button } from "../../components/button.tsx";
import { DataTable } from "../../components/data-table.tsx";
import { StatusText } from "../../components/status.tsx";
import type { StatusEntry } from "../../components/status-table.ts";
import { Timestamp } from "../../components/timestamp.tsx";
import { visibleText } from "../../components/visible-text.ts";
import { WorkerId } from "../../components/worker-id.tsx";
import type { InstanceState } from "../../server/wire.ts";
import { formatDuration } from "../../time/format.ts";
import { type HistoryRow, historyRows } from "./history-rows.ts";

const PAGE = 200;

const WHAT: Readonly<Record<HistoryRow["what"], StatusEntry>> = {
	completed: { look: "completed", word: "Completed" },
	failed: { look: "failed", word: "Attempt failed" },
	timed_out: { look: "failed", word: "Timed out" },
	lost: { look: "failed", word: "Worker lost" },
	cancelled: { look: "cancelled", word: "Cancelled" },
	signal: { look: "awaiting-signal", word: "Signal" },
};

interface HistoryTabProps {
	readonly state: InstanceState;
	onSelect(key: string): void;
}

export function HistoryTab({ state, onSelect }: HistoryTabProps) {
	const [limit, setLimit] = useState(PAGE);
	const rows = useMemo(() => historyRows(state.snapshot), [state.snapshot]);
	if (rows.length === 0) return <p className="p-6 text-ink-muted text-sm">Nothing has been recorded yet.</p>;
	return (
		<>
			<DataTable label="History" inTab heads={["Time", "What", "Node", "Attempt", "Took", "Worker", "Detail"]}>
				{rows.slice(0, limit).map((row) => (
					<tr key={row.id}>
						<td className="text-ink-muted">
							<Timestamp at={row.at} />
						</td>
						<td>
							<StatusText status={WHAT[row.what]} size={13} />
						</td>
						<td className="min-w-52 font-mono text-xs">
							<NodeLink row={row} onSelect={onSelect} />
						</td>
						<td className="text-ink-muted">{row.attempt ?? ""}</td>
						<td className="whitespace-nowrap font-mono text-ink-muted text-xs">
							{row.tookMs === null ? "" : formatDuration(row.tookMs)}
						</td>
						<td className="whitespace-nowrap text-ink-muted">
							{row.worker === null ? null : <WorkerId id={row.worker} />}
						</td>
						<td className="min-w-52 max-w-110 text-ink-muted text-xs">
							<span className="line-clamp-2 break-words">{visibleText(row.detail ?? "")}</span>
						</td>
					</tr>
				))}
			</DataTable>
			{rows.length > limit ? (
				<div className="flex justify-center py-4">
					<Button onClick={() => setLimit(limit + PAGE)}>Show {Math.min(PAGE, rows.length - limit)} more</Button>
				</div>
			) : null}
		</>
	);
}

function NodeLink({ row, onSelect }: { readonly row: HistoryRow; onSelect(key: string): void }) {
	const { key, path } = row;
	if (key === null) return <span className="break-all">{visibleText(path)}</span>;
	return (
		<button type="button" className="break-words text-left text-link hover:underline" onClick={() => onSelect(key)}>
			{visibleText(path)}
		</button>
	);
}
