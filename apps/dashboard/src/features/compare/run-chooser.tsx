"use client";

import { GitCompareArrows } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { useLiveQuery } from "../../api/use-live-query.ts";
import { Awaited } from "../../components/awaited.tsx";
import { Button } from "../../components/button.tsx";
import { buttonClass } from "../../components/button-class.ts";
import { type Column, DataTable, NoRows } from "../../components/data-table.tsx";
import { Field, INPUT_CLASS } from "../../components/field.tsx";
import { InstanceLink } from "../../components/instance-link.tsx";
import { StatusText } from "../../components/status.tsx";
import { Timestamp } from "../../components/timestamp.tsx";
import { visibleText } from "../../components/visible-text.ts";
import type { InstanceList, ListedRow } from "../../server/wire.ts";
import { formatDuration } from "../../time/format.ts";
import { Elapsed } from "../../time/live-text.tsx";
import { shownStatus } from "../instance-list/activity-words.ts";
import { comparePath } from "./compare-url.ts";

const POLL_MS = 5_000;
const SHOWN = 20;

interface RunChooserProps {
	/** The one that is chosen already. */
	readonly left: { readonly instanceId: string; readonly workflow: string; readonly status: string };
}

/** With which run of the same workflow? The last that completed comes first where this one failed. */
export function RunChooser({ left }: RunChooserProps) {
	const recent = useRuns(left.workflow, {});
	const completed = useRuns(left.workflow, { status: "completed" });
	const { data, error } = recent;
	if (data === undefined) return <Awaited what="The recent runs" error={error} onRetry={() => void recent.refetch()} />;
	const isOther = ({ instanceId }: ListedRow) => instanceId !== left.instanceId;
	const good = left.status === "failed" ? completed.data?.instances.find(isOther) : undefined;
	const rows = data.instances.filter((run) => isOther(run) && run.runId !== good?.runId);
	const all = good === undefined ? rows : [good, ...rows];
	return (
		<div className="flex flex-col gap-6">
			{all.length === 0 ? (
				<NoRows>There is no other run of {visibleText(left.workflow)} yet.</NoRows>
			) : (
				<DataTable
					label="Recent runs"
					columns={[STATUS, instanceColumn(good?.runId), ...TIMES, chooseColumn(left.instanceId, good?.runId)]}
					rows={all.slice(0, SHOWN)}
					rowKey={({ runId }) => runId}
					rowProps={({ instanceId, runId }) => ({
						"data-choice": instanceId,
						...(runId === good?.runId ? { "data-first-choice": "" } : {}),
					})}
				/>
			)}
			<ById left={left.instanceId} />
		</div>
	);
}

function useRuns(workflow: string, more: Readonly<Record<string, string>>) {
	// One more than is shown: the run itself may be among them.
	const query = new URLSearchParams({ workflow, limit: String(SHOWN + 1), ...more });
	return useLiveQuery<InstanceList>(`/api/instances?${query}`, POLL_MS, null);
}

const STATUS: Column<ListedRow> = {
	head: "Status",
	isHeadSilent: true,
	inCard: "aside",
	className: "w-40",
	cell: ({ status, activity, lost }) => <StatusText status={shownStatus(status, activity, lost)} />,
};

const instanceColumn = (first: string | undefined): Column<ListedRow> => ({
	head: "Instance",
	inCard: "name",
	className: "min-w-32 wrap-anywhere",
	cell: ({ instanceId, runId }) => (
		<>
			<InstanceLink id={instanceId} />
			{runId === first ? <span className="ml-2 text-ink-muted text-xs">the last that completed</span> : null}
		</>
	),
});

const TIMES: readonly Column<ListedRow>[] = [
	{ head: "Started", className: "text-ink-muted", cell: ({ createdAt }) => <Timestamp at={createdAt} /> },
	{
		head: "Duration",
		className: "w-28 whitespace-nowrap font-mono text-ink-muted text-xs",
		cell: ({ startedAt, createdAt, endedAt }) =>
			endedAt === null ? <Elapsed from={startedAt ?? createdAt} /> : formatDuration(endedAt - (startedAt ?? createdAt)),
	},
];

const chooseColumn = (left: string, first: string | undefined): Column<ListedRow> => ({
	head: "Compare",
	isHeadSilent: true,
	inCard: "line",
	className: "text-right",
	cell: ({ instanceId, runId }) => (
		<Link
			href={comparePath(left, instanceId)}
			prefetch={false}
			className={buttonClass(runId === first ? "primary" : "secondary", "sm")}
		>
			<GitCompareArrows aria-hidden size={13} /> Compare<span className="sr-only"> with {instanceId}</span>
		</Link>
	),
});

function ById({ left }: { readonly left: string }) {
	const router = useRouter();
	const [id, setId] = useState("");
	const submit = (event: FormEvent) => {
		event.preventDefault();
		if (id.trim() !== "") router.push(comparePath(left, id.trim()));
	};
	return (
		<form onSubmit={submit} className="max-w-120">
			<Field id="other-run" label="Or any other, by its id">
				<div className="flex gap-2">
					<input
						id="other-run"
						value={id}
						onChange={(event) => setId(event.target.value)}
						autoComplete="off"
						spellCheck={false}
						maxLength={200}
						className={`${INPUT_CLASS} font-mono`}
					/>
					<Button type="submit">Compare</Button>
				</div>
			</Field>
		</form>
	);
}
