import { type PointerEvent, useEffect, useRef, useState } from "react";
import { type ColumnId, moveColumnTo } from "./columns.ts";

interface Drag {
	readonly id: ColumnId;
	/** Where it stood, to return to. */
	readonly from: number;
}

/**
 * Rows of the chooser that are dragged to another place. The list follows at once; Escape gives the place back. What is
 * dragged moves in the document too, so the window listens, not the row.
 */
export function useRowDrag(onEnd: (id: ColumnId) => void) {
	const [drag, setDrag] = useState<Drag | null>(null);
	const list = useRef<HTMLFieldSetElement>(null);
	const said = useRef(onEnd);
	said.current = onEnd;
	useEffect(() => {
		if (drag === null) return undefined;
		const gone = new AbortController();
		const { signal } = gone;
		const onMove = ({ clientY }: globalThis.PointerEvent) => {
			const others = [...(list.current?.querySelectorAll<HTMLElement>("[data-column]") ?? [])].filter(
				(row) => row.dataset.column !== drag.id,
			);
			moveColumnTo(drag.id, placeAt(others.map(middleOf), clientY));
		};
		const onUp = () => {
			setDrag(null);
			said.current(drag.id);
		};
		const giveUp = () => {
			moveColumnTo(drag.id, drag.from);
			setDrag(null);
		};
		const onKey = (event: KeyboardEvent) => {
			if (event.key !== "Escape") return;
			// Else the whole chooser would close.
			event.preventDefault();
			event.stopPropagation();
			giveUp();
		};
		window.addEventListener("pointermove", onMove, { signal });
		window.addEventListener("pointerup", onUp, { signal });
		window.addEventListener("pointercancel", giveUp, { signal });
		window.addEventListener("keydown", onKey, { signal, capture: true });
		return () => gone.abort();
	}, [drag]);
	const begin = (id: ColumnId, at: number) => (event: PointerEvent) => {
		if (event.button !== 0) return;
		// No text is selected meanwhile.
		event.preventDefault();
		setDrag({ id, from: at });
	};
	return { list, dragged: drag?.id ?? null, begin };
}

function middleOf(row: HTMLElement): number {
	const { top, height } = row.getBoundingClientRect();
	return top + height / 2;
}

/** How many of the others stand before a place on the screen. */
export function placeAt(middles: readonly number[], y: number): number {
	return middles.filter((middle) => middle < y).length;
}
