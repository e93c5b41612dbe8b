"use client";

import { useSyncExternalStore } from "react";

/** Columns that a reader may hide. Status and id always show. */
export const COLUMNS = [
	{ id: "workflow", word: "Workflow" },
	{ id: "now", word: "Now, or why it failed" },
	{ id: "progress", word: "Progress" },
	{ id: "started", word: "Started" },
	{ id: "duration", word: "Duration" },
	{ id: "labels", word: "Labels" },
	{ id: "updated", word: "Updated" },
] as const;
export type ColumnId = (typeof COLUMNS)[number]["id"];

export function wordOf(id: ColumnId): string {
	return COLUMNS.find((column) => column.id === id)?.word ?? id;
}

const KEY = "waymark.columns";
const STANDARD: readonly ColumnId[] = ["workflow", "now", "progress", "started", "duration"];
const listeners = new Set<() => void>();
let shown: readonly ColumnId[] | null = null;

/** Those that show, in the reader's order. */
export function useColumns(): readonly ColumnId[] {
	return useSyncExternalStore(
		(listener) => {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		readColumns,
		() => STANDARD,
	);
}

export function toggleColumn(id: ColumnId): void {
	const before = readColumns();
	write(before.includes(id) ? before.filter((each) => each !== id) : [...before, id]);
}

/** Changes places with the next one before or behind it. */
export function moveColumn(id: ColumnId, by: -1 | 1): void {
	write(moved(readColumns(), id, by));
}

/** Puts a column that shows at a place among them. */
export function moveColumnTo(id: ColumnId, to: number): void {
	const next = placed(readColumns(), id, to);
	if (next !== shown) write(next);
}

/** The same list if it stands there already. */
export function placed<T>(list: readonly T[], item: T, to: number): readonly T[] {
	const at = list.indexOf(item);
	return at < 0 || at === to ? list : list.toSpliced(at, 1).toSpliced(to, 0, item);
}

export function moved<T>(list: readonly T[], item: T, by: -1 | 1): readonly T[] {
	const at = list.indexOf(item);
	const other = list[at + by];
	if (at < 0 || other === undefined) return list;
	return list.with(at, other).with(at + by, item);
}

function write(next: readonly ColumnId[]): void {
	shown = next;
	try {
		localStorage.setItem(KEY, JSON.stringify(next));
	} catch {
		// Storage is closed to us: the choice holds for this page only.
	}
	for (const listener of listeners) listener();
}

/** The same, asked once. */
export function readColumns(): readonly ColumnId[] {
	shown ??= stored();
	return shown;
}

function stored(): readonly ColumnId[] {
	try {
		const found: unknown = JSON.parse(localStorage.getItem(KEY) ?? "null");
		if (!Array.isArray(found)) return STANDARD;
		const known = new Set(COLUMNS.map(({ id }) => id));
		return [...new Set(found)].filter((id): id is ColumnId => known.has(id));
	} catch {
		return STANDARD;
	}
}
