"use client";

import { useMedia } from "./use-media.ts";

/** Whether the page is being put on paper: then what only stands outside of the window is drawn as well. */
export function usePrinting(): boolean {
	return useMedia("print");
}

/** Rows of a list that paper takes; a plan of ten thousand nodes is no longer read there. */
export const PRINTED_ROWS = 2_000;
