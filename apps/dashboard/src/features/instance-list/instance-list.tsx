"use client";

import { ArrowUp } from "lucide-react";
import { useQueryStates } from "nuqs";
import { useEffect } from "react";
import { AwaitedRows } from "../../components/awaited.tsx";
import { Button } from "../../components/button.tsx";
import { StaleNote } from "../../components/stale-note.tsx";
import type { InstanceList as List } from "../../server/wire.ts";
import { BulkBar } from "../bulk/bulk-bar.tsx";
import { failedOf } from "../bulk/failed-ids.ts";
import { Page, PageHeader } from "../frame/page-header.tsx";
import { ColumnMenu } from "./column-menu.tsx";
import { FilterBar } from "./filter-bar.tsx";
import { InstanceTable } from "./instance-table.tsx";
import { isFiltered, LIST_ADDRESS, type ListFilters, type ListPlace, NEWEST, NO_FILTERS } from "./list-filters.ts";
import { listNote } from "./list-note.ts";
import { NothingFound, NothingMatches, NothingYet } from "./list-states.tsx";
import { Pager } from "./pager.tsx";
import { SearchBox } from "./search-box.tsx";
import { useAtTop } from "./use-at-top.ts";
import { type InitialList, useInstanceList } from "./use-instance-list.ts";
import { useRowKeys } from "./use-row-keys.ts";
import { type Selection, useSelection } from "./use-selection.ts";
import { ViewMenu } from "./view-menu.tsx";

interface InstanceListProps {
	/** The page that the server rendered; null if it could not. */
	readonly initial: InitialList | null;
	/** A bulk action whose failures are to be selected; null: none. */
	readonly afterJob: string | null;
}

/** The live list: what it shows stands in its address. */
export function InstanceList({ initial, afterJob }: InstanceListProps) {
	const [{ cursor, towards, ...filters }, setAddress] = useQueryStates(LIST_ADDRESS, { history: "push" });
	const page: ListPlace = { cursor, towards };
	const selection = useSelection(() => failedOf(afterJob));
	useRowKeys(selection);
	const atTop = useAtTop();
	const held = selection.ids.length > 0;
	const { query, placed, counts, matching, beside } = useInstanceList(filters, page, initial, { atTop, held });
	const change = (next: Partial<ListFilters>) => {
		selection.clear();
		void setAddress({ ...writable(next), ...NEWEST });
	};
	// Going towards newer has come to the top: that page is known by its plain address.
	const isTop = towards === "newer" && query.isSuccess && !query.isPlaceholderData && beside.newer === null;
	useEffect(() => {
		if (isTop) void setAddress(NEWEST, { history: "replace" });
	}, [isTop, setAddress]);

	return (
		<Page>
			<PageHeader title="Instances" note={listNote(counts, matching)}>
				<SearchBox onChange={change} />
				<StaleNote failing={query.isError} held={held} updatedAt={query.dataUpdatedAt} />
			</PageHeader>
			<div className="mb-2 flex flex-wrap gap-2">
				<ViewMenu filters={filters} onChoose={change} />
				<ColumnMenu />
			</div>
			<FilterBar filters={filters} counts={counts} onChange={change} />
			<section
				aria-label="List"
				aria-busy={query.isPlaceholderData}
				className="relative mt-4 rounded-card border border-line bg-raised"
			>
				<FreshButton count={placed.fresh} />
				<Body
					list={query}
					rows={placed.rows}
					counts={counts}
					filters={filters}
					selection={selection}
					onClear={() => change(NO_FILTERS)}
				/>
			</section>
			<Pager
				page={page}
				beside={beside}
				rows={placed.rows.length}
				busy={query.isPlaceholderData || query.isFetchingNextPage}
				onGo={(to) => void setAddress(to, { scroll: true })}
			/>
			<BulkBar filters={filters} selection={selection} hasMore={query.hasNextPage || page.cursor !== null} />
		</Page>
	);
}

/** The same without `readonly`, as the address takes it. */
function writable(next: Partial<ListFilters>) {
	const { status, workflow, label, ...rest } = next;
	return {
		...rest,
		...(status === undefined ? {} : { status: [...status] }),
		...(workflow === undefined ? {} : { workflow: [...workflow] }),
		...(label === undefined ? {} : { label: [...label] }),
	};
}

interface BodyProps {
	readonly list: ReturnType<typeof useInstanceList>["query"];
	readonly rows: ReturnType<typeof useInstanceList>["placed"]["rows"];
	readonly counts: List["counts"] | null;
	readonly filters: ListFilters;
	readonly selection: Selection;
	onClear(): void;
}

function Body({ list, rows, counts, filters, selection, onClear }: BodyProps) {
	const awaited = <AwaitedRows what="The list" error={list.error} onRetry={() => void list.refetch()} />;
	if (list.data === undefined) return awaited;
	if (rows.length > 0) return <InstanceTable rows={rows} selection={selection} />;
	if (list.hasNextPage && list.isFetching) return awaited;
	if (list.hasNextPage) return <NothingFound />;
	const any = counts !== null && Object.values(counts.byStatus).some((count) => count > 0);
	return isFiltered(filters) && any ? <NothingMatches onClear={onClear} /> : <NothingYet />;
}

function FreshButton({ count }: { readonly count: number }) {
	if (count === 0) return null;
	return (
		<div className="pointer-events-none sticky top-14 z-10 -mb-8 flex justify-center sm:top-3">
			<Button
				variant="primary"
				size="sm"
				className="pointer-events-auto mt-2 rounded-full shadow-pop"
				icon={<ArrowUp aria-hidden size={13} />}
				onClick={() => window.scrollTo({ top: 0 })}
			>
				{count} new
			</Button>
		</div>
	);
}
