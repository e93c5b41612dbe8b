"use client";

import type { InstanceRecord } from "@waymark/engine/backend";
import Link from "next/link";
import { memo } from "react";
import { MiddleTruncate } from "../../components/middle-truncate.tsx";
import { ProgressBar } from "../../components/progress-bar.tsx";
import { StatusText } from "../../components/status.tsx";
import { instanceStatus } from "../../components/status-table.ts";
import { Timestamp } from "../../components/timestamp.tsx";
import { visibleText } from "../../components/visible-text.ts";
import { formatDuration } from "../../time/format.ts";
import { Elapsed } from "../../time/live-text.tsx";

interface InstanceRowProps {
	readonly instance: InstanceRecord;
}

/** One commit of an instance is one version: nothing else can change a row. */
export const InstanceRow = memo(Row, (a, b) => a.instance.version === b.instance.version);

function Row({ instance }: InstanceRowProps) {
	const { instanceId, workflow, status, control, progress, createdAt, startedAt, updatedAt } = instance;
	const look = instanceStatus(status);
	return (
		<tr
			data-instance-id={instanceId}
			className="relative grid grid-cols-[1fr_auto] items-center gap-x-3 gap-y-1 border-line border-b px-4 py-3 last:border-b-0 hover:bg-hover has-[a:focus-visible]:bg-hover sm:table-row sm:h-11 sm:p-0"
		>
			<td className="sm:px-3 sm:pl-4">
				<span className="flex items-center gap-2">
					<StatusText status={look} />
					{control === "none" ? null : <ControlChip control={control} />}
				</span>
			</td>
			<td className="order-3 col-span-2 min-w-0 sm:px-3">
				<Link
					href={`/instances/${encodeURIComponent(instanceId)}`}
					className="font-mono text-sm after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:rounded-control focus-visible:after:outline-2 focus-visible:after:outline-focus focus-visible:after:-outline-offset-2"
				>
					<MiddleTruncate text={instanceId} max={36} />
				</Link>
				<Failure instance={instance} />
			</td>
			<td className="order-4 min-w-0 text-ink-muted sm:px-3 sm:text-ink">
				<MiddleTruncate text={workflow} max={32} />
			</td>
			<td className="order-5 sm:px-3">
				<ProgressBar done={progress.done} total={progress.total} look={look.look} />
			</td>
			<td className="hidden text-ink-muted sm:table-cell sm:px-3">
				<Timestamp at={startedAt ?? createdAt} />
			</td>
			<td className="order-2 text-right font-mono text-ink-muted text-xs sm:px-3 sm:text-left">
				<Span instance={instance} />
			</td>
			<td className="hidden text-ink-muted sm:px-3 sm:pr-4 lg:table-cell">
				<Timestamp at={updatedAt} as="relative" />
			</td>
		</tr>
	);
}

function ControlChip({ control }: { readonly control: "pausing" | "cancelling" }) {
	return (
		<span className="rounded-full border border-line px-1.5 text-ink-muted text-xs">
			{control === "pausing" ? "Pausing…" : "Cancelling…"}
		</span>
	);
}

/** What went wrong, where there is room: on call the list alone then tells one outage from ten bugs. */
function Failure({ instance: { status, error, failedPath } }: InstanceRowProps) {
	if (status !== "failed" || error === null) return null;
	const text = `${error.name}${failedPath === null ? "" : ` in ${failedPath}`}`;
	return (
		<span
			title={visibleText(error.message).slice(0, 300)}
			className="ml-3 inline-block max-w-64 truncate align-middle text-danger-ink text-xs max-xl:hidden max-sm:mt-0.5 max-sm:ml-0 max-sm:block"
		>
			{visibleText(text).slice(0, 200)}
		</span>
	);
}

/** From the start (or the creation) to the end, or until now. */
function Span({ instance: { createdAt, startedAt, endedAt } }: InstanceRowProps) {
	const from = startedAt ?? createdAt;
	return endedAt === null ? <Elapsed from={from} /> : <span>{formatDuration(endedAt - from)}</span>;
}
