"use client";

import { useSyncExternalStore } from "react";

const QUERY = "(max-width: 639px)";

function subscribe(listener: () => void): () => void {
	const list = matchMedia(QUERY);
	list.addEventListener("change", listener);
	return () => list.removeEventListener("change", listener);
}

/** Whether the screen is too narrow for a graph beside anything. */
export function useNarrow(): boolean {
	return useSyncExternalStore(
		subscribe,
		() => matchMedia(QUERY).matches,
		() => false,
	);
}
