import { HIDDEN_MARK } from "../../redaction/mark.ts";

/**
 * JSON text as rows to show, without turning it into JavaScript values: numbers keep every digit, keys their order
 * and their duplicates. One pass with an explicit stack.
 */

export type JsonToken =
	| { readonly kind: "string"; readonly text: string }
	| { readonly kind: "number"; readonly text: string }
	| { readonly kind: "literal"; readonly text: string }
	/** The server has put dots in its place. */
	| { readonly kind: "hidden" }
	| { readonly kind: "object"; readonly size: number }
	| { readonly kind: "array"; readonly size: number };

export interface JsonRow {
	readonly at: number;
	/** 0 for the whole value. */
	readonly depth: number;
	/** Key in an object, index in an array, null for the whole value. */
	readonly key: string | number | null;
	readonly token: JsonToken;
	/** Index behind the last row inside it; `at + 1` for leaves. */
	readonly end: number;
	readonly parent: number | null;
}

type Draft = { -readonly [Field in keyof JsonRow]: JsonRow[Field] };

interface Open {
	readonly row: Draft;
	readonly closing: "}" | "]";
	size: number;
}

const SPACE = /[\t\n\r ]*/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const LITERAL = /true|false|null/y;

/** Null when the text is not JSON (cut off, or another codec). `marks`: where in it something is hidden. */
export function parseRows(text: string, marks: readonly number[] = []): readonly JsonRow[] | null {
	const parser = new RowParser(text, marks);
	for (;;) {
		const step = parser.advance(Number.POSITIVE_INFINITY);
		if (step !== "more") return step === "done" ? parser.rows : null;
	}
}

/** The same, a number of entries at a time. */
export class RowParser {
	readonly rows: Draft[] = [];
	readonly #stack: Open[] = [];
	readonly #text: string;
	readonly #marks: ReadonlySet<number>;
	#at = 0;

	constructor(text: string, marks: readonly number[] = []) {
		this.#text = text;
		this.#marks = new Set(marks);
	}

	/** Reads up to so many entries. `broken`: the text is not JSON. */
	advance(entries: number): "more" | "done" | "broken" {
		if (this.rows.length === 0 && !this.#value(null)) return "broken";
		for (let read = 0; read < entries; read += 1) {
			const open = this.#stack.at(-1);
			if (open === undefined) {
				this.#match(SPACE);
				return this.#at === this.#text.length ? "done" : "broken";
			}
			if (!this.#next(open)) return "broken";
		}
		return "more";
	}

	/** The next entry of the innermost open value, or its end. */
	#next(open: Open): boolean {
		if (this.#take(open.closing)) {
			open.row.token = { kind: open.closing === "}" ? "object" : "array", size: open.size };
			open.row.end = this.rows.length;
			this.#stack.pop();
			return true;
		}
		if (open.size > 0 && !this.#take(",")) return false;
		open.size += 1;
		if (open.closing === "]") return this.#value(open.size - 1);
		const key = this.#string();
		return key !== null && this.#take(":") && this.#value(key);
	}

	#value(key: string | number | null): boolean {
		const parent = this.#stack.at(-1)?.row.at ?? null;
		const at = this.rows.length;
		const place = { at, depth: this.#stack.length, key, end: at + 1, parent };
		for (const [opening, closing] of [
			["{", "}"],
			["[", "]"],
		] as const) {
			if (!this.#take(opening)) continue;
			const row: Draft = { ...place, token: { kind: closing === "}" ? "object" : "array", size: 0 } };
			this.rows.push(row);
			this.#stack.push({ row, closing, size: 0 });
			return true;
		}
		const token = this.#leaf();
		if (token === null) return false;
		this.rows.push({ ...place, token });
		return true;
	}

	#leaf(): JsonToken | null {
		this.#match(SPACE);
		const isHidden = this.#marks.has(this.#at);
		const string = this.#string();
		if (string !== null && isHidden) return { kind: "hidden" };
		if (string !== null) return { kind: "string", text: string };
		const number = this.#match(NUMBER);
		if (number !== null) return { kind: "number", text: number };
		const literal = this.#match(LITERAL);
		return literal === null ? null : { kind: "literal", text: literal };
	}

	#string(): string | null {
		this.#match(SPACE);
		if (this.#text[this.#at] !== '"') return null;
		const end = this.#closingQuote();
		if (end < 0) return null;
		try {
			const text = JSON.parse(this.#text.slice(this.#at, end + 1)) as string;
			this.#at = end + 1;
			return text;
		} catch {
			return null;
		}
	}

	/** The next quote that is not escaped. */
	#closingQuote(): number {
		for (let at = this.#text.indexOf('"', this.#at + 1); at >= 0; at = this.#text.indexOf('"', at + 1)) {
			let slashes = 0;
			while (this.#text[at - 1 - slashes] === "\\") slashes += 1;
			if (slashes % 2 === 0) return at;
		}
		return -1;
	}

	#take(char: string): boolean {
		this.#match(SPACE);
		if (this.#text[this.#at] !== char) return false;
		this.#at += 1;
		return true;
	}

	#match(pattern: RegExp): string | null {
		pattern.lastIndex = this.#at;
		const found = pattern.exec(this.#text)?.[0] ?? null;
		if (found !== null) this.#at += found.length;
		return found;
	}
}

/** Rows to show when these (by `at`) are collapsed. */
export function expandedRows(rows: readonly JsonRow[], collapsed: ReadonlySet<number>): readonly JsonRow[] {
	const shown: JsonRow[] = [];
	for (let at = 0; at < rows.length; ) {
		const row = rows[at];
		if (row === undefined) break;
		shown.push(row);
		at = collapsed.has(at) ? row.end : at + 1;
	}
	return shown;
}

/** Containers below that depth, to begin with: a large value opens readable. */
export function collapsedBelow(rows: readonly JsonRow[], depth: number): ReadonlySet<number> {
	return new Set(rows.filter((row) => row.depth >= depth && row.end > row.at + 1).map(({ at }) => at));
}

/** Rows whose key or value holds that text, ignoring case. */
export function findRows(rows: readonly JsonRow[], text: string): readonly number[] {
	const wanted = text.toLowerCase();
	if (wanted === "") return [];
	return rows.filter((row) => textOf(row).toLowerCase().includes(wanted)).map(({ at }) => at);
}

function textOf({ key, token }: JsonRow): string {
	const value = "text" in token ? token.text : "";
	return `${key ?? ""} ${value}`;
}

/** `order.lines[3].sku`: what an expression would need to reach that row. */
export function pathOf(rows: readonly JsonRow[], at: number): string {
	const parts: string[] = [];
	for (
		let row = rows[at];
		row !== undefined && row.key !== null;
		row = row.parent === null ? undefined : rows[row.parent]
	) {
		const { key } = row;
		if (typeof key === "number") parts.unshift(`[${key}]`);
		else parts.unshift(/^[A-Za-z_$][\w$]*$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`);
	}
	return parts.join("").replace(/^\./, "");
}

/** The same text with line breaks and indents, built from the rows so that no digit is lost. */
export function prettyText(rows: readonly JsonRow[]): string {
	const lines: string[] = [];
	const closings: { readonly end: number; readonly text: string }[] = [];
	const close = (upTo: number) => {
		for (let last = closings.at(-1); last !== undefined && last.end <= upTo; last = closings.at(-1)) {
			closings.pop();
			lines.push(last.text);
		}
	};
	for (const row of rows) {
		close(row.at);
		const indent = "  ".repeat(row.depth);
		const name = typeof row.key === "string" ? `${JSON.stringify(row.key)}: ` : "";
		const parent = row.parent === null ? undefined : rows[row.parent];
		const comma = parent !== undefined && row.end < parent.end ? "," : "";
		const { token } = row;
		if (token.kind === "object" || token.kind === "array") {
			const [open, shut] = token.kind === "object" ? ["{", "}"] : ["[", "]"];
			if (token.size === 0) lines.push(`${indent}${name}${open}${shut}${comma}`);
			else {
				lines.push(`${indent}${name}${open}`);
				closings.push({ end: row.end, text: `${indent}${shut}${comma}` });
			}
		} else lines.push(`${indent}${name}${writtenLeaf(token)}${comma}`);
	}
	close(Number.POSITIVE_INFINITY);
	return lines.join("\n");
}

function writtenLeaf(token: Exclude<JsonToken, { readonly size: number }>): string {
	switch (token.kind) {
		case "string":
			return JSON.stringify(token.text);
		case "number":
		case "literal":
			return token.text;
		case "hidden":
			return JSON.stringify(HIDDEN_MARK);
	}
}
