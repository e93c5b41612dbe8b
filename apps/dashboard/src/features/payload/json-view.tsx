"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { ChevronRight } from "lucide-react";
import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from "react";
import { CopyButton } from "../../components/copy-button.tsx";
import { collapsedBelow, expandedRows, type JsonRow, pathOf } from "./json-tree.ts";
import { LeafValue } from "./leaf-value.tsx";

const ROW = 22;
const INDENT = 14;

interface JsonViewProps {
	readonly rows: readonly JsonRow[];
	/** Rows that a search found, by `at`, and the one that the reader looks at; null: none. */
	readonly found: readonly number[];
	readonly hit: number | null;
	/** Containers from this depth on are folded to begin with. */
	readonly openDepth: number;
	/** Told which row the reader is at, by `at`. */
	onCurrent(at: number): void;
	readonly wrap: boolean;
	readonly label: string;
}

/** The tree of a value: only the rows in view are in the document. */
export function JsonView({ rows, found, hit, openDepth, onCurrent, wrap, label }: JsonViewProps) {
	const [collapsed, setCollapsed] = useState(() => collapsedBelow(rows, openDepth));
	const [current, setCurrent] = useState(0);
	const shown = useMemo(() => expandedRows(rows, collapsed), [rows, collapsed]);
	const hits = useMemo(() => new Set(found), [found]);
	const id = useId();
	const scroller = useRef<HTMLDivElement>(null);
	const list = useVirtualizer({
		count: shown.length,
		getScrollElement: () => scroller.current,
		estimateSize: () => ROW,
		overscan: 20,
	});
	const focusRow = (index: number) => {
		const row = shown[index];
		if (row === undefined) return;
		setCurrent(row.at);
		list.scrollToIndex(index, { align: "auto" });
	};
	const toggle = (row: JsonRow) => {
		const next = new Set(collapsed);
		if (!next.delete(row.at)) next.add(row.at);
		setCollapsed(next);
	};
	const toShow = useRef<number | null>(null);
	useEffect(() => {
		if (hit === null) return;
		toShow.current = hit;
		setCollapsed((before) => withoutParents(rows, hit, before));
		setCurrent(hit);
	}, [hit, rows]);
	useEffect(() => onCurrent(current), [onCurrent, current]);
	const at = Math.max(
		0,
		shown.findIndex((row) => row.at === current),
	);
	// Only a new hit moves the view, and only once what it lay folded in is open.
	useEffect(() => {
		if (toShow.current === null || shown[at]?.at !== toShow.current) return;
		toShow.current = null;
		list.scrollToIndex(at, { align: "center" });
	});
	const onKeyDown = (event: KeyboardEvent) => {
		const row = shown[at];
		if (row === undefined) return;
		const target = keyTarget(event.key, at, shown, collapsed);
		if (target === null) return;
		event.preventDefault();
		if (target === "toggle") toggle(row);
		else focusRow(target);
	};
	return (
		<div
			ref={scroller}
			role="tree"
			aria-label={label}
			aria-activedescendant={`${id}-${current}`}
			tabIndex={0}
			onKeyDown={onKeyDown}
			className="payload-body overflow-auto py-1.5 outline-offset-[-2px]"
		>
			<div className="relative" style={{ height: list.getTotalSize() }}>
				{list.getVirtualItems().map((item) => {
					const row = shown[item.index];
					if (row === undefined) return null;
					return (
						// biome-ignore lint/a11y/useKeyWithClickEvents: the tree around it handles every key
						<div
							key={row.at}
							id={`${id}-${row.at}`}
							data-index={item.index}
							ref={list.measureElement}
							role="treeitem"
							tabIndex={-1}
							aria-level={row.depth + 1}
							aria-expanded={row.end > row.at + 1 ? !collapsed.has(row.at) : undefined}
							aria-selected={row.at === current}
							data-hit={hits.has(row.at) || undefined}
							onClick={() => {
								setCurrent(row.at);
								if (row.end > row.at + 1) toggle(row);
							}}
							className={`group absolute top-0 left-0 flex w-full min-w-fit items-start gap-1 pr-2 font-mono text-xs leading-[22px] hover:bg-hover aria-selected:bg-hover data-hit:bg-amber-soft ${wrap ? "max-w-full" : "whitespace-nowrap"}`}
							style={{ transform: `translateY(${item.start}px)`, paddingLeft: 8 + row.depth * INDENT }}
						>
							<ChevronRight
								aria-hidden
								size={12}
								className={`mt-[5px] shrink-0 text-ink-faint ${row.end > row.at + 1 ? "" : "invisible"} ${collapsed.has(row.at) ? "" : "rotate-90"}`}
							/>
							<LeafValue row={row} wrap={wrap} />
							<span className="invisible -my-px ml-auto flex h-[22px] items-center group-hover:visible">
								<CopyButton text={pathOf(rows, row.at)} label="Copy path" />
							</span>
						</div>
					);
				})}
			</div>
		</div>
	);
}

function withoutParents(rows: readonly JsonRow[], at: number, collapsed: ReadonlySet<number>): ReadonlySet<number> {
	const next = new Set(collapsed);
	for (let parent = rows[at]?.parent ?? null; parent !== null; parent = rows[parent]?.parent ?? null)
		next.delete(parent);
	return next;
}

function keyTarget(
	key: string,
	at: number,
	shown: readonly JsonRow[],
	collapsed: ReadonlySet<number>,
): number | "toggle" | null {
	const row = shown[at];
	if (row === undefined) return null;
	const isParent = row.end > row.at + 1;
	const isOpen = isParent && !collapsed.has(row.at);
	switch (key) {
		case "ArrowDown":
			return Math.min(at + 1, shown.length - 1);
		case "ArrowUp":
			return Math.max(at - 1, 0);
		case "Home":
			return 0;
		case "End":
			return shown.length - 1;
		case "ArrowRight":
			if (!isParent) return null;
			return isOpen ? at + 1 : "toggle";
		case "ArrowLeft":
			return isOpen
				? "toggle"
				: Math.max(
						0,
						shown.findIndex((other) => other.at === row.parent),
					);
		case "Enter":
		case " ":
			return isParent ? "toggle" : null;
		default:
			return null;
	}
}
