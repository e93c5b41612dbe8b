"use client";

import type { ListedInstance } from "@waymark/engine/backend";
import Link from "next/link";
import { memo } from "react";
import { MiddleTruncate, middleTruncate } from "../../components/middle-truncate.tsx";
import { ProgressBar } from "../../components/progress-bar.tsx";
import { StatusText } from "../../components/status.tsx";
import { ROLES } from "../../components/table-roles.ts";
import { Timestamp } from "../../components/timestamp.tsx";
import { visibleText } from "../../components/visible-text.ts";
import { formatCountdown, formatDuration } from "../../time/format.ts";
import { Elapsed, LiveText } from "../../time/live-text.tsx";
import { nowWords, shownStatus } from "./activity-words.ts";
import type { ColumnId } from "./columns.ts";

interface InstanceRowProps {
	readonly instance: ListedInstance;
	readonly columns: readonly ColumnId[];
	readonly isSelected: boolean;
	onSelect(instanceId: string): void;
}

/** One commit of an instance is one version: nothing else can change what a row shows of it. */
export const InstanceRow = memo(
	Row,
	(a, b) => a.instance.version === b.instance.version && a.isSelected === b.isSelected && a.columns === b.columns,
);

function Row({ instance, columns, isSelected, onSelect }: InstanceRowProps) {
	const { instanceId, status, control, activity } = instance;
	const shown = shownStatus(status, activity);
	return (
		<tr
			{...ROLES.row}
			data-instance-id={instanceId}
			aria-selected={isSelected}
			className="relative grid grid-cols-[auto_minmax(0,1fr)_auto] items-center gap-x-3 gap-y-1 border-line border-b px-4 py-3 last:border-b-0 hover:bg-hover has-[a:focus-visible]:bg-hover aria-selected:bg-pressed pair:grid-cols-[auto_12.5rem_minmax(0,1fr)_auto_4.5rem] pair:py-2 columns:table-row columns:p-0"
		>
			<td {...ROLES.cell} className="z-1 columns:relative columns:pl-4">
				<input
					type="checkbox"
					aria-label={`Select ${visibleText(instanceId)}`}
					checked={isSelected}
					onChange={() => onSelect(instanceId)}
					className="relative z-1 align-middle"
				/>
			</td>
			<td {...ROLES.cell} className="columns:px-2 xl:columns:px-3">
				<span className="flex flex-wrap items-center gap-x-2 gap-y-1 columns:flex-nowrap">
					<StatusText status={shown} />
					{control === "none" ? null : <ControlChip control={control} />}
				</span>
			</td>
			<td
				{...ROLES.cell}
				className="order-3 col-span-3 min-w-0 pair:order-none pair:col-span-1 pair:col-start-3 columns:px-2 xl:columns:px-3"
			>
				<Link
					href={`/instances/${encodeURIComponent(instanceId)}`}
					prefetch={false}
					className="wrap-anywhere font-mono text-sm after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:rounded-control focus-visible:after:outline-2 focus-visible:after:outline-focus focus-visible:after:-outline-offset-2"
				>
					<MiddleTruncate text={instanceId} max={36} />
				</Link>
				<Failure instance={instance} />
			</td>
			{columns.map((column) => (
				<Cell key={column} column={column} instance={instance} look={shown.look} />
			))}
		</tr>
	);
}

interface CellProps {
	readonly column: ColumnId;
	readonly instance: ListedInstance;
	readonly look: ReturnType<typeof shownStatus>["look"];
}

function Cell({ column, instance, look }: CellProps) {
	const { workflow, progress, createdAt, updatedAt, labels } = instance;
	switch (column) {
		case "workflow":
			return (
				<td
					{...ROLES.cell}
					className="order-4 col-span-2 min-w-0 text-ink-muted pair:order-none pair:col-span-1 pair:col-start-2 pair:row-start-2 pair:text-xs columns:px-2 columns:text-ink columns:text-sm xl:columns:px-3"
				>
					<MiddleTruncate text={workflow} max={32} />
				</td>
			);
		case "now":
			return (
				<td
					{...ROLES.cell}
					className="order-6 col-span-3 min-w-0 text-ink-muted text-xs empty:hidden pair:order-none pair:col-span-1 pair:col-start-3 pair:row-start-2 columns:max-w-70 columns:px-2 columns:empty:table-cell xl:columns:px-3"
				>
					<Now instance={instance} />
				</td>
			);
		case "progress":
			return (
				<td
					{...ROLES.cell}
					className="order-5 pair:order-none pair:col-start-4 pair:row-start-1 columns:px-2 xl:columns:px-3"
				>
					<ProgressBar done={progress.done} total={progress.total} look={look} />
				</td>
			);
		case "started":
			return (
				<td
					{...ROLES.cell}
					className="hidden text-ink-muted pair:col-span-2 pair:col-start-4 pair:row-start-2 pair:block pair:text-right pair:text-xs columns:text-left columns:text-sm columns:table-cell columns:px-2 xl:columns:px-3"
				>
					<Timestamp at={createdAt} />
				</td>
			);
		case "duration":
			return (
				<td
					{...ROLES.cell}
					className="order-2 text-right font-mono text-ink-muted text-xs pair:order-none pair:col-start-5 pair:row-start-1 columns:px-2 columns:text-left xl:columns:px-3"
				>
					<Span instance={instance} />
				</td>
			);
		case "labels":
			return (
				<td
					{...ROLES.cell}
					className="order-7 col-span-full min-w-0 truncate text-ink-muted text-xs empty:hidden pair:col-start-2 pair:row-start-3 columns:max-w-60 columns:px-2 columns:empty:table-cell xl:columns:px-3"
				>
					{visibleText(
						Object.entries(labels)
							.map(([key, value]) => `${key}=${value}`)
							.join(" "),
					)}
				</td>
			);
		case "updated":
			return (
				<td {...ROLES.cell} className="hidden text-ink-muted columns:table-cell columns:px-2 xl:columns:px-3">
					<Timestamp at={updatedAt} as="relative" />
				</td>
			);
	}
}

/** The node that tells most, and when it goes on. */
function Now({ instance: { activity } }: { readonly instance: ListedInstance }) {
	const now = nowWords(activity);
	if (now === null) return null;
	const { path, words, nextAt, more } = now;
	return (
		<span className="block truncate" title={visibleText(path)}>
			<span className="font-mono text-ink">{middleTruncate(visibleText(path.split("/").at(-1) ?? path), 24)}</span>{" "}
			{visibleText(words)}
			{nextAt === null ? null : (
				<>
					{" "}
					<LiveText text={(now) => (nextAt > now ? `in ${formatCountdown(nextAt - now)}` : "is due")} />
				</>
			)}
			{more > 0 ? ` · ${more} more` : ""}
		</span>
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
function Failure({ instance: { status, error, failedPath } }: { readonly instance: ListedInstance }) {
	if (status !== "failed" || error === null) return null;
	const text = `${error.name}${failedPath === null ? "" : ` in ${failedPath}`}`;
	return (
		<span
			title={visibleText(error.message).slice(0, 300)}
			className="mt-0.5 block max-w-full truncate align-middle text-danger-ink text-xs pair:mt-0 pair:ml-3 pair:inline-block pair:max-w-64 columns:max-xl:hidden"
		>
			{visibleText(text).slice(0, 200)}
		</span>
	);
}

/** From the first lease (or the start) to the end, or until now. */
function Span({ instance: { createdAt, startedAt, endedAt } }: { readonly instance: ListedInstance }) {
	const from = startedAt ?? createdAt;
	return endedAt === null ? <Elapsed from={from} /> : <span>{formatDuration(endedAt - from)}</span>;
}
