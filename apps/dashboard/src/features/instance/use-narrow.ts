"use client";

import { useMedia } from "../../components/use-media.ts";

/** Whether the screen is too narrow for a graph beside anything. */
export function useNarrow(): boolean {
	return useMedia("(max-width: 639px)");
}
