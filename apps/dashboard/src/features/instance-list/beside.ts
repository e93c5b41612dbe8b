import type { InstanceList } from "../../server/wire.ts";
import type { ListPlace } from "./list-filters.ts";

export interface Beside {
	/** Null: this page begins with the newest. */
	readonly newer: ListPlace | null;
	/** Null: this page ends with the oldest. */
	readonly older: ListPlace | null;
}

/**
 * The pages on both sides of one, whose answers come newest first. A page that goes towards newer and found the end is
 * not full: what lies above it is the first page. The place that a page begins at always has a row on its other side.
 */
export function besideOf(
	answers: readonly Pick<InstanceList, "edges" | "nextCursor">[],
	page: ListPlace,
	hasNext: boolean,
): Beside {
	const edges = answers.flatMap(({ edges }) => (edges === null ? [] : [edges]));
	const newest = edges[0]?.newest ?? page.cursor;
	const oldest = edges.at(-1)?.oldest ?? page.cursor;
	if (page.towards === "newer") {
		const next = answers[0]?.nextCursor ?? null;
		return {
			newer: next === null ? null : { cursor: next, towards: "newer" },
			older: { cursor: oldest, towards: null },
		};
	}
	const next = answers.at(-1)?.nextCursor ?? null;
	return {
		newer: page.cursor === null || newest === null ? null : { cursor: newest, towards: "newer" },
		older: hasNext && next !== null ? { cursor: next, towards: null } : null,
	};
}
