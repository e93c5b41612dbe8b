import Link from "next/link";
import type { ReactNode } from "react";
import { InstanceLink } from "../../components/instance-link.tsx";
import { ProgressBar } from "../../components/progress-bar.tsx";
import { StatusBadge } from "../../components/status.tsx";
import { instanceStatus } from "../../components/status-table.ts";
import { Timestamp } from "../../components/timestamp.tsx";
import { visibleText } from "../../components/visible-text.ts";
import { formatDuration } from "../../time/format.ts";
import { Elapsed } from "../../time/live-text.tsx";
import { Facts } from "../inspector/facts.tsx";
import { firstLine } from "../instance/first-line.ts";
import { ConnectionPill } from "../live/connection-pill.tsx";
import type { LiveInstance } from "../live/use-instance-live.ts";
import { type Side, SideMark } from "./side-mark.tsx";

interface RunCardProps {
	readonly side: Side;
	readonly run: LiveInstance;
	/** Only of B: how its version and its time stand to those of A. */
	readonly against?: { readonly version: string; readonly time: string | null };
	onPauseUpdates(paused: boolean): void;
}

/** One of the two: what it is, how it ended or stands, and what it ran by. */
export function RunCard({ side, run: { state, connection }, against, onPauseUpdates }: RunCardProps) {
	const { instance } = state.snapshot;
	const status = instanceStatus(instance.status);
	const facts: (readonly [string, ReactNode])[] = [
		[
			instance.startedAt === null ? "Created" : "Started",
			<Timestamp key="started" at={instance.startedAt ?? instance.createdAt} />,
		],
		[
			instance.endedAt === null ? "Running for" : "Took",
			<span key="took">
				<Duration {...instance} />
				<Note text={against?.time ?? null} />
			</span>,
		],
		[
			"Version",
			<span key="version">
				<Version {...instance} />
				<Note text={against?.version ?? null} />
			</span>,
		],
		["Nodes", <ProgressBar key="nodes" {...instance.progress} look={status.look} />],
	];
	return (
		<section
			aria-label={`Run ${side}`}
			data-side={side}
			className="flex min-w-0 flex-col gap-3 rounded-card border border-line bg-raised p-4"
		>
			<div className="flex flex-wrap items-center gap-2">
				<SideMark side={side} />
				<span className="min-w-0 wrap-anywhere">
					<InstanceLink id={instance.instanceId} max={40} />
				</span>
				<span className="flex-1" />
				<ConnectionPill connection={connection} onPause={onPauseUpdates} />
			</div>
			<div className="flex flex-wrap items-center gap-2">
				<StatusBadge status={status} />
				{instance.error === null ? null : (
					<p className="line-clamp-2 min-w-0 flex-1 basis-48 text-danger-ink text-xs wrap-anywhere">
						<strong className="font-semibold">{visibleText(instance.error.name)}</strong>
						{instance.failedPath === null ? null : ` in ${visibleText(instance.failedPath)}`}:{" "}
						{visibleText(firstLine(instance.error.message)).slice(0, 300)}
					</p>
				)}
			</div>
			<Facts facts={facts} />
		</section>
	);
}

interface Times {
	readonly createdAt: number;
	readonly startedAt: number | null;
	readonly endedAt: number | null;
}

function Duration({ createdAt, startedAt, endedAt }: Times) {
	const from = startedAt ?? createdAt;
	const look = "font-mono text-xs";
	if (endedAt === null) return <Elapsed from={from} className={look} />;
	return <span className={look}>{formatDuration(endedAt - from)}</span>;
}

interface VersionProps {
	readonly workflow: string;
	readonly definitionHash: string;
}

function Version({ workflow, definitionHash }: VersionProps) {
	const query = new URLSearchParams({ definition: definitionHash });
	return (
		<Link
			href={`/workflows/${encodeURIComponent(workflow)}?${query}`}
			prefetch={false}
			className="font-mono text-link text-xs hover:underline"
		>
			{definitionHash.slice(0, 8)}
		</Link>
	);
}

function Note({ text }: { readonly text: string | null }) {
	return text === null ? null : <span className="ml-2 text-ink-muted">{text}</span>;
}
