"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import type { NodeState } from "@waymark/engine/graph";
import { useMemo, useRef, useState } from "react";
import { INPUT_CLASS } from "../../components/field.tsx";
import { MiddleTruncate } from "../../components/middle-truncate.tsx";
import { StatusText } from "../../components/status.tsx";
import { nodeStatus } from "../../components/status-table.ts";
import { inOrder } from "../../graph/interesting.ts";
import { formatCount } from "../../time/format.ts";

export interface PickRow {
	readonly id: string;
	readonly name: string;
	readonly state: NodeState;
	/** Beside the state, such as "3 failed attempts". */
	readonly note: string | null;
	readonly hasFailed: boolean;
	readonly isCurrent: boolean;
}

interface PickListProps {
	readonly title: string;
	/** Of one row, for the filter's label. */
	readonly what: string;
	readonly rows: readonly PickRow[];
	onPick(id: string): void;
}

const ROW = 32;
const ROWS_SHOWN = 10;

/** Many things of one kind with their states: filtered by name and state, and only those in view are drawn. */
export function PickList({ title, what, rows, onPick }: PickListProps) {
	const [text, setText] = useState("");
	const [state, setState] = useState<NodeState | "all" | "failed-ever">("all");
	const counts = useMemo(() => countBy(rows), [rows]);
	const failedEver = rows.filter(({ hasFailed }) => hasFailed).length;
	const found = rows.filter(
		(row) =>
			row.name.toLowerCase().includes(text.toLowerCase()) &&
			(state === "all" || (state === "failed-ever" ? row.hasFailed : row.state === state)),
	);
	const scroller = useRef<HTMLDivElement>(null);
	const list = useVirtualizer({
		count: found.length,
		getScrollElement: () => scroller.current,
		estimateSize: () => ROW,
		overscan: 6,
		initialRect: { width: 380, height: ROW * ROWS_SHOWN },
	});
	return (
		<section aria-label={title} className="flex flex-col gap-2">
			<h3 className="text-sm font-semibold">
				{title} <span className="font-normal text-ink-muted tabular-nums">{formatCount(rows.length)}</span>
			</h3>
			<div className="flex gap-2">
				<input
					type="search"
					aria-label={`Filter by ${what}`}
					placeholder={`Filter by ${what}`}
					className={INPUT_CLASS}
					value={text}
					onChange={(event) => setText(event.target.value)}
				/>
				<select
					aria-label="State"
					className={`${INPUT_CLASS} max-w-44`}
					value={state}
					onChange={(event) => setState(event.target.value as typeof state)}
				>
					<option value="all">All states</option>
					{failedEver > 0 && <option value="failed-ever">With failures ({formatCount(failedEver)})</option>}
					{inOrder(counts).map((one) => (
						<option key={one} value={one}>
							{nodeStatus(one).word} ({formatCount(counts.get(one) ?? 0)})
						</option>
					))}
				</select>
			</div>
			{found.length === 0 ? (
				<p className="text-ink-muted text-sm">Nothing matches.</p>
			) : (
				<div
					ref={scroller}
					className="overflow-y-auto rounded-card border border-line"
					style={{ height: Math.min(found.length, ROWS_SHOWN) * ROW + 2 }}
				>
					<ul className="relative" style={{ height: list.getTotalSize() }}>
						{list.getVirtualItems().map((item) => {
							const row = found[item.index];
							if (row === undefined) return null;
							return (
								<li
									key={row.id}
									aria-posinset={item.index + 1}
									aria-setsize={found.length}
									className="absolute top-0 left-0 w-full"
									style={{ height: ROW, transform: `translateY(${item.start}px)` }}
								>
									<button
										type="button"
										aria-current={row.isCurrent || undefined}
										onClick={() => onPick(row.id)}
										className="flex h-full w-full items-center gap-2 px-3 text-left text-sm outline-offset-[-2px] hover:bg-hover aria-current:bg-hover aria-current:font-medium"
									>
										<span className="min-w-0 flex-1">
											<MiddleTruncate text={row.name} max={36} />
										</span>
										{row.note !== null && <span className="whitespace-nowrap text-danger-ink text-xs">{row.note}</span>}
										<span className="text-xs">
											<StatusText status={nodeStatus(row.state)} size={12} />
										</span>
									</button>
								</li>
							);
						})}
					</ul>
				</div>
			)}
		</section>
	);
}

function countBy(rows: readonly PickRow[]): ReadonlyMap<NodeState, number> {
	const counts = new Map<NodeState, number>();
	for (const { state } of rows) counts.set(state, (counts.get(state) ?? 0) + 1);
	return counts;
}
