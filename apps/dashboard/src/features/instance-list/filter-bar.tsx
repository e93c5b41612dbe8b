"use client";

import type { InstanceStatus } from "@waymark/engine/graph";
import { X } from "lucide-react";
import { Button } from "../../components/button.tsx";
import { Popover } from "../../components/popover.tsx";
import { StatusIcon } from "../../components/status.tsx";
import { INSTANCE_STATUS_ORDER, instanceStatus } from "../../components/status-table.ts";
import { visibleText } from "../../components/visible-text.ts";
import type { InstanceList } from "../../server/wire.ts";
import { formatAtMost } from "../../time/format.ts";
import { filterChips } from "./filter-chips.ts";
import { isFiltered, type ListFilters, NO_FILTERS } from "./list-filters.ts";
import { MoreFilters } from "./more-filters.tsx";

interface FilterBarProps {
	readonly filters: ListFilters;
	readonly counts: InstanceList["counts"] | null;
	onChange(filters: Partial<ListFilters>): void;
}

/** Statuses with their counts, workflows, and everything else behind one button. What is asked for stands below. */
export function FilterBar({ filters, counts, onChange }: FilterBarProps) {
	const chips = filterChips(filters);
	return (
		<div className="flex flex-col gap-2">
			<div className="flex flex-wrap items-center gap-2">
				<fieldset aria-label="Filter by status" className="flex min-w-0 flex-wrap gap-1.5 py-0.5 sm:px-0.5">
					{INSTANCE_STATUS_ORDER.map((status) => (
						<StatusChip
							key={status}
							status={status}
							count={counts?.byStatus[status] ?? null}
							pressed={filters.status.includes(status)}
							onToggle={() => onChange({ status: toggled(filters.status, status) })}
						/>
					))}
				</fieldset>
				<WorkflowMenu
					names={counts?.workflows ?? []}
					chosen={filters.workflow}
					onToggle={(name) => onChange({ workflow: toggled(filters.workflow, name) })}
				/>
				<MoreFilters filters={filters} onChange={onChange} />
			</div>
			{isFiltered(filters) ? (
				<div className="flex flex-wrap items-center gap-1.5">
					{chips.map(({ key, words, without }) => (
						<button
							key={key}
							type="button"
							onClick={() => onChange(without)}
							aria-label={`Remove filter: ${words}`}
							className="inline-flex h-6 max-w-full items-center gap-1 rounded-control border border-line bg-pressed px-2 text-xs hover:bg-hover"
						>
							<span className="truncate">{words}</span>
							<X aria-hidden size={12} className="shrink-0" />
						</button>
					))}
					<Button variant="ghost" size="sm" onClick={() => onChange(NO_FILTERS)}>
						Clear filters
					</Button>
				</div>
			) : null}
		</div>
	);
}

function toggled<T>(list: readonly T[], item: T): T[] {
	return list.includes(item) ? list.filter((other) => other !== item) : [...list, item];
}

interface StatusChipProps {
	readonly status: InstanceStatus;
	readonly count: number | null;
	readonly pressed: boolean;
	onToggle(): void;
}

function StatusChip({ status, count, pressed, onToggle }: StatusChipProps) {
	const { look, word } = instanceStatus(status);
	// A small screen has no room for what there is none of.
	const idle = count === 0 && !pressed ? "max-sm:hidden" : "";
	return (
		<button
			type="button"
			aria-pressed={pressed}
			title={status === "waiting" ? "Waiting for a time, or for the next attempt: those rows say Retrying" : undefined}
			onClick={onToggle}
			className={`inline-flex h-7 shrink-0 items-center gap-1.5 rounded-full border border-line bg-raised px-2.5 text-ink-muted text-xs transition-colors duration-120 hover:bg-hover hover:text-ink aria-pressed:border-ink-faint aria-pressed:bg-pressed aria-pressed:text-ink ${idle}`}
		>
			<StatusIcon look={look} size={13} still />
			<span className="font-medium">{word}</span>
			<span className="text-ink-faint">{count === null ? "–" : formatAtMost(count)}</span>
		</button>
	);
}

interface WorkflowMenuProps {
	readonly names: readonly string[];
	readonly chosen: readonly string[];
	onToggle(name: string): void;
}

function WorkflowMenu({ names, chosen, onToggle }: WorkflowMenuProps) {
	const known = [...new Set([...names, ...chosen])];
	const [first] = chosen;
	const label = visibleText(
		first === undefined ? "All workflows" : chosen.length === 1 ? first : `${chosen.length} workflows`,
	);
	return (
		<Popover label={label} name={`Filter by workflow: ${label}`} active={first !== undefined}>
			{known.length === 0 ? <p className="px-2 py-1.5 text-ink-muted text-sm">No workflow yet</p> : null}
			{known.map((name) => (
				<label
					key={name}
					className="flex h-8 items-center gap-2 rounded-control px-2 text-sm focus-within:bg-hover hover:bg-hover"
				>
					<input type="checkbox" checked={chosen.includes(name)} onChange={() => onToggle(name)} />
					<span className="max-w-80 truncate">{visibleText(name)}</span>
				</label>
			))}
		</Popover>
	);
}
