/** A row as far as the order cares. */
interface Row {
	readonly runId: string;
}

export interface Placed<R extends Row> {
	readonly rows: readonly R[];
	/** Newer rows that are held back, because the reader is further down. */
	readonly fresh: number;
}

/**
 * The rows to show, given what was shown before. At the top everything shows. Further down nothing moves: rows keep
 * their place with new content, new rows on top wait, older ones are added below, and those that are gone leave.
 */
export function keepPlace<R extends Row>(shown: readonly string[], rows: readonly R[], atTop: boolean): Placed<R> {
	if (atTop || shown.length === 0) return { rows, fresh: 0 };
	const known = new Set(shown);
	const first = rows.findIndex((row) => known.has(row.runId));
	if (first < 0) return { rows, fresh: 0 };
	return { rows: rows.slice(first), fresh: first };
}
