"use client";

import { useSyncExternalStore } from "react";
import type { PaletteGroup } from "./palette-items.ts";

/** What the page that is open adds to the palette: its nodes and actions. Outside of React, as the palette is elsewhere. */
const NONE: readonly PaletteGroup[] = [];
let groups = NONE;
let isOpen = false;
const listeners = new Set<() => void>();

function tell(): void {
	for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
	listeners.add(listener);
	return () => listeners.delete(listener);
}

/** Answers the function that takes them away again. */
export function offerGroups(next: readonly PaletteGroup[]): () => void {
	groups = next;
	tell();
	return () => {
		if (groups !== next) return;
		groups = NONE;
		tell();
	};
}

export function useOfferedGroups(): readonly PaletteGroup[] {
	return useSyncExternalStore(
		subscribe,
		() => groups,
		() => NONE,
	);
}

export function openPalette(open: boolean): void {
	isOpen = open;
	tell();
}

export function usePaletteOpen(): boolean {
	return useSyncExternalStore(
		subscribe,
		() => isOpen,
		() => false,
	);
}
