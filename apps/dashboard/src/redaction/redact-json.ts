import { HIDDEN_MARK } from "./mark.ts";
import { redactText } from "./redact-text.ts";
import { type IsSecret, isPlural } from "./secret-names.ts";

export interface RedactedJson {
	readonly text: string;
	/** How many values are hidden, in whole or in part. */
	readonly hidden: number;
	/** Where in the text a mark stands in the place of a whole value. */
	readonly marks: readonly number[];
	/** The keys under which something is hidden, each once, the first few of them. */
	readonly keys: readonly string[];
}

/** `mark`: dots stand in the place of a value. `omit`: nothing does, for whoever means to use the rest. */
type Mode = "mark" | "omit";

const MARK = JSON.stringify(HIDDEN_MARK);
const MOST_KEYS = 20;
const SPACE = /[\t\n\r ]*/y;
const LITERAL = /[^\s,\]}]*/y;
const STRUCTURE = /["{}[\]]/g;

/**
 * JSON text without its secrets: values under keys that are secret, and what redactText finds in strings. The text is not
 * parsed, so all other digits, keys and their order stay as they are. One pass. What is no JSON is redacted as text.
 */
export function redactJson(text: string, isSecret: IsSecret, mode: Mode = "mark"): RedactedJson {
	return new JsonRedaction(text, isSecret, mode).run() ?? redactOther(text, isSecret);
}

function redactOther(text: string, isSecret: IsSecret): RedactedJson {
	const shown = redactText(text, isSecret);
	return { text: shown, hidden: shown === text ? 0 : 1, marks: [], keys: [] };
}

/** Whether a value under a secret key says anything that must be hidden. Null, true, false and empty ones do not. */
export function isHidden(key: string, written: string): boolean {
	if (/^(?:null|true|false|""|\{\s*\}|\[\s*\])$/.test(written)) return false;
	return !(/^[-\d]/.test(written) && isPlural(key));
}

class JsonRedaction {
	readonly #parts: string[] = [];
	readonly #marks: number[] = [];
	readonly #keys = new Set<string>();
	/** Up to where the text is written or hidden. */
	#from = 0;
	#length = 0;
	#hidden = 0;

	constructor(
		readonly text: string,
		readonly isSecret: IsSecret,
		readonly mode: Mode,
	) {}

	/** Null: this is no JSON. */
	run(): RedactedJson | null {
		const { text } = this;
		let key = "";
		for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at)) {
			const end = stringEnd(text, at);
			const string = end < 0 ? null : decoded(text.slice(at, end));
			if (string === null) return null;
			const colon = past(SPACE, text, end);
			if (text[colon] !== ":") {
				this.#string(at, end, string, key);
				at = end;
				continue;
			}
			key = string;
			const keyAt = at;
			at = past(SPACE, text, colon + 1);
			if (!this.isSecret(key)) continue;
			const valueEnd = valueEndOf(text, at);
			if (valueEnd < 0) return null;
			if (!isHidden(key, text.slice(at, Math.min(valueEnd, at + 64)))) continue;
			this.#member(keyAt, at, valueEnd, key);
			at = valueEnd;
		}
		this.#put(text.slice(this.#from));
		return { text: this.#parts.join(""), hidden: this.#hidden, marks: this.#marks, keys: [...this.#keys] };
	}

	/** A value that is a string, or an item of an array. */
	#string(at: number, end: number, string: string, key: string): void {
		const shown = redactText(string, this.isSecret, this.mode === "omit" ? "" : HIDDEN_MARK);
		if (shown === string) return;
		this.#count(key);
		this.#put(this.text.slice(this.#from, at) + JSON.stringify(shown));
		this.#from = end;
	}

	/** A key with a value that is hidden. */
	#member(keyAt: number, valueAt: number, valueEnd: number, key: string): void {
		this.#count(key);
		if (this.mode === "mark") {
			this.#put(this.text.slice(this.#from, valueAt));
			this.#marks.push(this.#length);
			this.#put(MARK);
			this.#from = valueEnd;
			return;
		}
		this.#put(this.text.slice(this.#from, keyAt));
		const next = past(SPACE, this.text, valueEnd);
		if (this.text[next] === ",") this.#from = next + 1;
		else {
			this.#from = valueEnd;
			this.#takeBackComma();
		}
	}

	/** What was left out stood last: the comma before it goes too. */
	#takeBackComma(): void {
		for (let at = this.#parts.length - 1; at >= 0; at -= 1) {
			const part = this.#parts[at] ?? "";
			const trimmed = part.trimEnd();
			if (trimmed === "") continue;
			if (trimmed.endsWith(",")) this.#parts[at] = trimmed.slice(0, -1);
			return;
		}
	}

	#count(key: string): void {
		this.#hidden += 1;
		if (this.#keys.size < MOST_KEYS) this.#keys.add(key);
	}

	#put(part: string): void {
		this.#parts.push(part);
		this.#length += part.length;
	}
}

/** Behind the quote that ends the string which begins there; -1: none does. */
function stringEnd(text: string, begin: number): number {
	for (let at = text.indexOf('"', begin + 1); at >= 0; at = text.indexOf('"', at + 1)) {
		let slashes = 0;
		while (text[at - 1 - slashes] === "\\") slashes += 1;
		if (slashes % 2 === 0) return at + 1;
	}
	return -1;
}

function decoded(written: string): string | null {
	if (!written.includes("\\")) return written.slice(1, -1);
	try {
		return JSON.parse(written) as string;
	} catch {
		return null;
	}
}

/** Behind the value that begins there; -1: it does not end. */
function valueEndOf(text: string, begin: number): number {
	const first = text[begin];
	if (first === '"') return stringEnd(text, begin);
	if (first !== "{" && first !== "[") return past(LITERAL, text, begin);
	let depth = 0;
	STRUCTURE.lastIndex = begin;
	for (let found = STRUCTURE.exec(text); found !== null; found = STRUCTURE.exec(text)) {
		if (found[0] === '"') {
			const end = stringEnd(text, found.index);
			if (end < 0) return -1;
			STRUCTURE.lastIndex = end;
		} else depth += found[0] === "{" || found[0] === "[" ? 1 : -1;
		if (depth === 0) return found.index + 1;
	}
	return -1;
}

function past(pattern: RegExp, text: string, at: number): number {
	pattern.lastIndex = at;
	pattern.test(text);
	return pattern.lastIndex;
}
