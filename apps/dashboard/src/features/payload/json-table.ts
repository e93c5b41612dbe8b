import { HIDDEN_MARK } from "../../redaction/mark.ts";
import type { JsonRow } from "./json-tree.ts";

/** An array of objects as columns and rows. Cells hold the rows of the tree, so that no value changes on the way. */
export interface JsonTable {
	/** In the order in which they first appear. */
	readonly columns: readonly string[];
	/** True: there are more keys than columns. */
	readonly isCut: boolean;
	/** By column; undefined where an object lacks the key. */
	readonly rows: readonly ReadonlyMap<string, JsonRow>[];
}

/** More columns than this are no table that anybody reads. */
const MAX_COLUMNS = 40;

/** Null unless the whole value is an array of at least one object, and of nothing else. */
export function jsonTable(rows: readonly JsonRow[]): JsonTable | null {
	const root = rows[0];
	if (root?.token.kind !== "array" || root.token.size === 0) return null;
	const columns = new Map<string, true>();
	const table: Map<string, JsonRow>[] = [];
	for (let at = 1; at < rows.length; ) {
		const item = rows[at];
		if (item?.token.kind !== "object") return null;
		table.push(cellsOf(rows, item, columns));
		at = item.end;
	}
	return {
		columns: [...columns.keys()].slice(0, MAX_COLUMNS),
		isCut: columns.size > MAX_COLUMNS,
		rows: table,
	};
}

function cellsOf(rows: readonly JsonRow[], item: JsonRow, columns: Map<string, true>): Map<string, JsonRow> {
	const cells = new Map<string, JsonRow>();
	for (let at = item.at + 1; at < item.end; ) {
		const cell = rows[at];
		if (cell === undefined) break;
		const key = String(cell.key);
		columns.set(key, true);
		// The last of two equal keys counts, as it does for JSON.parse.
		cells.set(key, cell);
		at = cell.end;
	}
	return cells;
}

/** What a cell shows: leaves as they are, containers by their size. */
export function cellText({ token }: JsonRow): string {
	switch (token.kind) {
		case "object":
			return `{ ${token.size} }`;
		case "array":
			return `[ ${token.size} ]`;
		case "string":
		case "number":
		case "literal":
			return token.text;
		case "hidden":
			return `${HIDDEN_MARK} hidden by policy`;
	}
}
