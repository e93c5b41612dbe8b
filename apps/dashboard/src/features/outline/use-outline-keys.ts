import { type KeyboardEvent, useRef } from "react";
import type { OutlineRow } from "../../graph/outline-rows.ts";
import { typeAhead } from "../../graph/type-ahead.ts";

/** Letters typed with longer pauses start a new search. */
const TYPING_MS = 600;

interface OutlineKeys {
	readonly rows: readonly OutlineRow[];
	/** Index of the row that holds the focus. */
	readonly at: number;
	readonly collapsed: ReadonlySet<string>;
	readonly onFocus: (index: number) => void;
	readonly onCollapse: (collapsed: ReadonlySet<string>) => void;
	readonly onOpen: (row: OutlineRow) => void;
}

/** The keys of a treegrid: arrows, Home, End, `*`, Enter, and typing a name. */
export function useOutlineKeys({ rows, at, collapsed, onFocus, onCollapse, onOpen }: OutlineKeys) {
	const typed = useRef({ text: "", at: 0 });
	return (event: KeyboardEvent<HTMLElement>) => {
		const row = rows[at];
		if (row === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
		const isOpen = row.isParent && !collapsed.has(row.id);
		const fold = (close: boolean) => {
			const next = new Set(collapsed);
			if (close) next.add(row.id);
			else next.delete(row.id);
			onCollapse(next);
		};
		switch (event.key) {
			case "ArrowDown":
				onFocus(Math.min(at + 1, rows.length - 1));
				break;
			case "ArrowUp":
				onFocus(Math.max(at - 1, 0));
				break;
			case "Home":
				onFocus(0);
				break;
			case "End":
				onFocus(rows.length - 1);
				break;
			case "ArrowRight":
				if (isOpen) onFocus(Math.min(at + 1, rows.length - 1));
				else if (row.isParent) fold(false);
				break;
			case "ArrowLeft":
				if (isOpen) fold(true);
				else if (row.parent !== null)
					onFocus(
						Math.max(
							0,
							rows.findIndex(({ id }) => id === row.parent),
						),
					);
				break;
			case "*": {
				const next = new Set(collapsed);
				for (const other of rows) if (other.parent === row.parent) next.delete(other.id);
				onCollapse(next);
				break;
			}
			case "Enter":
				onOpen(row);
				break;
			default: {
				if (event.key.length !== 1 || event.key === " ") return;
				const isPause = event.timeStamp - typed.current.at > TYPING_MS;
				const text = (isPause ? "" : typed.current.text) + event.key;
				typed.current = { text, at: event.timeStamp };
				const found = typeAhead(
					rows.map(({ name }) => name),
					text,
					at,
				);
				if (found !== null) onFocus(found);
			}
		}
		event.preventDefault();
	};
}
