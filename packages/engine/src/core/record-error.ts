import { LIMITS } from "./limits.ts";
import type { RecordedError } from "./recorded-error.ts";

const MOST_CAUSES = 5;
/** Bytes as JSON, of `LIMITS.errorBytes` in all. */
const NAME_BYTES = 300;
const MESSAGE_BYTES = 16 * 1024;
const STACK_BYTES = 16 * 1024;
/** Keys, quotes, brackets and the marks of truncation, per error in the chain. */
const FRAME_BYTES = 400;

const encoder = new TextEncoder();

/**
 * An error as data that can be stored: the causes below it down to the fifth, at most `LIMITS.errorBytes` as JSON, no
 * NUL, no half surrogate pairs. Takes whatever was thrown and never throws itself.
 */
export function recordError(thrown: unknown): RecordedError {
	const chain: Plain[] = [];
	const seen = new Set<unknown>();
	let rest = LIMITS.errorBytes;
	for (let next = thrown; chain.length <= MOST_CAUSES && rest > FRAME_BYTES && !seen.has(next); ) {
		seen.add(next);
		const read = readThrown(next);
		const { plain, bytes } = shorten(read.plain, rest - FRAME_BYTES);
		chain.push(plain);
		rest -= bytes + FRAME_BYTES;
		if (read.cause === undefined || read.cause === null) break;
		next = read.cause;
	}
	const recorded = chain.reduceRight<RecordedError | null>((cause, plain) => ({ ...plain, cause }), null);
	return recorded ?? { name: "Error", message: "unknown", code: null, stack: null, cause: null };
}

type Plain = Omit<RecordedError, "cause">;

function readThrown(thrown: unknown): { readonly plain: Plain; readonly cause: unknown } {
	if ((typeof thrown !== "object" && typeof thrown !== "function") || thrown === null) {
		const message = typeof thrown === "string" ? thrown : `${String(thrown)} was thrown`;
		return { plain: { name: "NotAnError", message, code: null, stack: null }, cause: null };
	}
	const code = read(thrown, "code");
	const stack = read(thrown, "stack");
	return {
		plain: {
			name: nameOf(thrown),
			message: messageOf(thrown),
			code: typeof code === "string" || typeof code === "number" ? String(code) : null,
			stack: typeof stack === "string" ? stack : null,
		},
		cause: read(thrown, "cause"),
	};
}

function nameOf(thrown: object): string {
	const name = read(thrown, "name");
	const made = read(thrown, "constructor");
	const className = typeof made === "function" ? read(made, "name") : undefined;
	if (typeof name === "string" && name !== "" && name !== "Error") return name;
	// A subclass that did not set its name is still told apart by its class.
	if (typeof className === "string" && className !== "" && className !== "Object") return className;
	return typeof name === "string" && name !== "" ? name : "NotAnError";
}

function messageOf(thrown: object): string {
	const message = read(thrown, "message");
	if (typeof message === "string" && message !== "") return message;
	const errors = read(thrown, "errors");
	// Of an AggregateError without words of its own, as Node's connect() throws it.
	if (safely(() => Array.isArray(errors)) === true) {
		const inner = [0, 1, 2, 3, 4].map((at) => read(errors as object, at)).filter((e) => typeof e === "object" && e);
		const messages = inner.map((e) => read(e as object, "message")).filter((m) => typeof m === "string");
		if (messages.length > 0) return messages.join("; ");
	}
	if (typeof message === "string") return "";
	return safely(() => JSON.stringify(thrown)) ?? "an object that cannot be read was thrown";
}

function read(from: object, key: string | number): unknown {
	return safely(() => (from as Record<string | number, unknown>)[key]);
}

/** Getters, proxies and toString are other people's code. */
function safely<T>(action: () => T): T | undefined {
	try {
		return action();
	} catch {
		return undefined;
	}
}

function shorten(plain: Plain, budget: number): { readonly plain: Plain; readonly bytes: number } {
	let bytes = 0;
	const take = (text: string, most: number): string => {
		const fitted = truncate(text, Math.max(0, Math.min(most, budget - bytes)));
		bytes += jsonBytes(fitted);
		return fitted;
	};
	const fitted = {
		name: take(plain.name, NAME_BYTES),
		code: plain.code === null ? null : take(plain.code, NAME_BYTES),
		message: take(plain.message, MESSAGE_BYTES),
		stack: plain.stack === null ? null : take(plain.stack, STACK_BYTES),
	};
	return { plain: fitted, bytes };
}

/** The longest beginning that fits, with a mark of how much there was. The mark is paid for by `FRAME_BYTES`. */
function truncate(text: string, bytes: number): string {
	const whole = text.length <= bytes ? clean(text) : null;
	if (whole !== null && jsonBytes(whole) <= bytes) return whole;
	let low = 0;
	let high = Math.min(text.length, bytes);
	while (low < high) {
		const middle = Math.ceil((low + high) / 2);
		if (jsonBytes(clean(text.slice(0, middle))) <= bytes) low = middle;
		else high = middle - 1;
	}
	return `${clean(text.slice(0, low))}… [truncated: ${text.length} characters in all]`;
}

function clean(text: string): string {
	return text.replaceAll("\0", "\uFFFD").replace(/\p{Surrogate}/gu, "\uFFFD");
}

function jsonBytes(text: string): number {
	return encoder.encode(JSON.stringify(text)).length;
}
