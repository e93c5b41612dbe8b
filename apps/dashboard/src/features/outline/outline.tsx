// biome-ignore-all lint/a11y/useSemanticElements: rows of a virtual treegrid are placed freely, which a table cannot do
// biome-ignore-all lint/a11y/useFocusableInteractive: the focus roves over rows, not over cells
"use client";

import "./outline.css";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useMemo, useRef, useState } from "react";
import { nodeStatus } from "../../components/status-table.ts";
import { PRINTED_ROWS, usePrinting } from "../../components/use-printing.ts";
import { isContainer } from "../../graph/interesting.ts";
import { cardKey } from "../../graph/navigation.ts";
import { matchingRows, type OutlineRow, outlineRows, visibleRows } from "../../graph/outline-rows.ts";
import type { InstanceState } from "../../server/wire.ts";
import { useStatusFilter } from "../graph/status-filter.ts";
import { useNodeViews } from "../graph/use-node-views.ts";
import { OutlineRowView } from "./outline-row.tsx";
import { StatusChips } from "./status-chips.tsx";
import { useOutlineKeys } from "./use-outline-keys.ts";
import { useSharedFolding } from "./use-shared-folding.ts";

export interface OutlineProps {
	readonly state: InstanceState;
	readonly selectedKey: string | null;
	readonly onSelect: (key: string | null) => void;
}

const ROW = 36;

/** The continuation tree as rows: the graph's accessible twin, and the view on narrow screens. Fills its parent. */
export function Outline({ state, selectedKey, onSelect }: OutlineProps) {
	const { graph } = state.definition;
	const views = useNodeViews(state);
	const filter = useStatusFilter();
	const [focusedId, setFocusedId] = useState<string | null>(null);
	const selected = selectedKey === null ? null : cardKey(graph, selectedKey);
	const { collapsed, onCollapse } = useSharedFolding(state, views, selected, onSelect);
	const rows = useMemo(() => {
		if (filter.looks.length === 0) return visibleRows(outlineRows(graph), collapsed);
		return matchingRows(outlineRows(graph), (key) => {
			const view = views.get(key);
			return view !== undefined && !isContainer(view) && filter.looks.includes(nodeStatus(view.state).look);
		});
	}, [graph, collapsed, filter.looks, views]);
	const scroller = useRef<HTMLDivElement>(null);
	const wantsFocus = useRef(false);
	const isPrinting = usePrinting();
	const list = useVirtualizer({
		count: rows.length,
		getScrollElement: () => scroller.current,
		estimateSize: () => ROW,
		overscan: isPrinting ? PRINTED_ROWS : 12,
		initialRect: { width: 800, height: 800 },
	});
	const index = (id: string | null) => (id === null ? -1 : rows.findIndex((row) => row.id === id));
	const at = Math.max(0, index(focusedId) >= 0 ? index(focusedId) : index(selected));
	const focusedRow = rows[at]?.id;
	const onFocus = (next: number) => {
		const row = rows[next];
		if (row === undefined) return;
		wantsFocus.current = true;
		setFocusedId(row.id);
		list.scrollToIndex(next, { align: "auto" });
	};
	const onOpen = (row: OutlineRow) => {
		if (row.key !== null) onSelect(row.key);
		else toggle(row);
	};
	const toggle = (row: OutlineRow) => {
		const next = new Set(collapsed);
		if (!next.delete(row.id)) next.add(row.id);
		onCollapse(next);
	};
	const onKeyDown = useOutlineKeys({ rows, at, collapsed, onFocus, onCollapse, onOpen });
	const selectedAt = index(selected);
	// biome-ignore lint/correctness/useExhaustiveDependencies: only another selection moves the list
	useEffect(() => {
		if (selectedAt >= 0) list.scrollToIndex(selectedAt, { align: "auto" });
	}, [selected]);
	return (
		<div className="flex h-full min-h-0 w-full flex-col bg-page">
			<StatusChips views={views} filter={filter} />
			<div ref={scroller} className="min-h-0 flex-1 overflow-auto">
				<div
					role="treegrid"
					aria-label="Nodes of the plan"
					aria-rowcount={rows.length + 1}
					aria-colcount={4}
					onKeyDown={onKeyDown}
					className="min-w-full text-sm"
				>
					<div
						role="row"
						tabIndex={-1}
						aria-rowindex={1}
						className="outline-columns sticky top-0 z-10 h-8 border-b border-line bg-page px-3 text-xs text-ink-faint"
					>
						<span role="columnheader">Node</span>
						<span role="columnheader">State</span>
						<span role="columnheader" className="max-sm:hidden">
							Attempt
						</span>
						<span role="columnheader" className="text-right">
							Duration
						</span>
					</div>
					<div role="rowgroup" className="relative" style={{ height: list.getTotalSize() }}>
						{list.getVirtualItems().map((item) => {
							const row = rows[item.index];
							if (row === undefined) return null;
							return (
								<OutlineRowView
									key={row.id}
									row={row}
									view={row.key === null ? undefined : views.get(row.key)}
									owner={row.of === null ? undefined : views.get(row.of.key)}
									place={{ index: item.index, top: item.start, height: item.size }}
									isCollapsed={filter.looks.length === 0 && collapsed.has(row.id)}
									isSelected={row.key !== null && row.key === selected}
									isFocusable={row.id === focusedRow}
									wantsFocus={wantsFocus}
									onFocus={() => setFocusedId(row.id)}
									onOpen={() => {
										setFocusedId(row.id);
										onOpen(row);
									}}
									onToggle={() => toggle(row)}
								/>
							);
						})}
					</div>
				</div>
			</div>
		</div>
	);
}
