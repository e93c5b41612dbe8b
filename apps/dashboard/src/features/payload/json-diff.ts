import { HIDDEN_MARK } from "../../redaction/mark.ts";
import type { JsonRow } from "./json-tree.ts";

/** One difference between two values. The rows are those of the values that were compared. */
export type Difference =
	| { readonly kind: "added"; readonly path: string; readonly after: JsonRow }
	| { readonly kind: "removed"; readonly path: string; readonly before: JsonRow }
	| { readonly kind: "changed"; readonly path: string; readonly before: JsonRow; readonly after: JsonRow };

export interface JsonDiff {
	/** In the order of the values, the first `most` of them. */
	readonly differences: readonly Difference[];
	/** More than `most` differ. */
	readonly isCut: boolean;
}

interface Pair {
	readonly path: string;
	readonly before: JsonRow | null;
	readonly after: JsonRow | null;
}

/**
 * What must be done to the first value to get the second. Objects are compared by key; arrays by position, after what
 * begins and what ends alike was left out, so that one item put in front is one difference. Digits are compared as they
 * are written. Stops at `most`.
 */
export function diffJson(before: readonly JsonRow[], after: readonly JsonRow[], most = 500): JsonDiff {
	const differences: Difference[] = [];
	const sides = sidesOf(before, after);
	const stack: Pair[] = [{ path: "", before: before[0] ?? null, after: after[0] ?? null }];
	for (let pair = stack.pop(); pair !== undefined; pair = stack.pop()) {
		const { path } = pair;
		const [a, b] = [pair.before, pair.after];
		if (a === null && b === null) continue;
		if (a !== null && b !== null) {
			if (sides.isSame(a, b)) continue;
			const inside = insideOf(sides, a, b, path);
			if (inside !== null) {
				for (const each of inside.reverse()) stack.push(each);
				continue;
			}
		}
		if (differences.length === most) return { differences, isCut: true };
		if (a === null) differences.push({ kind: "added", path, after: b as JsonRow });
		else if (b === null) differences.push({ kind: "removed", path, before: a });
		else differences.push({ kind: "changed", path, before: a, after: b });
	}
	return { differences, isCut: false };
}

interface Sides {
	readonly before: readonly JsonRow[];
	readonly after: readonly JsonRow[];
	/** A row of the first, and one of the second. */
	isSame(a: JsonRow, b: JsonRow): boolean;
}

function sidesOf(before: readonly JsonRow[], after: readonly JsonRow[]): Sides {
	const [old, now] = identify([before, after]);
	return { before, after, isSame: (a, b) => old?.[a.at] === now?.[b.at] };
}

/** Null where one is no container, or they are containers of two kinds. */
function insideOf(sides: Sides, a: JsonRow, b: JsonRow, path: string): Pair[] | null {
	if (a.token.kind === "object" && b.token.kind === "object") return keysOf(sides, a, b, path);
	if (a.token.kind === "array" && b.token.kind === "array") return itemsOf(sides, a, b, path);
	return null;
}

/** A key that stands twice counts with its last value, as it does for whoever reads the JSON. */
function keysOf({ before, after }: Sides, a: JsonRow, b: JsonRow, path: string): Pair[] {
	const old = new Map(childrenOf(before, a).map((row) => [row.key, row]));
	const now = new Map(childrenOf(after, b).map((row) => [row.key, row]));
	return [...new Set([...old.keys(), ...now.keys()])].map((key) => ({
		path: path + step(key),
		before: old.get(key) ?? null,
		after: now.get(key) ?? null,
	}));
}

function itemsOf({ before, after, isSame }: Sides, a: JsonRow, b: JsonRow, path: string): Pair[] {
	const old = childrenOf(before, a);
	const now = childrenOf(after, b);
	const same = (at: number, to: number) => {
		const [one, other] = [old[at], now[to]];
		return one !== undefined && other !== undefined && isSame(one, other);
	};
	const shortest = Math.min(old.length, now.length);
	let head = 0;
	while (head < shortest && same(head, head)) head += 1;
	let tail = 0;
	while (tail < shortest - head && same(old.length - 1 - tail, now.length - 1 - tail)) tail += 1;
	const rest = Math.max(old.length, now.length) - head - tail;
	return Array.from({ length: rest }, (_, offset) => {
		const at = head + offset;
		return {
			path: `${path}[${at}]`,
			before: at < old.length - tail ? (old[at] ?? null) : null,
			after: at < now.length - tail ? (now[at] ?? null) : null,
		};
	});
}

function childrenOf(rows: readonly JsonRow[], parent: JsonRow): JsonRow[] {
	const children: JsonRow[] = [];
	for (let at = parent.at + 1; at < parent.end; ) {
		const row = rows[at];
		if (row === undefined) break;
		children.push(row);
		at = row.end;
	}
	return children;
}

/**
 * A number for each row of both values, the same number for equal values wherever they stand: after one pass over all
 * rows any two parts are compared at once, however deep they are.
 */
function identify(values: readonly (readonly JsonRow[])[]): number[][] {
	const known = new Map<string, number>();
	return values.map((rows) => {
		const ids = new Array<number>(rows.length).fill(-1);
		for (let at = rows.length - 1; at >= 0; at -= 1) {
			const row = rows[at];
			if (row === undefined) continue;
			const written = writtenAs(rows, row, ids);
			const id = known.get(written) ?? known.size;
			known.set(written, id);
			ids[at] = id;
		}
		return ids;
	});
}

function writtenAs(rows: readonly JsonRow[], row: JsonRow, ids: readonly number[]): string {
	const { token } = row;
	switch (token.kind) {
		case "string":
		case "number":
		case "literal":
			return `${token.kind} ${token.text}`;
		case "hidden":
			// Whether two that are hidden differ is not known here: whoever shows the differences says so.
			return token.kind;
		case "array":
			return `[${childrenOf(rows, row).map(({ at }) => ids[at])}]`;
		case "object": {
			const byKey = new Map(childrenOf(rows, row).map(({ key, at }) => [`${key}`, ids[at]]));
			const entries = [...byKey].sort(([a], [b]) => (a < b ? -1 : 1));
			return `{${entries.map(([key, id]) => `${JSON.stringify(key)}:${id}`)}}`;
		}
	}
}

function step(key: string | number | null): string {
	if (typeof key === "number") return `[${key}]`;
	return key !== null && /^[A-Za-z_$][\w$]*$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
}

/** Deeper than this a line would show brackets only. */
const LINE_DEPTH = 8;

/** The value of a row on one line, about so many characters of it. */
export function lineOf(rows: readonly JsonRow[], row: JsonRow, most: number, depth = LINE_DEPTH): string {
	const { token } = row;
	if (token.kind === "string") return cut(JSON.stringify(token.text.slice(0, most + 1)), most);
	if (token.kind === "number" || token.kind === "literal") return cut(token.text, most);
	if (token.kind === "hidden") return `${HIDDEN_MARK} hidden by policy`;
	const [open, close] = token.kind === "array" ? "[]" : "{}";
	if (depth === 0 && token.size > 0) return `${open}…${close}`;
	let text = "";
	for (const child of childrenOf(rows, row)) {
		const name = token.kind === "array" ? "" : `${JSON.stringify(child.key)}: `;
		text += `${text === "" ? "" : ", "}${name}${lineOf(rows, child, most - text.length, depth - 1)}`;
		if (text.length >= most) break;
	}
	return `${open}${cut(text, most)}${close}`;
}

function cut(text: string, most: number): string {
	return text.length > most ? `${text.slice(0, Math.max(0, most))}…` : text;
}
