"use client";

import { ArrowUp } from "lucide-react";
import { useQueryStates } from "nuqs";
import { RequestError } from "../../api/fetch-json.ts";
import { Button } from "../../components/button.tsx";
import type { InstanceList as List } from "../../server/wire.ts";
import { formatClock } from "../../time/format.ts";
import { serverNow } from "../../time/ticker.ts";
import { FilterBar } from "./filter-bar.tsx";
import { GoToInstance } from "./go-to-instance.tsx";
import { InstanceTable } from "./instance-table.tsx";
import { LIST_FILTERS, type ListFilters } from "./list-filters.ts";
import { ListError, ListSkeleton, NothingMatches, NothingYet } from "./list-states.tsx";
import { useAtTop } from "./use-at-top.ts";
import { type InitialList, useInstanceList } from "./use-instance-list.ts";

/** The live list. `initial` is the page that the server rendered; null if it could not. */
export function InstanceList({ initial }: { readonly initial: InitialList | null }) {
	const [filters, setFilters] = useQueryStates(LIST_FILTERS, { history: "push" });
	const atTop = useAtTop();
	const { query, placed, counts } = useInstanceList(filters, initial, atTop);
	const change = (next: Partial<ListFilters>) =>
		void setFilters({
			...(next.status === undefined ? {} : { status: [...next.status] }),
			...(next.workflow === undefined ? {} : { workflow: [...next.workflow] }),
		});
	const clear = () => change({ status: [], workflow: [] });

	return (
		<div className="flex flex-1 flex-col px-4 pt-4 pb-10 sm:px-6 sm:pt-5">
			<div className="mb-4 flex flex-wrap items-center gap-x-3 gap-y-3">
				<h1 className="font-semibold text-xl">Instances</h1>
				{counts === null ? null : <span className="pt-1 text-ink-faint text-sm">{total(counts)} in all</span>}
				<span className="flex-1" />
				<GoToInstance className="max-sm:order-last max-sm:basis-full sm:w-60" />
				<Freshness failing={query.isError} updatedAt={query.dataUpdatedAt} />
			</div>
			<FilterBar filters={filters} counts={counts} onChange={change} />
			<section
				aria-label="List"
				aria-busy={query.isPlaceholderData}
				className="relative mt-4 rounded-card border border-line bg-raised"
			>
				<FreshButton count={placed.fresh} />
				<Body list={query} rows={placed.rows} counts={counts} filters={filters} onClear={clear} />
			</section>
			{query.hasNextPage && placed.rows.length > 0 ? (
				<div className="mt-4 flex justify-center">
					<Button busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
						{query.isFetchingNextPage ? "Loading…" : "Load more"}
					</Button>
				</div>
			) : null}
		</div>
	);
}

function total(counts: List["counts"]): number {
	return Object.values(counts.byStatus).reduce((sum, count) => sum + count, 0);
}

interface BodyProps {
	readonly list: ReturnType<typeof useInstanceList>["query"];
	readonly rows: ReturnType<typeof useInstanceList>["placed"]["rows"];
	readonly counts: List["counts"] | null;
	readonly filters: ListFilters;
	onClear(): void;
}

function Body({ list, rows, counts, filters, onClear }: BodyProps) {
	if (list.isPending) return <ListSkeleton />;
	if (list.data === undefined) {
		const message = list.error?.message ?? "The server does not answer.";
		const denied = list.error instanceof RequestError && list.error.code === "Forbidden";
		return <ListError message={message} denied={denied} onRetry={() => void list.refetch()} />;
	}
	if (rows.length > 0) return <InstanceTable rows={rows} />;
	const filtered = filters.status.length > 0 || filters.workflow.length > 0;
	return filtered && counts !== null && total(counts) > 0 ? <NothingMatches onClear={onClear} /> : <NothingYet />;
}

/** Only bad news is worth a place: while all is well the moving rows say it. */
function Freshness({ failing, updatedAt }: { readonly failing: boolean; readonly updatedAt: number }) {
	return (
		<span role="status" className="inline-flex items-center gap-1.5 text-ink-muted text-xs">
			<span
				aria-hidden
				className={`size-1.5 rounded-full bg-current ${failing ? "text-(--status-retrying-solid)" : "live-dot text-(--status-completed-solid)"}`}
			/>
			{failing ? `No answer, as of ${formatClock(updatedAt, serverNow())}` : "Live"}
		</span>
	);
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
