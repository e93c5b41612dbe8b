"use client";

import dynamic from "next/dynamic";
import Link from "next/link";
import { parseAsString, useQueryState } from "nuqs";
import { useState } from "react";
import { getJson } from "../../api/fetch-json.ts";
import { type Initial, useLiveQuery } from "../../api/use-live-query.ts";
import { Awaited } from "../../components/awaited.tsx";
import { Button } from "../../components/button.tsx";
import { type Column, DataTable, NoRows } from "../../components/data-table.tsx";
import { InstanceLink, instanceHref } from "../../components/instance-link.tsx";
import { StaleNote } from "../../components/stale-note.tsx";
import { StatusText } from "../../components/status.tsx";
import { instanceStatus } from "../../components/status-table.ts";
import { visibleText } from "../../components/visible-text.ts";
import type { WaitList } from "../../server/wire.ts";
import { formatAtMost } from "../../time/format.ts";
import { Countdown, Elapsed } from "../../time/live-text.tsx";
import { useDenial } from "../access/access-provider.tsx";
import { Page, PageHeader } from "../frame/page-header.tsx";
import { groupWaits, type WaitGroup } from "./wait-groups.ts";

const InboxDialog = dynamic(async () => (await import("./inbox-dialog.tsx")).InboxDialog, { ssr: false });

const POLL_MS = 3_000;

type Wait = WaitList["waits"][number];

/** Everything that waits for a message from outside, oldest instance first, and the place to send it. */
export function SignalInbox({ initial }: { readonly initial: Initial<WaitList> | null }) {
	const [signal, setSignal] = useQueryState("signal", parseAsString.withOptions({ history: "push" }));
	const path = signal === null ? "/api/signals" : `/api/signals?signal=${encodeURIComponent(signal)}`;
	const { data, isError, error, dataUpdatedAt, refetch } = useLiveQuery<WaitList>(path, POLL_MS, initial);
	const [older, setOlder] = useState<readonly Wait[]>([]);
	const [next, setNext] = useState<string | null>(null);
	const [asked, setAsked] = useState<WaitGroup | null>(null);
	const cursor = older.length === 0 ? (data?.nextCursor ?? null) : next;
	const more = async () => {
		if (cursor === null) return;
		const page = await getJson<WaitList>(
			`${path}${path.includes("?") ? "&" : "?"}cursor=${encodeURIComponent(cursor)}`,
		);
		setOlder([...older, ...page.waits]);
		setNext(page.nextCursor);
	};
	const choose = (name: string | null) => {
		setOlder([]);
		void setSignal(name);
	};
	return (
		<Page>
			<PageHeader title="Signals" note="what waits for a message from outside">
				<StaleNote failing={isError} updatedAt={dataUpdatedAt} />
			</PageHeader>
			{data === undefined ? (
				<Awaited what="The list of waits" error={error} onRetry={() => void refetch()} />
			) : (
				<>
					<fieldset aria-label="Filter by signal" className="mb-4 flex flex-wrap gap-1.5">
						{data.names.map((name) => (
							<button
								key={name.signal}
								type="button"
								aria-pressed={signal === name.signal}
								onClick={() => choose(signal === name.signal ? null : name.signal)}
								className="inline-flex h-7 max-w-full items-center gap-1.5 rounded-full border border-line bg-raised px-2.5 text-xs hover:bg-hover aria-pressed:border-ink-faint aria-pressed:bg-pressed"
							>
								<span className="truncate font-mono">{visibleText(name.signal)}</span>
								<span className="text-ink-muted">{formatAtMost(name.waits)}</span>
							</button>
						))}
					</fieldset>
					<Waits waits={[...data.waits, ...older]} filtered={signal !== null} onSend={setAsked} />
					{cursor === null ? null : (
						<div className="mt-4 flex justify-center">
							<Button onClick={() => void more()}>Load more</Button>
						</div>
					)}
				</>
			)}
			{asked === null ? null : (
				<InboxDialog
					instanceId={asked.instanceId}
					signal={asked.signal}
					onClose={() => setAsked(null)}
					onSent={() => void refetch()}
				/>
			)}
		</Page>
	);
}

interface WaitsProps {
	readonly waits: readonly Wait[];
	readonly filtered: boolean;
	onSend(group: WaitGroup): void;
}

function Waits({ waits, filtered, onSend }: WaitsProps) {
	const denial = useDenial("signal");
	if (waits.length === 0) {
		return <NoRows>{filtered ? "Nothing waits for that signal now." : "Nothing waits for a signal now."}</NoRows>;
	}
	return (
		<DataTable
			label="Open waits"
			columns={[...COLUMNS, sendColumn(onSend, denial)]}
			rows={groupWaits(waits)}
			rowKey={({ runId, signal }) => `${runId} ${signal}`}
			rowProps={({ instanceId }) => ({ "data-wait": instanceId })}
		/>
	);
}

const COLUMNS: readonly Column<WaitGroup>[] = [
	{
		head: "Signal",
		inCard: "name",
		className: "font-medium font-mono text-xs",
		cell: ({ signal }) => visibleText(signal),
	},
	{
		head: "Instance",
		className: "min-w-24 wrap-anywhere",
		cell: ({ instanceId }) => <InstanceLink id={instanceId} />,
	},
	{ head: "Workflow", cell: ({ workflow }) => visibleText(workflow) },
	{
		head: "Node",
		inCard: "line",
		className: "min-w-36 wrap-anywhere font-mono text-xs",
		cell: ({ waits }) => <WaitingNodes waits={waits} />,
	},
	{
		head: "Waits for",
		className: "whitespace-nowrap font-mono text-xs",
		cell: ({ since }) => <Elapsed from={since} />,
	},
	{
		head: "Times out in",
		className: "whitespace-nowrap font-mono text-xs",
		cell: ({ timeoutAt }) =>
			timeoutAt === null ? <span className="text-ink-muted">never</span> : <Countdown to={timeoutAt} />,
	},
	{ head: "Status", cell: ({ status }) => <StatusText status={instanceStatus(status)} /> },
];

const sendColumn = (onSend: (group: WaitGroup) => void, denial: string | null): Column<WaitGroup> => ({
	head: "Send",
	isHeadSilent: true,
	inCard: "aside",
	className: "text-right",
	cell: (group) => (
		<Button
			size="sm"
			unavailable={denial}
			aria-label={`Send ${visibleText(group.signal)} to ${visibleText(group.instanceId)}`}
			onClick={() => onSend(group)}
		>
			Send…
		</Button>
	),
});

/** Nodes that a row names before somebody asks for the rest. */
const NAMED = 3;

function WaitingNodes({ waits }: { readonly waits: readonly Wait[] }) {
	const [isWhole, setWhole] = useState(false);
	// "and 1 more" takes the room of the one.
	const shown = isWhole || waits.length === NAMED + 1 ? waits.length : NAMED;
	const hidden = waits.length - shown;
	return (
		<ul className={waits.length > 1 ? "flex flex-col gap-0.5 py-1.5" : ""}>
			{waits.slice(0, shown).map(({ instanceId, path }) => (
				<li key={path}>
					<Link href={instanceHref(instanceId, path)} prefetch={false} className="text-link hover:underline">
						{visibleText(path)}
					</Link>
				</li>
			))}
			{hidden > 0 ? (
				<li>
					<button
						type="button"
						onClick={() => setWhole(true)}
						className="min-h-6 font-sans text-ink-muted hover:text-ink hover:underline"
					>
						and {hidden} more
					</button>
				</li>
			) : null}
		</ul>
	);
}
