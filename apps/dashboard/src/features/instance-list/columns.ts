"use client";

import { useSyncExternalStore } from "react";

/** Columns that a reader may hide. Status and id always show. */
export const COLUMNS = [
	{ id: "workflow", word: "Workflow" },
	{ id: "now", word: "Now" },
	{ id: "progress", word: "Progress" },
	{ id: "started", word: "Started" },
	{ id: "duration", word: "Duration" },
	{ id: "labels", word: "Labels" },
	{ id: "updated", word: "Updated" },
] as const;
export type ColumnId = (typeof COLUMNS)[number]["id"];

const KEY = "waymark.columns";
const STANDARD: readonly ColumnId[] = ["workflow", "now", "progress", "started", "duration"];
const listeners = new Set<() => void>();
let shown: readonly ColumnId[] | null = null;

export function useColumns(): readonly ColumnId[] {
	return useSyncExternalStore(
		(listener) => {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		read,
		() => STANDARD,
	);
}

export function toggleColumn(id: ColumnId): void {
	const before = read();
	shown = COLUMNS.map((column) => column.id).filter((each) => before.includes(each) !== (each === id));
	try {
		localStorage.setItem(KEY, JSON.stringify(shown));
	} catch {
		// Storage is closed to us: the choice holds for this page only.
	}
	for (const listener of listeners) listener();
}

function read(): readonly ColumnId[] {
	shown ??= stored();
	return shown;
}

function stored(): readonly ColumnId[] {
	try {
		const found: unknown = JSON.parse(localStorage.getItem(KEY) ?? "null");
		if (!Array.isArray(found)) return STANDARD;
		return COLUMNS.map(({ id }) => id).filter((id) => found.includes(id));
	} catch {
		return STANDARD;
	}
}
