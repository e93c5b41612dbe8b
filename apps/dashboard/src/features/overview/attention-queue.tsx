import type { RetryingNode } from "@waymark/engine/backend";
import { definitionPath } from "@waymark/engine/graph";
import { ChevronRight } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { InstanceLink, instanceHref } from "../../components/instance-link.tsx";
import { MiddleTruncate } from "../../components/middle-truncate.tsx";
import { StatusText } from "../../components/status.tsx";
import type { StatusEntry } from "../../components/status-table.ts";
import { Timestamp } from "../../components/timestamp.tsx";
import { visibleText } from "../../components/visible-text.ts";
import { WorkerId } from "../../components/worker-id.tsx";
import type { FailureGroup, Hold, Overview } from "../../server/wire.ts";
import { formatAtMost, formatCountdown } from "../../time/format.ts";
import { LiveText } from "../../time/live-text.tsx";
import { listHref, NO_FILTERS } from "../instance-list/list-filters.ts";
import { groupByInstance } from "./group-by-instance.ts";
import { type HoldPart, holdWords } from "./hold-words.ts";

const HOUR_MS = 3_600_000;

const FAILED: StatusEntry = { look: "failed", word: "Failed" };
const STUCK: StatusEntry = { look: "paused", word: "Stuck" };
const RETRYING: StatusEntry = { look: "retrying", word: "Retrying" };
const WAITING: StatusEntry = { look: "awaiting-signal", word: "Waits long" };

/** What a worker may take a while to take up, and what was asked for may take a while to take effect. */
const PATIENCE_MS = 60_000;

/** What may need a person: what is wrong, why, and where to do something about it. Worst first. */
export function AttentionQueue({
	attention,
	now,
}: {
	readonly attention: Overview["attention"];
	readonly now: number;
}) {
	const stalled = attention.stalled.filter(({ hold, since }) => {
		const mayTakeAWhile = hold.kind === "unclaimed" || hold.kind === "control";
		return !mayTakeAWhile || now - since > PATIENCE_MS;
	});
	const waiting = attention.waiting.filter(({ since }) => now - since >= HOUR_MS);
	const { failures, failuresCut, retrying, retryingCount } = attention;
	if (failures.length + stalled.length + retrying.length + waiting.length === 0) {
		return <p className="px-4 py-8 text-center text-ink-muted text-sm">Nothing needs you.</p>;
	}
	return (
		<ul className="divide-y divide-line">
			{failures.map((group) => (
				<Failures key={group.newest.runId} group={group} mayBeMore={failuresCut} />
			))}
			{stalled.map(({ instance, hold, since }) => (
				<Item
					key={instance.runId}
					status={STUCK}
					id={instance.instanceId}
					node={nodeOf(hold)}
					at={since}
					workflow={instance.workflow}
					isWhole
				>
					<HoldSentence parts={holdWords(hold, instance)} />
				</Item>
			))}
			{groupByInstance(retrying).map(([first, ...others]) => (
				<Item
					key={first.runId}
					status={RETRYING}
					id={first.instanceId}
					node={first.path}
					at={null}
					workflow={first.workflow}
					below={others.length === 0 ? null : <OtherNodes nodes={others} />}
				>
					<NextAttempt node={first} />
				</Item>
			))}
			{waiting.map(({ instanceId, runId, workflow, path, signal, since }) => (
				<Item key={`${runId} ${path}`} status={WAITING} id={instanceId} node={path} at={since} workflow={workflow}>
					for <span className="font-mono text-ink text-xs">{visibleText(signal)}</span>
				</Item>
			))}
			<li className="flex flex-wrap gap-x-4 gap-y-1 px-4 py-2.5 text-sm">
				<All href="/instances?status=failed">All failures</All>
				{retryingCount === 0 ? null : <All href="/instances?retries=now">{formatAtMost(retryingCount)} retrying</All>}
				<All href="/signals">All waits</All>
			</li>
		</ul>
	);
}

function nodeOf(hold: Hold): string | null {
	switch (hold.kind) {
		case "orphan":
			return null;
		case "lost":
			return hold.lost.path;
		case "unserved":
		case "unclaimed":
		case "control":
			return hold.path;
	}
}

function HoldSentence({ parts }: { readonly parts: readonly HoldPart[] }) {
	return parts.map((part) => {
		if (typeof part === "string") return part;
		if ("worker" in part) return <WorkerId key={part.worker} id={part.worker} />;
		return <MiddleTruncate key={part.node} text={part.node} max={60} className="font-mono text-ink text-xs" />;
	});
}

interface FailuresProps {
	readonly group: FailureGroup;
	/** Older failures were not looked at. */
	readonly mayBeMore: boolean;
}

/** One failure, or all that are alike, which the list then shows. */
function Failures({ group: { newest, count }, mayBeMore }: FailuresProps) {
	const { error, failedPath, instanceId, workflow, endedAt } = newest;
	const told = (
		<span className="text-danger-ink">
			{visibleText(error === null ? "no error was kept" : `${error.name}: ${firstLine(error.message)}`)}
		</span>
	);
	if (count === 1) {
		return (
			<Item status={FAILED} id={instanceId} node={failedPath} at={endedAt} workflow={workflow}>
				{told}
			</Item>
		);
	}
	const all = listHref({ ...NO_FILTERS, status: ["failed"], workflow: [workflow], error: error?.name ?? null });
	return (
		<Item
			status={FAILED}
			id={instanceId}
			node={failedPath}
			at={endedAt}
			workflow={workflow}
			above={
				<Link href={all} prefetch={false} className="font-medium text-link hover:underline">
					{count}
					{mayBeMore ? "+" : ""} × {visibleText(error?.name ?? "Failed")}
					{failedPath === null ? null : (
						<>
							{" "}
							in <span className="font-mono text-xs">{visibleText(definitionPath(failedPath))}</span>
						</>
					)}
				</Link>
			}
		>
			{told}
		</Item>
	);
}

interface ItemProps {
	readonly status: StatusEntry;
	readonly id: string;
	readonly node: string | null;
	readonly at: number | null;
	readonly workflow: string;
	/** What is said of it is not cut. */
	readonly isWhole?: boolean;
	/** Over the line, which then is an example of it. */
	readonly above?: ReactNode;
	/** Under the line, not cut to it. */
	readonly below?: ReactNode;
	readonly children: ReactNode;
}

function Item(props: ItemProps) {
	const { status, id, node, at, workflow, isWhole = false, above = null, below = null, children } = props;
	return (
		<li className="grid grid-cols-[8.5rem_1fr_auto] items-baseline gap-x-3 gap-y-0.5 px-4 py-2 text-sm max-sm:grid-cols-[1fr_auto]">
			<StatusText status={status} />
			<div className="min-w-0 max-sm:order-3 max-sm:col-span-2">
				{above === null ? null : <p className="wrap-anywhere">{above}</p>}
				{above === null ? null : <span className="text-ink-muted text-xs">the last one </span>}
				<InstanceLink id={id} node={node} />
				<MiddleTruncate text={workflow} max={48} className="ml-2 text-ink-muted text-xs" />
				<span
					className={`break-words text-ink-muted ${isWhole ? "block" : "line-clamp-2 sm:line-clamp-1 sm:break-all"}`}
				>
					{children}
				</span>
				{below}
			</div>
			<span className="text-ink-muted text-xs max-sm:order-2">
				{at === null ? "" : <Timestamp at={at} as="relative" />}
			</span>
		</li>
	);
}

function NextAttempt({ node: { path, attempt, nextAt } }: { readonly node: RetryingNode }) {
	return (
		<>
			<span className="font-mono text-ink text-xs">{visibleText(path)}</span> attempt {attempt}{" "}
			{nextAt === null ? null : (
				<LiveText text={(at) => (nextAt > at ? `in ${formatCountdown(nextAt - at)}` : "is due")} />
			)}
		</>
	);
}

/** One instance is one line, however much of it is retried. */
function OtherNodes({ nodes }: { readonly nodes: readonly RetryingNode[] }) {
	return (
		<details className="group">
			<summary className="inline-flex min-h-6 items-center gap-1 text-ink-muted text-xs hover:text-ink">
				<ChevronRight aria-hidden size={12} className="group-open:rotate-90" />
				and {nodes.length} more {nodes.length === 1 ? "node" : "nodes"} of it
			</summary>
			<ul className="flex flex-col gap-1 border-line border-l pl-3">
				{nodes.map((node) => (
					<li key={node.path} className="text-ink-muted text-xs">
						<Link href={instanceHref(node.instanceId, node.path)} prefetch={false} className="hover:underline">
							<NextAttempt node={node} />
						</Link>
					</li>
				))}
			</ul>
		</details>
	);
}

function All({ href, children }: { readonly href: string; readonly children: ReactNode }) {
	return (
		<Link href={href} className="text-link hover:underline">
			{children}
		</Link>
	);
}

function firstLine(text: string): string {
	return (text.split("\n")[0] ?? "").slice(0, 200);
}
