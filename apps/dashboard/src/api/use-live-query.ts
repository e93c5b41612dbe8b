"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { learnServerClock } from "../time/ticker.ts";
import { getJson } from "./fetch-json.ts";

/** What the server rendered, and the address that it belongs to. */
export interface Initial<T> {
	readonly path: string;
	readonly data: T;
}

/** One address, asked for again and again while the page is looked at. What was there stays until something newer is. */
export function useLiveQuery<T>(path: string, everyMs: number, initial: Initial<T> | null) {
	return useQuery({
		queryKey: ["live", path],
		queryFn: async ({ signal }) => {
			const data = await getJson<T>(path, signal);
			if (typeof data === "object" && data !== null && "now" in data && typeof data.now === "number") {
				learnServerClock(data.now);
			}
			return data;
		},
		refetchInterval: everyMs,
		placeholderData: keepPreviousData,
		...(initial?.path === path ? { initialData: initial.data } : {}),
	});
}
