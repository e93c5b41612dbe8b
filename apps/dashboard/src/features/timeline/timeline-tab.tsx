// biome-ignore-all lint/a11y/useSemanticElements: rows of a virtual treegrid are placed freely, which a table cannot do
// biome-ignore-all lint/a11y/useFocusableInteractive: the focus roves over rows, not over cells
"use client";

import "./timeline.css";
import type { WorkflowGraph } from "@waymark/engine/graph";
import { useQueryStates } from "nuqs";
import { useMemo, useRef, useState } from "react";
import { Skeleton } from "../../components/skeleton.tsx";
import { nodeStatus } from "../../components/status-table.ts";
import { useHydrated } from "../../components/timestamp.tsx";
import { isContainer, loudest } from "../../graph/interesting.ts";
import { cardKey } from "../../graph/navigation.ts";
import { matchingRows, type OutlineRow, outlineRows, rowsAround, visibleRows } from "../../graph/outline-rows.ts";
import type { InstanceState } from "../../server/wire.ts";
import { useStatusFilter } from "../graph/status-filter.ts";
import { useNodeViews } from "../graph/use-node-views.ts";
import { focusInspector } from "../inspector/focus-inspector.ts";
import { INSTANCE_URL } from "../instance/instance-url.ts";
import { StatusChips } from "../outline/status-chips.tsx";
import { useOutlineKeys } from "../outline/use-outline-keys.ts";
import { useTreeRows } from "../outline/use-tree-rows.ts";
import { attemptChoices, attemptFilter, lastRetry } from "./attempt-filter.ts";
import { moveCrossHair } from "./cross-hair.ts";
import { OverviewStrip } from "./overview-strip.tsx";
import { TimelineAxis } from "./timeline-axis.tsx";
import { TimelineBar } from "./timeline-bar.tsx";
import { TimelineRowView } from "./timeline-row-view.tsx";
import { timelineRows } from "./timeline-rows.ts";
import { type Shown, useLiveBars } from "./use-live-bars.ts";
import { useTimelineScale } from "./use-timeline-scale.ts";
import { useWidth } from "./use-width.ts";

export interface TimelineTabProps {
	readonly state: InstanceState;
	readonly selectedKey: string | null;
	onSelect(key: string | null): void;
}

const ROW = 32;
/** Strip, axis and what is between: see the heads of the columns below. */
const HEAD = 67;
const TIMELINE_URL = { attempts: INSTANCE_URL.attempts };
const WHOLE: Shown = { from: 0, to: 1 };

/** When what ran: the rows of the outline, with every attempt as a stretch of the line. Fills its parent. */
export function TimelineTab(props: TimelineTabProps) {
	// Where things stand on the line depends on the moment: server and browser would not agree.
	return useHydrated() ? <Timeline {...props} /> : <Skeleton className="m-6 h-40" />;
}

function Timeline({ state, selectedKey, onSelect }: TimelineTabProps) {
	const { snapshot, definition } = state;
	const { graph } = definition;
	const views = useNodeViews(state);
	const selected = selectedKey === null ? null : cardKey(graph, selectedKey);
	const { collapsed, setCollapsed } = useFolded(graph, selected);
	const looks = useStatusFilter();
	const [opening] = useState(() => loudest(views));
	const [unfolded, setUnfolded] = useState<ReadonlySet<number> | null>(new Set());
	const [shown, setShown] = useState(WHOLE);
	const [{ attempts }, setUrl] = useQueryStates(TIMELINE_URL, { history: "replace" });
	const retriedAt = lastRetry(snapshot);
	const filter = useMemo(() => attemptFilter(attempts, retriedAt), [attempts, retriedAt]);
	const whole = useMemo(() => timelineRows(graph, snapshot), [graph, snapshot]);
	const choices = useMemo(
		() =>
			attemptChoices(
				whole.flatMap(({ segments }) => segments),
				retriedAt,
			),
		[whole, retriedAt],
	);
	const all = useMemo(
		() => (filter.kind === "all" ? whole : timelineRows(graph, snapshot, filter)),
		[whole, graph, snapshot, filter],
	);
	const byId = useMemo(() => new Map(all.map((row) => [row.row.id, row])), [all]);
	const outline = useMemo(() => {
		const rows = all.map(({ row }) => row);
		// One attempt of few nodes: the others would be empty rows.
		const made = filter.kind === "number" ? matchingRows(rows, (key) => byId.get(key)?.segments.length !== 0) : rows;
		if (looks.looks.length === 0) return visibleRows(made, collapsed);
		return matchingRows(made, (key) => {
			const view = views.get(key);
			return view !== undefined && !isContainer(view) && looks.looks.includes(nodeStatus(view.state).look);
		});
	}, [all, byId, filter, collapsed, looks.looks, views]);
	const axis = useRef<HTMLSpanElement>(null);
	const width = useWidth(axis);
	const scale = useTimelineScale({
		snapshot,
		rows: all,
		width,
		unfolded,
		filter,
	});
	const grid = useRef<HTMLDivElement>(null);
	useLiveBars(grid, scale, shown, snapshot.instance.endedAt === null);
	const scroller = useRef<HTMLDivElement>(null);
	const { list, at, wantsFocus, focusRow, standOn } = useTreeRows({
		rows: outline,
		scroller,
		height: ROW,
		head: HEAD,
		selected,
		opening,
	});
	const toggle = (row: OutlineRow) => {
		const next = new Set(collapsed);
		if (!next.delete(row.id)) next.add(row.id);
		setCollapsed(next);
	};
	const onOpen = (row: OutlineRow) => {
		if (row.key !== null) onSelect(row.key);
		else toggle(row);
	};
	const onEnter = (row: OutlineRow) => (row.key !== null && row.key === selected ? focusInspector() : onOpen(row));
	const onKeyDown = useOutlineKeys({
		rows: outline,
		at,
		collapsed,
		onFocus: focusRow,
		onCollapse: setCollapsed,
		onOpen: onEnter,
	});
	return (
		<div className="timeline flex h-full min-h-0 w-full flex-col">
			<TimelineBar
				isFolded={unfolded !== null}
				onFold={(fold) => setUnfolded(fold ? new Set() : null)}
				choices={choices}
				chosen={filter.kind === "all" ? "" : (attempts ?? "")}
				onChoose={(value) => {
					setShown(WHOLE);
					void setUrl({ attempts: value === "" ? null : value });
				}}
				isZoomed={shown.from > 0 || shown.to < 1}
				onWhole={() => setShown(WHOLE)}
			/>
			<StatusChips views={views} filter={looks} className="px-4 sm:px-6" />
			<div ref={scroller} className="min-h-0 flex-1 overflow-auto">
				<div
					ref={grid}
					role="treegrid"
					aria-label="Timeline"
					aria-rowcount={outline.length + 1}
					aria-colcount={3}
					onKeyDown={onKeyDown}
					onPointerMove={(event) => moveCrossHair(event.currentTarget, axis.current, event.clientX, scale, shown)}
					className="timeline-grid relative"
				>
					<div
						role="row"
						tabIndex={-1}
						aria-rowindex={1}
						className="timeline-columns sticky top-0 z-10 border-line border-b bg-page px-4 text-ink-muted text-xs sm:px-6"
					>
						<span role="columnheader">Node</span>
						<span role="columnheader" aria-label="When" className="flex min-w-0 flex-col gap-1 pt-1.5">
							<OverviewStrip scale={scale} rows={all} shown={shown} onShown={setShown} />
							<span ref={axis} className="block h-8">
								<TimelineAxis
									scale={scale}
									shown={shown}
									width={width}
									onUnfold={(from) => setUnfolded(new Set([...(unfolded ?? []), from]))}
								/>
							</span>
						</span>
						<span role="columnheader" className="overflow-hidden text-right max-sm:hidden">
							Took
						</span>
					</div>
					<div role="rowgroup" className="relative" style={{ height: list.getTotalSize() }}>
						{list.getVirtualItems().map((item) => {
							const row = outline[item.index];
							const timeline = row === undefined ? undefined : byId.get(row.id);
							if (row === undefined || timeline === undefined) return null;
							return (
								<TimelineRowView
									key={row.id}
									timeline={timeline}
									view={row.key === null ? undefined : views.get(row.key)}
									scale={scale}
									shown={shown}
									place={{ index: item.index, top: item.start, height: item.size }}
									isCollapsed={looks.looks.length === 0 && collapsed.has(row.id)}
									isSelected={row.key !== null && row.key === selected}
									isFocusable={row.id === outline[at]?.id}
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
					<div aria-hidden className="timeline-cross">
						<span className="timeline-cross-label sticky" />
					</div>
				</div>
			</div>
		</div>
	);
}

/** What the reader folded. What is around the selected row opens when it is selected. */
function useFolded(graph: WorkflowGraph, selected: string | null) {
	const [collapsed, setCollapsed] = useState<ReadonlySet<string>>(new Set());
	const [before, setBefore] = useState(selected);
	if (before !== selected) {
		setBefore(selected);
		const around = rowsAround(outlineRows(graph), selected);
		if (around.some((id) => collapsed.has(id))) {
			setCollapsed(new Set([...collapsed].filter((id) => !around.includes(id))));
		}
	}
	return { collapsed, setCollapsed };
}
