"use client";

import { useSyncExternalStore } from "react";
import { type ListFilters, NO_FILTERS } from "./list-filters.ts";

/** A set of filters under a name. */
export interface View {
	readonly name: string;
	readonly filters: ListFilters;
}

const LIVE = ["pending", "in_progress", "waiting", "awaiting_signal"] as const;
const HOUR_MS = 3_600_000;

export const BUILT_IN: readonly View[] = [
	{ name: "Failures", filters: { ...NO_FILTERS, status: ["failed"] } },
	{ name: "Stuck for an hour", filters: { ...NO_FILTERS, status: ["pending", "in_progress"], duration: HOUR_MS } },
	{ name: "Retrying", filters: { ...NO_FILTERS, retries: "now" } },
	{ name: "Waiting on approval", filters: { ...NO_FILTERS, status: ["awaiting_signal"] } },
	{ name: "Everything live", filters: { ...NO_FILTERS, status: [...LIVE] } },
];

const KEY = "waymark.views";
const MOST = 30;
const listeners = new Set<() => void>();
let views: readonly View[] | null = null;
const NONE: readonly View[] = [];

/** The reader's own, kept in this browser. */
export function useOwnViews(): readonly View[] {
	return useSyncExternalStore(
		(listener) => {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		read,
		() => NONE,
	);
}

export function saveView(view: View): void {
	write([...read().filter(({ name }) => name !== view.name), view].slice(-MOST));
}

export function forgetView(name: string): void {
	write(read().filter((view) => view.name !== name));
}

function read(): readonly View[] {
	views ??= stored();
	return views;
}

/** What an older version stored may lack a filter; what it stored for others is left as it is. */
function stored(): readonly View[] {
	try {
		const found: unknown = JSON.parse(localStorage.getItem(KEY) ?? "[]");
		if (!Array.isArray(found)) return NONE;
		return found.flatMap((one: unknown) =>
			isView(one) ? [{ name: one.name, filters: { ...NO_FILTERS, ...one.filters } }] : [],
		);
	} catch {
		return NONE;
	}
}

function isView(one: unknown): one is View {
	return typeof one === "object" && one !== null && "name" in one && typeof one.name === "string" && "filters" in one;
}

function write(next: readonly View[]): void {
	views = next;
	try {
		localStorage.setItem(KEY, JSON.stringify(next));
	} catch {
		// Storage is closed to us: the view holds for this page only.
	}
	for (const listener of listeners) listener();
}
