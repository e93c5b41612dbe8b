"use client";

import { useSyncExternalStore } from "react";

const TOP_PX = 48;

function onScroll(listener: () => void): () => void {
	window.addEventListener("scroll", listener, { passive: true });
	return () => window.removeEventListener("scroll", listener);
}

/** Whether the page stands at its top, where new rows may come in. */
export function useAtTop(): boolean {
	return useSyncExternalStore(
		onScroll,
		() => window.scrollY <= TOP_PX,
		() => true,
	);
}
