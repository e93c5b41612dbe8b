"use client";

import { useSyncExternalStore } from "react";
import type { PaletteGroup } from "./palette-items.ts";

/** Asked for only while the palette is open: a plan may have ten thousand nodes, and change ten times a second. */
export type OfferGroups = () => readonly PaletteGroup[];

/** The heading of what the page of an instance adds of its plan. */
export const NODES_GROUP = "Nodes of this instance";

const nothing: OfferGroups = () => [];
let offer = nothing;
let isOpen = false;
const listeners = new Set<() => void>();

function tell(): void {
	for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
	listeners.add(listener);
	return () => listeners.delete(listener);
}

/** What the page that is open adds: its nodes and actions. Answers the function that takes them away again. */
export function offerGroups(next: OfferGroups): () => void {
	offer = next;
	tell();
	return () => {
		if (offer !== next) return;
		offer = nothing;
		tell();
	};
}

export function useOffer(): OfferGroups {
	return useSyncExternalStore(
		subscribe,
		() => offer,
		() => nothing,
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
