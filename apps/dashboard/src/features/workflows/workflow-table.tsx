"use client";

import Link from "next/link";
import { type Initial, useLiveQuery } from "../../api/use-live-query.ts";
import { DataTable, NoRows } from "../../components/data-table.tsx";
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
	const { data, error } = useLiveQuery<Data>(PATH, POLL_MS, initial);
	return (
		<Page>
			<PageHeader title="Workflows" note="figures from the newest 100 instances of each" />
			{data === undefined ? <p role="status">{error?.message ?? "Loading…"}</p> : <Rows workflows={data.workflows} />}
		</Page>
	);
}

function Rows({ workflows }: Data) {
	if (workflows.length === 0) return <NoRows>No workflow has been started here yet.</NoRows>;
	return (
		<DataTable
			label="Workflows"
			heads={["Workflow", "Versions", "Live", "Completed", "Failed", "Share failed", "p50", "p95", "Last started"]}
		>
			{workflows.map(({ workflow, versions, byStatus, p50, p95, lastStartedAt }) => (
				<tr key={workflow} data-workflow={workflow}>
					<td className="min-w-32 max-w-80 break-words">
						<Link
							href={`/workflows/${encodeURIComponent(workflow)}`}
							prefetch={false}
							className="font-medium text-link hover:underline"
						>
							{visibleText(workflow)}
						</Link>
					</td>
					<td>{versions}</td>
					<td>{liveCount(byStatus)}</td>
					<td>{byStatus.completed}</td>
					<td className={byStatus.failed > 0 ? "text-danger-ink" : ""}>{byStatus.failed}</td>
					<td>{shareWords(failureShare(byStatus))}</td>
					<td className="whitespace-nowrap font-mono text-xs">{p50 === null ? "–" : formatDuration(p50)}</td>
					<td className="whitespace-nowrap font-mono text-xs">{p95 === null ? "–" : formatDuration(p95)}</td>
					<td className="text-ink-muted">
						{lastStartedAt === null ? "–" : <Timestamp at={lastStartedAt} as="relative" />}
					</td>
				</tr>
			))}
		</DataTable>
	);
}
