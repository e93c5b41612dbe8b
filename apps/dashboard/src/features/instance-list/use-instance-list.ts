"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useMemo, useRef } from "react";
import { getJson } from "../../api/fetch-json.ts";
import type { InstanceList } from "../../server/wire.ts";
import { learnServerClock } from "../../time/ticker.ts";
import { keepPlace, type Placed } from "./keep-place.ts";
import { type ListFilters, listPath } from "./list-filters.ts";

const POLL_MS = 3_000;

type Row = InstanceList["instances"][number];

/** The loaded pages, fetched anew every 3 s while the page is visible. */
export function useInstanceList(filters: ListFilters, initial: InitialList | null, atTop: boolean) {
	const key = listPath(filters, null);
	const query = useInfiniteQuery({
		queryKey: ["instances", key],
		queryFn: async ({ pageParam, signal }) => {
			const page = await getJson<InstanceList>(listPath(filters, pageParam), signal);
			learnServerClock(page.now);
			return page;
		},
		initialPageParam: null as string | null,
		getNextPageParam: (last) => last.nextCursor,
		refetchInterval: POLL_MS,
		placeholderData: keepPreviousData,
		...(initial?.key === key ? { initialData: { pages: [initial.list], pageParams: [null] } } : {}),
	});
	const rows = useMemo(() => distinct(query.data?.pages ?? []), [query.data]);
	const placed = usePlaced(rows, atTop, key);
	return { query, placed, counts: query.data?.pages[0]?.counts ?? null };
}

/** The page that the server rendered, and the filters it belongs to. */
export interface InitialList {
	readonly key: string;
	readonly list: InstanceList;
}

/** Pages are fetched one after the other; an instance that was created meanwhile pushes a row onto two of them. */
function distinct(pages: readonly InstanceList[]): readonly Row[] {
	return [...new Map(pages.flatMap((page) => page.instances).map((row) => [row.runId, row])).values()];
}

function usePlaced(rows: readonly Row[], atTop: boolean, key: string): Placed<Row> {
	const shown = useRef<{ key: string; ids: readonly string[] }>({ key, ids: [] });
	const placed = keepPlace(shown.current.key === key ? shown.current.ids : [], rows, atTop);
	shown.current = { key, ids: placed.rows.map((row) => row.runId) };
	return placed;
}
