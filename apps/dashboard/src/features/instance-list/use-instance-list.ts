"use client";

import {
	type InfiniteData,
	keepPreviousData,
	type UseInfiniteQueryResult,
	useInfiniteQuery,
} from "@tanstack/react-query";
import { useEffect, useMemo, useRef } from "react";
import { getJson } from "../../api/fetch-json.ts";
import type { InstanceList } from "../../server/wire.ts";
import { learnServerClock } from "../../time/ticker.ts";
import { besideOf } from "./beside.ts";
import { keepPlace, type Placed } from "./keep-place.ts";
import { type ListFilters, type ListPlace, listPath } from "./list-filters.ts";

const POLL_MS = 3_000;

/** Rows that fill a screen. */
const ENOUGH = 25;

type Row = InstanceList["instances"][number];

/** One page of the list, fetched anew every 3 s while it is looked at. It may take several answers to fill it. */
export function useInstanceList(filters: ListFilters, page: ListPlace, initial: InitialList | null, place: Place) {
	const key = listPath(filters, page);
	const { towards } = page;
	const query = useInfiniteQuery({
		queryKey: ["instances", key],
		queryFn: async ({ pageParam, signal }) => {
			const answer = await getJson<InstanceList>(listPath(filters, { cursor: pageParam, towards }), signal);
			learnServerClock(answer.now);
			return answer;
		},
		initialPageParam: page.cursor,
		getNextPageParam: (last) => last.nextCursor,
		refetchInterval: ({ state }) => (place.held ? false : pollMs(state.data?.pages.length ?? 1)),
		placeholderData: keepPreviousData,
		...(initial?.key === key ? { initialData: { pages: [initial.list], pageParams: [page.cursor] } } : {}),
	});
	const answers = useMemo(() => newestFirst(query.data?.pages ?? [], towards), [query.data, towards]);
	const rows = useMemo(() => distinct(answers), [answers]);
	const placed = usePlaced(rows, place.atTop && !place.held, key);
	useFill(query, rows.length);
	const [first] = query.data?.pages ?? [];
	return {
		query,
		placed,
		counts: first?.counts ?? null,
		matching: first?.matching ?? null,
		beside: besideOf(answers, page, query.hasNextPage),
	};
}

/** Towards newer the next answer lies above the one before. */
function newestFirst(pages: readonly InstanceList[], towards: ListPlace["towards"]): readonly InstanceList[] {
	return towards === "newer" ? pages.toReversed() : pages;
}

/** Every page is asked for anew: far down, less often. */
function pollMs(pages: number): number {
	return POLL_MS * Math.max(1, Math.floor(pages / 2));
}

/** Where the reader is in the list. */
interface Place {
	readonly atTop: boolean;
	/** Rows are selected: nothing comes, goes or is asked for meanwhile. */
	readonly held: boolean;
}

/** As many short pages in a row are read on without being asked. */
const MOST_SHORT = 25;

/** A rare thing is looked for in stretches: pages that came (nearly) empty are followed by the next at once. */
function useFill(query: UseInfiniteQueryResult<InfiniteData<InstanceList>>, rows: number): void {
	const pages = query.data?.pages.length ?? 0;
	const { hasNextPage, isFetching, fetchNextPage } = query;
	const short = rows < ENOUGH && pages > 0 && pages < MOST_SHORT && hasNextPage;
	useEffect(() => {
		if (short && !isFetching) void fetchNextPage();
	}, [short, isFetching, fetchNextPage]);
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
