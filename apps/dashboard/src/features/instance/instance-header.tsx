"use client";

import Link from "next/link";
import { Breadcrumb } from "../../components/breadcrumb.tsx";
import { CopyButton } from "../../components/copy-button.tsx";
import { MiddleTruncate, middleTruncate } from "../../components/middle-truncate.tsx";
import { ProgressBar } from "../../components/progress-bar.tsx";
import { StatusBadge } from "../../components/status.tsx";
import type { StatusLook } from "../../components/status-table.ts";
import { Timestamp } from "../../components/timestamp.tsx";
import { visibleText } from "../../components/visible-text.ts";
import { countStates } from "../../graph/interesting.ts";
import type { ActionKind, InstanceState } from "../../server/wire.ts";
import { formatDuration } from "../../time/format.ts";
import { Elapsed } from "../../time/live-text.tsx";
import { AccessChips } from "../access/access-chips.tsx";
import { useNodeViews } from "../graph/use-node-views.ts";
import type { Connection } from "../live/connection.ts";
import { ConnectionPill } from "../live/connection-pill.tsx";
import { useSilentWorkers } from "../workers/service.tsx";
import { ActionBar, type OpenAction } from "./action-bar.tsx";
import { insideWords, shownStatusOf } from "./status-line.ts";
import { attemptCount } from "./trouble.ts";
import type { Actions } from "./use-actions.ts";

interface InstanceHeaderProps {
	readonly state: InstanceState;
	readonly connection: Connection;
	readonly actions: Actions;
	/** One line instead of two: what is below has been scrolled. */
	readonly isCondensed: boolean;
	readonly openAction: OpenAction | null;
	onOpenAction(action: OpenAction | null): void;
	onPauseUpdates(paused: boolean): void;
}

export function InstanceHeader(props: InstanceHeaderProps) {
	const { state, connection, actions, isCondensed, openAction, onOpenAction, onPauseUpdates } = props;
	const { instance } = state.snapshot;
	const failed = countStates(useNodeViews(state)).get("failed") ?? 0;
	return (
		<header data-condensed={isCondensed || undefined} className="max-sm:contents">
			<div className="flex h-12 shrink-0 items-center gap-2 border-line border-b bg-page px-4 max-sm:sticky max-sm:top-0 max-sm:z-20 sm:px-6">
				<Breadcrumb
					crumbs={[
						{ label: "Instances", href: "/instances" },
						{
							label: visibleText(instance.workflow),
							href: `/instances?workflow=${encodeURIComponent(instance.workflow)}`,
							wideOnly: true,
						},
						{ label: middleTruncate(visibleText(instance.instanceId), 40), href: null, mono: true },
					]}
				/>
				<ConnectionPill connection={connection} onPause={onPauseUpdates} />
				<AccessChips isTight />
			</div>
			<div
				className={`flex flex-wrap items-center gap-x-6 gap-y-1.5 px-4 sm:px-6 ${isCondensed ? "py-2" : "pt-3 pb-3"}`}
			>
				<div className="flex min-w-0 flex-1 flex-wrap items-center gap-x-3 gap-y-1.5 max-sm:basis-40">
					<div className="flex min-w-0 items-center gap-1">
						<h1 className="min-w-0 break-all font-semibold text-lg">{visibleText(instance.instanceId)}</h1>
						<CopyButton text={instance.instanceId} label="Copy instance id" />
					</div>
					<StatusLine state={state} sending={actions.sending} failed={failed} />
				</div>
				<ActionBar
					state={state}
					actions={actions}
					isGone={connection.kind === "gone"}
					open={openAction}
					onOpen={onOpenAction}
				/>
				{isCondensed ? null : <Facts state={state} />}
			</div>
		</header>
	);
}

const SENDING: Readonly<Record<ActionKind, string>> = {
	pause: "Pausing…",
	unpause: "Unpausing…",
	cancel: "Cancelling…",
	retry: "Retrying…",
};

interface StatusLineProps {
	readonly state: InstanceState;
	readonly sending: ActionKind | null;
	readonly failed: number;
}

/** The status as the engine has it; a request on its way stands beside it and never instead of it. */
function StatusLine({ state, sending, failed }: StatusLineProps) {
	const { instance } = state.snapshot;
	const silent = useSilentWorkers();
	const shown = shownStatusOf(state.snapshot, silent);
	const pending =
		sending !== null
			? SENDING[sending]
			: instance.control === "pausing"
				? SENDING.pause
				: instance.control === "cancelling"
					? SENDING.cancel
					: null;
	return (
		<p data-testid="instance-status" className="flex flex-wrap items-center gap-2 text-sm">
			<span key={shown.word} className="flash-once rounded-full">
				<StatusBadge status={shown} />
			</span>
			{pending === null ? null : (
				<span className="inline-flex h-6 items-center rounded-full border border-line px-2 text-ink-muted text-xs">
					{pending}
				</span>
			)}
			{insideWords(state.snapshot, failed, silent).map(({ words, look }) => (
				<span key={words} className="text-ink-muted">
					<span aria-hidden className="mr-2 text-ink-faint">
						·
					</span>
					{look === null ? (
						words
					) : (
						<Link href={filteredHref(instance.instanceId, look)} className="hover:text-ink hover:underline">
							{words}
						</Link>
					)}
				</span>
			))}
		</p>
	);
}

/** The nodes in that state, as rows: a graph of thousands would only dim the others. */
function filteredHref(instanceId: string, look: StatusLook): string {
	return `/instances/${encodeURIComponent(instanceId)}?view=graph&as=outline&states=${look}`;
}

function Facts({ state: { snapshot } }: { readonly state: InstanceState }) {
	const { instance } = snapshot;
	const from = instance.startedAt ?? instance.createdAt;
	const { retries } = attemptCount(snapshot, null);
	const { look } = shownStatusOf(snapshot, useSilentWorkers());
	return (
		<div className="flex basis-full flex-wrap items-center gap-x-4 gap-y-1 text-ink-muted text-sm">
			<MiddleTruncate text={instance.workflow} max={60} className="text-ink" />
			<span title={`Definition ${instance.definitionHash}`} className="font-mono text-xs">
				{instance.definitionHash.slice(0, 8)}
			</span>
			{instance.generation > 1 ? <span>start {instance.generation} of this id</span> : null}
			<span>
				{instance.startedAt === null ? "Created " : "Started "}
				<Timestamp at={from} /> (<Timestamp at={from} as="relative" />)
			</span>
			<span>
				{instance.endedAt === null ? (
					<>
						for{" "}
						<span data-testid="instance-elapsed">
							<Elapsed from={from} className="font-mono text-ink text-xs" />
						</span>
					</>
				) : (
					<>
						took <span className="font-mono text-ink text-xs">{formatDuration(instance.endedAt - from)}</span>
						{retries === 0 ? "" : `, with ${retries === 1 ? "1 retry" : `${retries} retries`} and what lay between`}
					</>
				)}
			</span>
			<ProgressBar {...instance.progress} look={look} />
			{Object.entries(instance.labels).map(([name, value]) => (
				<span key={name} className="max-w-full rounded border border-line px-1.5 text-xs wrap-anywhere">
					<MiddleTruncate text={`${name}=${value}`} max={60} />
				</span>
			))}
		</div>
	);
}
