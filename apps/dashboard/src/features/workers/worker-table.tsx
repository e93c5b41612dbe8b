"use client";

import { useQueryState } from "nuqs";
import { type Initial, useLiveQuery } from "../../api/use-live-query.ts";
import { Awaited } from "../../components/awaited.tsx";
import { Card } from "../../components/card.tsx";
import { type Column, DataTable, NoRows } from "../../components/data-table.tsx";
import { StaleNote } from "../../components/stale-note.tsx";
import { Timestamp } from "../../components/timestamp.tsx";
import { visibleText } from "../../components/visible-text.ts";
import { WorkerId } from "../../components/worker-id.tsx";
import type { WorkerList } from "../../server/wire.ts";
import { Page, PageHeader } from "../frame/page-header.tsx";
import { Doctor } from "../overview/health-cards.tsx";

const POLL_MS = 2_000;

/** Every worker that is known, living ones first. The dead are shown for an hour. */
export function WorkerTable({ initial }: { readonly initial: Initial<WorkerList> | null }) {
	const { data, isError, error, dataUpdatedAt, refetch } = useLiveQuery<WorkerList>("/api/workers", POLL_MS, initial);
	return (
		<Page>
			<PageHeader title="Workers">
				<StaleNote failing={isError} updatedAt={dataUpdatedAt} />
			</PageHeader>
			{data === undefined ? (
				<Awaited what="The list of workers" error={error} onRetry={() => void refetch()} />
			) : (
				<>
					<Rows list={data} />
					<Card title="Doctor" className="mt-4">
						<Doctor findings={data.findings} />
					</Card>
				</>
			)}
		</Page>
	);
}

function Rows({ list: { workers, now } }: { readonly list: WorkerList }) {
	const [chosen] = useQueryState("worker");
	if (workers.length === 0) {
		return <NoRows>No worker is known. Start one: it registers itself, and appears here within seconds.</NoRows>;
	}
	const sorted = [...workers].sort((a, b) => Number(b.expiresAt >= now) - Number(a.expiresAt >= now));
	return (
		<DataTable
			label="Workers"
			columns={[STATE(now), ...COLUMNS]}
			rows={sorted}
			rowKey={({ workerId }) => workerId}
			rowProps={({ workerId }) => ({ "data-worker": workerId })}
			isCurrent={({ workerId }) => workerId === chosen}
		/>
	);
}

type Worker = WorkerList["workers"][number];

const STATE = (now: number): Column<Worker> => ({
	head: "State",
	inCard: "aside",
	cell: ({ expiresAt }) => (expiresAt >= now ? "Alive" : <span className="font-medium text-danger-ink">Silent</span>),
});

const COLUMNS: readonly Column<Worker>[] = [
	{
		head: "Name",
		inCard: "name",
		className: "min-w-36 wrap-anywhere",
		cell: ({ name, profile }) => (
			<>
				{visibleText(name)}
				{profile === null ? null : (
					<span className="ml-2 text-ink-muted text-xs">
						{visibleText(profile.host)} · {profile.pid}
					</span>
				)}
			</>
		),
	},
	{ head: "Worker", cell: ({ workerId }) => <WorkerId id={workerId} /> },
	{
		head: "Version",
		className: "text-ink-muted",
		cell: ({ profile }) => (profile?.version == null ? "–" : visibleText(profile.version)),
	},
	{ head: "Serves", className: "max-w-80 text-ink-muted text-xs", cell: ({ profile }) => servesWords(profile) },
	{ head: "In use", className: "whitespace-nowrap", cell: ({ held, slots }) => `${held} of ${slots}` },
	{ head: "Heartbeat", cell: ({ heartbeatAt }) => <Timestamp at={heartbeatAt} as="relative" /> },
	{ head: "Started", cell: ({ startedAt }) => <Timestamp at={startedAt} /> },
];

function servesWords(profile: Worker["profile"]): string {
	if (profile === null) return "not told";
	const { definitions, tags } = profile;
	const plans = definitions.length === 0 ? "what it was asked to run" : `${definitions.length} definitions`;
	return tags.length === 0 ? plans : `${plans}, tags ${tags.map(visibleText).join(", ")}`;
}
