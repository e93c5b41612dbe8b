/** A row of either list, with its partner in the other; null: the other has none. Never both null. */
export interface Pair<Row> {
	readonly a: Row | null;
	readonly b: Row | null;
}

/**
 * Both lists as one, each in its own order as far as the two agree: what only one has stands after what it follows
 * there. What was moved stands where the first has it. Linear in both.
 */
export function mergeRows<Row extends { readonly key: string }>(
	first: readonly Row[],
	second: readonly Row[],
): readonly Pair<Row>[] {
	const inFirst = new Set(first.map(({ key }) => key));
	const inSecond = new Map(second.map((row) => [row.key, row]));
	const placed = new Set<string>();
	const pairs: Pair<Row>[] = [];
	let next = 0;
	const takeSecond = (upTo: string | null) => {
		for (let row = second[next]; row !== undefined && row.key !== upTo; row = second[next]) {
			// What the first has as well comes with it, be it earlier or later.
			if (inFirst.has(row.key) && !placed.has(row.key)) return;
			if (!inFirst.has(row.key)) pairs.push({ a: null, b: row });
			next += 1;
		}
	};
	for (const row of first) {
		const partner = inSecond.get(row.key) ?? null;
		if (partner !== null) takeSecond(row.key);
		pairs.push({ a: row, b: partner });
		placed.add(row.key);
		if (second[next]?.key === row.key) next += 1;
	}
	takeSecond(null);
	return pairs;
}
