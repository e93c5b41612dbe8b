// biome-ignore-all lint/a11y/useSemanticElements: rows of a virtual treegrid are placed freely, which a table cannot do
// biome-ignore-all lint/a11y/useFocusableInteractive: the focus roves over rows, not over cells
"use client";

import "./outline.css";
import { useMemo, useRef } from "react";
import { nodeStatus } from "../../components/status-table.ts";
import { isContainer } from "../../graph/interesting.ts";
import { cardKey } from "../../graph/navigation.ts";
import { matchingRows, type OutlineRow, outlineRows, visibleRows } from "../../graph/outline-rows.ts";
import type { InstanceState } from "../../server/wire.ts";
import { useStatusFilter } from "../graph/status-filter.ts";
import { useNodeViews } from "../graph/use-node-views.ts";
import { focusInspector } from "../inspector/focus-inspector.ts";
import { OutlineRowView } from "./outline-row.tsx";
import { StatusChips } from "./status-chips.tsx";
import { useOutlineKeys } from "./use-outline-keys.ts";
import { useSharedFolding } from "./use-shared-folding.ts";
import { useTreeRows } from "./use-tree-rows.ts";

export interface OutlineProps {
	readonly state: InstanceState;
	readonly selectedKey: string | null;
	readonly onSelect: (key: string | null) => void;
}

const ROW = 36;
const HEAD = 32;

/** The continuation tree as rows: the graph's accessible twin, and the view on narrow screens. Fills its parent. */
export function Outline({ state, selectedKey, onSelect }: OutlineProps) {
	const { graph } = state.definition;
	const views = useNodeViews(state);
	const filter = useStatusFilter();
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
	const { list, at, wantsFocus, focusRow, standOn } = useTreeRows({
		rows,
		scroller,
		height: ROW,
		head: HEAD,
		selected,
	});
	const focusedRow = rows[at]?.id;
	const onOpen = (row: OutlineRow) => {
		if (row.key !== null) onSelect(row.key);
		else toggle(row);
	};
	const toggle = (row: OutlineRow) => {
		const next = new Set(collapsed);
		if (!next.delete(row.id)) next.add(row.id);
		onCollapse(next);
	};
	const onEnter = (row: OutlineRow) => (row.key !== null && row.key === selected ? focusInspector() : onOpen(row));
	const onKeyDown = useOutlineKeys({ rows, at, collapsed, onFocus: focusRow, onCollapse, onOpen: onEnter });
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
									onFocus={() => standOn(row.id)}
									onOpen={() => {
										standOn(row.id);
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
