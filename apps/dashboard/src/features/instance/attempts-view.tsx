"use client";

import type { AttemptOutcome, AttemptRecord } from "@waymark/engine/backend";
import { definitionPath } from "@waymark/engine/graph";
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
import { firstLine } from "./first-line.ts";

const PAGE = 200;

const OUTCOME: Readonly<Record<AttemptOutcome, StatusEntry>> = {
	failed: { look: "failed", word: "Failed" },
	timed_out: { look: "failed", word: "Timed out" },
	lost: { look: "failed", word: "Worker lost" },
	cancelled: { look: "cancelled", word: "Cancelled" },
};

interface AttemptsViewProps {
	readonly state: InstanceState;
	onSelect(key: string, attempt: AttemptRecord): void;
}

/** Every attempt that did not succeed, whichever node it was of, newest first. */
export function AttemptsView({ state: { snapshot }, onSelect }: AttemptsViewProps) {
	const [limit, setLimit] = useState(PAGE);
	const rows = useMemo(
		() => [...snapshot.attempts].sort((a, b) => b.finishedAt - a.finishedAt || b.epoch - a.epoch),
		[snapshot.attempts],
	);
	if (rows.length === 0) return <p className="p-6 text-ink-muted text-sm">Every attempt so far has succeeded.</p>;
	return (
		<>
			<DataTable
				label="Attempts that did not succeed"
				inTab
				heads={["Ended", "Node", "Attempt", "Outcome", "Took", "Next", "Worker", "Error"]}
			>
				{rows.slice(0, limit).map((row) => (
					<tr key={`${row.path} ${row.epoch}`}>
						<td className="text-ink-muted">
							<Timestamp at={row.finishedAt} />
						</td>
						<td className="min-w-44 font-mono text-xs">
							<button
								type="button"
								className="break-words text-left text-link hover:underline"
								onClick={() => onSelect(definitionPath(row.path).replace(/\.key$/, ""), row)}
							>
								{visibleText(row.path)}
							</button>
						</td>
						<td className="text-ink-muted">{row.attempt}</td>
						<td>
							<StatusText status={OUTCOME[row.outcome]} size={13} />
						</td>
						<td className="whitespace-nowrap font-mono text-ink-muted text-xs">
							{formatDuration(row.finishedAt - row.startedAt)}
						</td>
						<td className="whitespace-nowrap text-ink-muted text-xs">
							{row.nextAttemptAt === null
								? "no further"
								: `after ${formatDuration(row.nextAttemptAt - row.finishedAt)}`}
						</td>
						<td className="whitespace-nowrap text-ink-muted">
							<WorkerId id={row.worker} />
						</td>
						<td className="min-w-52 max-w-110 text-xs">
							{row.error === null ? null : (
								<span className="line-clamp-2 break-words">
									<strong className="font-medium text-danger-ink">{visibleText(row.error.name)}</strong>{" "}
									<span className="text-ink-muted">{visibleText(firstLine(row.error.message))}</span>
								</span>
							)}
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
