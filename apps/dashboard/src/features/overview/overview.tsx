"use client";

import { CircleCheck, OctagonX, TriangleAlert } from "lucide-react";
import Link from "next/link";
import { parseAsStringLiteral, useQueryState } from "nuqs";
import { type Initial, useLiveQuery } from "../../api/use-live-query.ts";
import { Awaited } from "../../components/awaited.tsx";
import { Card } from "../../components/card.tsx";
import { StaleNote } from "../../components/stale-note.tsx";
import { WorkerNames } from "../../components/worker-names.ts";
import type { Overview as Data } from "../../server/wire.ts";
import { Page, PageHeader } from "../frame/page-header.tsx";
import { namesOf } from "../workers/names-of.ts";
import { AttentionQueue } from "./attention-queue.tsx";
import { type Headline, headlineOf } from "./headline.ts";
import { Doctor, StatusCounts, WorkerHealth } from "./health-cards.tsx";
import { RangeSwitch, Series } from "./series-card.tsx";

const POLL_MS = 3_000;
const RANGE = parseAsStringLiteral(["1h", "24h", "7d"] as const).withDefault("1h");

/** Within ten seconds: what is wrong, why, and what one can do. */
export function Overview({ initial }: { readonly initial: Initial<Data> | null }) {
	const [range, setRange] = useQueryState("range", RANGE);
	const { data, error, isError, dataUpdatedAt, refetch } = useLiveQuery<Data>(
		`/api/overview?range=${range}`,
		POLL_MS,
		initial,
	);
	return (
		<Page>
			<PageHeader title="Overview">
				<StaleNote failing={isError} updatedAt={dataUpdatedAt} />
			</PageHeader>
			{data === undefined ? (
				<Awaited what="The overview" error={error} onRetry={() => void refetch()} />
			) : (
				<WorkerNames value={namesOf(data.workers)}>
					<div className="grid gap-4 lg:grid-cols-[minmax(0,2fr)_minmax(280px,1fr)]">
						<div className="lg:col-span-2">
							<HeadlineCard headline={headlineOf(data)} />
						</div>
						<div className="flex min-w-0 flex-col gap-4">
							<Card title="Needs attention">
								<AttentionQueue attention={data.attention} now={data.now} />
							</Card>
							<Card title="Ended" aside={<RangeSwitch range={range} onChange={(next) => void setRange(next)} />}>
								<Series ended={data.ended} />
							</Card>
						</div>
						<div className="flex min-w-0 flex-col gap-4">
							<Card title="Instances by status">
								<StatusCounts counts={data.counts} />
							</Card>
							<Card title="Workers">
								<WorkerHealth workers={data.workers} now={data.now} />
							</Card>
							<Card title="Doctor">
								<Doctor findings={data.findings} />
							</Card>
						</div>
					</div>
				</WorkerNames>
			)}
		</Page>
	);
}

const LOOKS = {
	bad: { Icon: OctagonX, box: "border-danger-line bg-danger-soft text-danger-ink" },
	warn: { Icon: TriangleAlert, box: "border-amber-line bg-amber-soft text-amber-ink" },
	good: { Icon: CircleCheck, box: "border-line bg-raised" },
} as const;

function HeadlineCard({ headline: { tone, words, way, href } }: { readonly headline: Headline }) {
	const { Icon, box } = LOOKS[tone];
	return (
		<div role="status" className={`flex gap-3 rounded-card border px-4 py-3 ${box}`}>
			<Icon
				aria-hidden
				size={20}
				className={`mt-0.5 shrink-0 ${tone === "good" ? "text-(--status-completed-solid)" : ""}`}
			/>
			<p className="min-w-0 break-words">
				<span className="font-semibold text-lg">
					{href === null ? (
						words
					) : (
						<Link href={href} prefetch={false} className="underline decoration-1 underline-offset-4">
							{words}
						</Link>
					)}
				</span>
				{way === null ? "" : <span className="ml-2 text-sm">{way}</span>}
			</p>
		</div>
	);
}
