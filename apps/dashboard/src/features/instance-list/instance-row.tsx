"use client";

import Link from "next/link";
import { memo } from "react";
import { ControlChip } from "../../components/control-chip.tsx";
import { MiddleTruncate } from "../../components/middle-truncate.tsx";
import { ProgressBar } from "../../components/progress-bar.tsx";
import { StatusText } from "../../components/status.tsx";
import { ROLES } from "../../components/table-roles.ts";
import { Timestamp } from "../../components/timestamp.tsx";
import { visibleText } from "../../components/visible-text.ts";
import type { ListedRow } from "../../server/wire.ts";
import { formatDuration } from "../../time/format.ts";
import { Elapsed } from "../../time/live-text.tsx";
import { shownStatus } from "./activity-words.ts";
import type { ColumnId } from "./columns.ts";
import { NowOrWhy } from "./now-or-why.tsx";

interface InstanceRowProps {
	readonly instance: ListedRow;
	readonly columns: readonly ColumnId[];
	readonly isSelected: boolean;
	onSelect(instanceId: string): void;
}

/** One commit of an instance is one version: nothing else but its workers can change what a row shows of it. */
export const InstanceRow = memo(
	Row,
	(a, b) =>
		a.instance.version === b.instance.version &&
		a.instance.lost?.nodes === b.instance.lost?.nodes &&
		a.isSelected === b.isSelected &&
		a.columns === b.columns,
);

function Row({ instance, columns, isSelected, onSelect }: InstanceRowProps) {
	const { instanceId, status, control, activity, lost } = instance;
	const shown = shownStatus(status, activity, lost);
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
				className="order-3 col-span-3 min-w-0 pair:order-none pair:col-span-1 pair:col-start-3 columns:min-w-48 columns:px-2 xl:columns:px-3"
			>
				<Link
					href={`/instances/${encodeURIComponent(instanceId)}`}
					prefetch={false}
					className="wrap-anywhere font-mono text-sm after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:rounded-control focus-visible:after:outline-2 focus-visible:after:outline-focus focus-visible:after:-outline-offset-2"
				>
					<MiddleTruncate text={instanceId} max={36} />
				</Link>
			</td>
			{columns.map((column) => (
				<Cell key={column} column={column} instance={instance} look={shown.look} />
			))}
		</tr>
	);
}

interface CellProps {
	readonly column: ColumnId;
	readonly instance: ListedRow;
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
					className="order-6 col-span-3 min-w-0 text-ink-muted text-xs empty:hidden pair:order-none pair:col-span-1 pair:col-start-3 pair:row-start-2 columns:max-w-56 columns:px-2 columns:empty:table-cell @min-[1180px]/list:max-w-110! xl:columns:px-3"
				>
					<NowOrWhy instance={instance} />
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

/** From the first lease (or the start) to the end, or until now. */
function Span({ instance: { createdAt, startedAt, endedAt } }: { readonly instance: ListedRow }) {
	const from = startedAt ?? createdAt;
	return endedAt === null ? <Elapsed from={from} /> : <span>{formatDuration(endedAt - from)}</span>;
}
