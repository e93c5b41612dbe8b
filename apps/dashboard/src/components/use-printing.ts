"use client";

import { useSyncExternalStore } from "react";

const QUERY = "print";

function subscribe(listener: () => void): () => void {
	const paper = matchMedia(QUERY);
	paper.addEventListener("change", listener);
	return () => paper.removeEventListener("change", listener);
}

/** Whether the page is being put on paper: then what only stands outside of the window is drawn as well. */
export function usePrinting(): boolean {
	return useSyncExternalStore(
		subscribe,
		() => matchMedia(QUERY).matches,
		() => false,
	);
}

/** Rows of a list that paper takes; a plan of ten thousand nodes is no longer read there. */
export const PRINTED_ROWS = 2_000;
