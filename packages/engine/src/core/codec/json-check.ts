import { PayloadTooLargeError } from "../errors.ts";
import { LIMITS } from "../limits.ts";

/** Where a value cannot be held (`$.items[3].when`), and what is there. */
export interface Lossy {
	readonly at: string;
	readonly found: string;
}

/**
 * How many bytes the text has at least, counted on the way: a value that shares a part many times over grows
 * exponentially as text, and must be refused before anything is written.
 */
interface Walk {
	bytes: number;
	readonly isLeaf: IsLeaf;
}

/** Objects that a codec holds as a whole, beyond what JSON knows. */
export type IsLeaf = (value: object) => boolean;

const NO_LEAVES: IsLeaf = () => false;

/** The fast look, on every value that is stored: no paths, no allocations. Throws `PayloadTooLargeError`. */
export function isLossless(value: unknown, isLeaf: IsLeaf = NO_LEAVES): boolean {
	const walk: Walk = { bytes: 0, isLeaf };
	let answer: boolean;
	try {
		answer = isLosslessWithin(value, 0, walk);
	} catch {
		return false;
	}
	if (walk.bytes > LIMITS.payloadBytes) throw new PayloadTooLargeError(walk.bytes, LIMITS.payloadBytes);
	return answer;
}

function isLosslessWithin(value: unknown, depth: number, walk: Walk): boolean {
	walk.bytes += 1;
	switch (typeof value) {
		case "string":
			walk.bytes += value.length;
			return true;
		case "number":
			return Number.isFinite(value);
		case "boolean":
			return true;
		case "object":
			if (value === null || walk.isLeaf(value)) return true;
			if (depth >= LIMITS.payloadDepth || hasToJson(value)) return false;
			return Array.isArray(value)
				? isLosslessArray(value, depth + 1, walk)
				: isLosslessObject(value as Record<string, unknown>, depth + 1, walk);
		default:
			return false;
	}
}

function isLosslessArray(array: readonly unknown[], depth: number, walk: Walk): boolean {
	if (!isPlainArray(array)) return false;
	for (let at = 0; at < array.length; at += 1) {
		if (walk.bytes > LIMITS.payloadBytes) return true;
		if (!isLosslessWithin(array[at], depth, walk)) return false;
	}
	return !hasMoreThanItems(array);
}

function isLosslessObject(object: Record<string, unknown>, depth: number, walk: Walk): boolean {
	if (!isPlainObject(object) || hasSymbolKey(object)) return false;
	for (const key of Object.keys(object)) {
		if (walk.bytes > LIMITS.payloadBytes) return true;
		const value = object[key];
		if (value === undefined) continue;
		walk.bytes += key.length;
		if (!isLosslessWithin(value, depth, walk)) return false;
	}
	return true;
}

function hasToJson(value: object): boolean {
	return typeof (value as { readonly toJSON?: unknown }).toJSON === "function";
}

/** Also of another realm (a `vm` context): only the prototype of all objects has no prototype and has these methods. */
function isPlainObject(object: object): boolean {
	const prototype: unknown = Object.getPrototypeOf(object);
	if (prototype === Object.prototype || prototype === null) return true;
	return (
		typeof prototype === "object" &&
		Object.getPrototypeOf(prototype) === null &&
		Object.hasOwn(prototype as object, "isPrototypeOf")
	);
}

/** `Array.prototype` is itself an array, in every realm; the prototype of a subclass is not. */
function isPlainArray(array: object): boolean {
	return Array.isArray(Object.getPrototypeOf(array));
}

/** Such as the groups of a regular expression's match. Holes were found before: they read as undefined. */
function hasMoreThanItems(array: readonly unknown[]): boolean {
	return Object.keys(array).length > array.length || hasSymbolKey(array);
}

function hasSymbolKey(object: object): boolean {
	const symbols = Object.getOwnPropertySymbols(object);
	return symbols.length > 0 && symbols.some((symbol) => Object.prototype.propertyIsEnumerable.call(object, symbol));
}

/** The slow look, once it is known that there is something: finds the first place in document order. */
export function whatIsLossy(value: unknown, isLeaf: IsLeaf = NO_LEAVES): Lossy {
	return search(value, "$", [], whyLossy, isLeaf) ?? { at: "$", found: "a value that changes while it is read" };
}

/** The first string or key with a NUL or a lone surrogate: databases refuse the one, UTF-8 cannot hold the other. */
export function findLossyText(value: unknown, isLeaf: IsLeaf = NO_LEAVES): Lossy | null {
	return search(value, "$", [], (part) => (typeof part === "string" ? whyLossyText(part) : null), isLeaf);
}

type Verdict = (value: unknown, ancestors: readonly object[]) => string | null;

function search(value: unknown, at: string, ancestors: readonly object[], why: Verdict, isLeaf: IsLeaf): Lossy | null {
	if (typeof value === "object" && value !== null && isLeaf(value)) return null;
	const found = readSafely(() => why(value, ancestors));
	if (!found.ok) return { at, found: "an object that throws when it is read" };
	if (found.value !== null) return { at, found: found.value };
	if (typeof value !== "object" || value === null) return null;
	const around = [...ancestors, value];
	const isArray = Array.isArray(value);
	for (const key of isArray ? value.keys() : Object.keys(value)) {
		const place = typeof key === "number" ? `${at}[${key}]` : at + step(key);
		if (typeof key === "string" && why(key, []) !== null) return { at: place, found: `a key with ${why(key, [])}` };
		const part = readSafely(() => (value as Record<string | number, unknown>)[key]);
		if (!part.ok) return { at: place, found: "a property that throws when it is read" };
		if (part.value === undefined && !isArray) continue;
		const lossy = search(part.value, place, around, why, isLeaf);
		if (lossy !== null) return lossy;
	}
	return null;
}

function readSafely<T>(read: () => T): { readonly ok: true; readonly value: T } | { readonly ok: false } {
	try {
		return { ok: true, value: read() };
	} catch {
		return { ok: false };
	}
}

function step(key: string): string {
	return /^[A-Za-z_$][\w$]*$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
}

function whyLossy(value: unknown, ancestors: readonly object[]): string | null {
	switch (typeof value) {
		case "string":
		case "boolean":
			return null;
		case "number":
			return Number.isFinite(value) ? null : String(value);
		case "undefined":
			return "undefined";
		case "bigint":
		case "symbol":
		case "function":
			return `a ${typeof value}`;
		case "object":
			return value === null ? null : whyLossyObject(value, ancestors);
	}
}

function whyLossyObject(value: object, ancestors: readonly object[]): string | null {
	if (ancestors.includes(value)) return "a reference back to an object around it";
	if (ancestors.length >= LIMITS.payloadDepth) return `nested deeper than ${LIMITS.payloadDepth} levels`;
	const isArray = Array.isArray(value);
	if (isArray ? !isPlainArray(value) : !isPlainObject(value)) return instanceOf(value);
	if (hasToJson(value)) return "an object with a toJSON method";
	if (hasSymbolKey(value)) return "an object with a symbol as a key";
	if (!isArray) return null;
	const keys = Object.keys(value);
	if (keys.length > value.length) return `an array with the property ${JSON.stringify(keys.at(-1))}`;
	return keys.length < value.length ? "an array with holes" : null;
}

const WELL_KNOWN = /^(Date|Map|Set|RegExp|Promise|WeakMap|WeakSet|ArrayBuffer|Uint8Array|Buffer|URL)$/;

function instanceOf(value: object): string {
	const made: unknown = value.constructor;
	const name = typeof made === "function" && made.name !== "" ? made.name : "a class";
	return WELL_KNOWN.test(name) ? `a ${name}` : `an instance of ${name}`;
}

const LONE_SURROGATE = /\p{Surrogate}/u;

function whyLossyText(text: string): string | null {
	if (text.includes("\0")) return "a string with a NUL character";
	return LONE_SURROGATE.test(text) ? "a string with half of a surrogate pair" : null;
}
