"use client";

import { Menu } from "@base-ui/react/menu";
import type { InstanceStatus } from "@waymark/engine/graph";
import { Check, ChevronDown, X } from "lucide-react";
import { Button } from "../../components/button.tsx";
import { StatusIcon } from "../../components/status.tsx";
import { INSTANCE_STATUS_ORDER, instanceStatus } from "../../components/status-table.ts";
import { visibleText } from "../../components/visible-text.ts";
import type { InstanceList } from "../../server/wire.ts";
import type { ListFilters } from "./list-filters.ts";

interface FilterBarProps {
	readonly filters: ListFilters;
	readonly counts: InstanceList["counts"] | null;
	onChange(filters: Partial<ListFilters>): void;
}

/** Statuses with their counts, and workflows. Several of each may be chosen. */
export function FilterBar({ filters, counts, onChange }: FilterBarProps) {
	const any = filters.status.length > 0 || filters.workflow.length > 0;
	return (
		<div className="flex flex-wrap items-center gap-2">
			<fieldset
				aria-label="Filter by status"
				className="-mx-4 min-w-0 flex max-w-[100vw] gap-1.5 overflow-x-auto px-4 py-0.5 sm:mx-0 sm:flex-wrap sm:px-0.5"
			>
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
			{any ? (
				<Button
					variant="ghost"
					size="sm"
					icon={<X aria-hidden size={13} />}
					onClick={() => onChange({ status: [], workflow: [] })}
				>
					Clear filters
				</Button>
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
	return (
		<button
			type="button"
			aria-pressed={pressed}
			onClick={onToggle}
			className="inline-flex h-7 shrink-0 items-center gap-1.5 rounded-full border border-line bg-raised px-2.5 text-ink-muted text-xs transition-colors duration-120 hover:bg-hover hover:text-ink aria-pressed:border-ink-faint aria-pressed:bg-pressed aria-pressed:text-ink"
		>
			<StatusIcon look={look} size={13} still />
			<span className="font-medium">{word}</span>
			<span className="text-ink-faint">{count ?? "–"}</span>
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
	const label = first === undefined ? "All workflows" : chosen.length === 1 ? first : `${chosen.length} workflows`;
	return (
		<Menu.Root>
			<Menu.Trigger
				aria-label={`Filter by workflow: ${visibleText(label)}`}
				className="inline-flex h-7 max-w-60 items-center gap-1.5 rounded-full border border-line bg-raised px-2.5 font-medium text-ink-muted text-xs hover:bg-hover hover:text-ink data-[popup-open]:bg-pressed"
			>
				<span className="truncate">{visibleText(label)}</span>
				<ChevronDown aria-hidden size={13} />
			</Menu.Trigger>
			<Menu.Portal>
				<Menu.Positioner sideOffset={6} align="start" className="z-50">
					<Menu.Popup className="pop max-h-80 min-w-52 overflow-y-auto rounded-card border border-line bg-raised p-1 shadow-pop">
						{known.length === 0 ? <p className="px-2 py-1.5 text-ink-muted text-sm">No workflow yet</p> : null}
						{known.map((name) => (
							<Menu.CheckboxItem
								key={name}
								checked={chosen.includes(name)}
								onCheckedChange={() => onToggle(name)}
								className="flex h-8 cursor-default items-center gap-2 rounded-control px-2 text-sm data-[highlighted]:bg-hover"
							>
								<span className="inline-flex size-4 items-center justify-center rounded border border-line-strong">
									<Menu.CheckboxItemIndicator>
										<Check aria-hidden size={12} />
									</Menu.CheckboxItemIndicator>
								</span>
								<span className="max-w-80 truncate">{visibleText(name)}</span>
							</Menu.CheckboxItem>
						))}
					</Menu.Popup>
				</Menu.Positioner>
			</Menu.Portal>
		</Menu.Root>
	);
}
