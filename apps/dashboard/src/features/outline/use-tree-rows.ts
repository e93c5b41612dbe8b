import { useVirtualizer } from "@tanstack/react-virtual";
import { type RefObject, useEffect, useRef, useState } from "react";
import { PRINTED_ROWS, usePrinting } from "../../components/use-printing.ts";
import type { OutlineRow } from "../../graph/outline-rows.ts";

interface TreeRows {
	readonly rows: readonly OutlineRow[];
	readonly scroller: RefObject<HTMLDivElement | null>;
	/** Of one row, px. */
	readonly height: number;
	/** Of the heads of the columns, which lie over the rows, px. */
	readonly head: number;
	/** Id of the selected row. */
	readonly selected: string | null;
	/** Id of the row to begin at where none is selected; null: at the top. */
	readonly opening?: string | null;
}

/** Which rows of a treegrid are drawn, which one the keys stand on, and which one is brought into view. */
export function useTreeRows({ rows, scroller, height, head, selected, opening = null }: TreeRows) {
	const [focusedId, setFocusedId] = useState<string | null>(null);
	const [before, setBefore] = useState(selected);
	if (before !== selected) {
		// Whoever selects elsewhere (F, the palette) goes on from there; whoever closes goes on from what was open.
		setBefore(selected);
		setFocusedId(selected === null ? before : null);
	}
	const wantsFocus = useRef(false);
	const isPrinting = usePrinting();
	const list = useVirtualizer({
		count: rows.length,
		getScrollElement: () => scroller.current,
		estimateSize: () => height,
		overscan: isPrinting ? PRINTED_ROWS : 12,
		initialRect: { width: 800, height: 800 },
		scrollPaddingEnd: head,
	});
	const index = (id: string | null) => (id === null ? -1 : rows.findIndex((row) => row.id === id));
	const at = [focusedId, selected, opening].map(index).find((found) => found >= 0) ?? 0;
	const shown = selected ?? opening;
	// biome-ignore lint/correctness/useExhaustiveDependencies: only another selection moves the list
	useEffect(() => {
		const row = index(shown);
		const view = { from: list.scrollOffset ?? 0, height: (list.scrollRect?.height ?? 0) - head };
		if (row >= 0 && !isInView(row * height, height, view)) list.scrollToIndex(row, { align: "center" });
	}, [selected]);
	const focusRow = (next: number) => {
		const row = rows[next];
		if (row === undefined) return;
		wantsFocus.current = true;
		setFocusedId(row.id);
		list.scrollToIndex(next, { align: "auto" });
	};
	return { list, at, wantsFocus, focusRow, standOn: setFocusedId };
}

function isInView(top: number, height: number, view: { readonly from: number; readonly height: number }): boolean {
	return top >= view.from && top + height <= view.from + view.height;
}
