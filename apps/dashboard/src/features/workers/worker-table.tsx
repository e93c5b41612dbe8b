"use client";

import { type Initial, useLiveQuery } from "../../api/use-live-query.ts";
import { Card } from "../../components/card.tsx";
import { DataTable, NoRows } from "../../components/data-table.tsx";
import { StaleNote } from "../../components/stale-note.tsx";
import { Timestamp } from "../../components/timestamp.tsx";
import { visibleText } from "../../components/visible-text.ts";
import { WorkerId } from "../../components/worker-id.tsx";
import type { Finding, WorkerList } from "../../server/wire.ts";
import { Page, PageHeader } from "../frame/page-header.tsx";
import { Doctor } from "../overview/health-cards.tsx";

const POLL_MS = 2_000;

/** Every worker that is known, living ones first. The dead are shown for an hour. */
export function WorkerTable({ initial }: { readonly initial: Initial<WorkerList> | null }) {
	const { data, isError, error, dataUpdatedAt } = useLiveQuery<WorkerList>("/api/workers", POLL_MS, initial);
	return (
		<Page>
			<PageHeader title="Workers">
				<StaleNote failing={isError} updatedAt={dataUpdatedAt} />
			</PageHeader>
			{data === undefined ? (
				<p role="status">{error?.message ?? "Loading…"}</p>
			) : (
				<>
					<Rows list={data} />
					<Card title="Doctor" className="mt-4">
						<Doctor findings={findingsOf(data)} />
					</Card>
				</>
			)}
		</Page>
	);
}

function Rows({ list: { workers, now } }: { readonly list: WorkerList }) {
	if (workers.length === 0) {
		return <NoRows>No worker is known. Start one: it registers itself, and appears here within seconds.</NoRows>;
	}
	const sorted = [...workers].sort((a, b) => Number(b.expiresAt >= now) - Number(a.expiresAt >= now));
	return (
		<DataTable
			label="Workers"
			heads={["State", "Name", "Worker", "Version", "Serves", "In use", "Heartbeat", "Started"]}
		>
			{sorted.map(({ workerId, name, slots, held, expiresAt, heartbeatAt, startedAt, profile }) => (
				<tr key={workerId} data-worker={workerId}>
					<td className={expiresAt >= now ? "" : "text-danger-ink"}>{expiresAt >= now ? "Alive" : "Silent"}</td>
					<td className="min-w-36 wrap-anywhere">
						{visibleText(name)}
						{profile === null ? null : (
							<span className="ml-2 text-ink-muted text-xs">
								{visibleText(profile.host)} · {profile.pid}
							</span>
						)}
					</td>
					<td>
						<WorkerId id={workerId} />
					</td>
					<td className="text-ink-muted">{profile?.version == null ? "–" : visibleText(profile.version)}</td>
					<td className="max-w-80 text-ink-muted text-xs">{servesWords(profile)}</td>
					<td className="whitespace-nowrap">
						{held} of {slots}
					</td>
					<td>
						<Timestamp at={heartbeatAt} as="relative" />
					</td>
					<td>
						<Timestamp at={startedAt} />
					</td>
				</tr>
			))}
		</DataTable>
	);
}

function findingsOf({ workers, unserved, now }: WorkerList): readonly Finding[] {
	if (!workers.some(({ expiresAt }) => expiresAt >= now)) return [{ kind: "no-worker" }];
	return unserved.map((work) => ({ kind: "unserved", work }));
}

function servesWords(profile: WorkerList["workers"][number]["profile"]): string {
	if (profile === null) return "not told";
	const { definitions, tags } = profile;
	const plans = definitions.length === 0 ? "what it was asked to run" : `${definitions.length} definitions`;
	return tags.length === 0 ? plans : `${plans}, tags ${tags.map(visibleText).join(", ")}`;
}
