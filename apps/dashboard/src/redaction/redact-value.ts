import { HIDDEN_MARK } from "./mark.ts";
import { redactText } from "./redact-text.ts";
import { type IsSecret, isPlural } from "./secret-names.ts";

/** What is put in the place of a part of a value; undefined: it stays, and is looked into. */
type Replace = (value: unknown, key: string) => unknown;

/** The same object where nothing in it is replaced: most answers hold no secret, and are not copied. */
function replaced(value: unknown, key: string, replace: Replace): unknown {
	const instead = replace(value, key);
	if (instead !== undefined) return instead;
	if (Array.isArray(value)) {
		const items = value.map((item) => replaced(item, key, replace));
		return items.some((item, at) => item !== value[at]) ? items : value;
	}
	if (!isPlain(value)) return value;
	let copy: Record<string, unknown> | null = null;
	for (const name of Object.keys(value)) {
		const now = replaced(value[name], name, replace);
		if (now === value[name]) continue;
		copy ??= { ...value };
		copy[name] = now;
	}
	return copy ?? value;
}

function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
	if (typeof value !== "object" || value === null) return false;
	const prototype: unknown = Object.getPrototypeOf(value);
	return prototype === Object.prototype || prototype === null;
}

/** The same rule as redactJson for a value that was read from another format. */
export function redactValue(value: unknown, isSecret: IsSecret): unknown {
	return replaced(value, "", (part, key) => {
		if (key !== "" && isSecret(key) && isWorthHiding(part, key)) return HIDDEN_MARK;
		return typeof part === "string" ? redactText(part, isSecret) : undefined;
	});
}

function isWorthHiding(value: unknown, key: string): boolean {
	if (value === null || value === undefined || typeof value === "boolean" || value === "") return false;
	if (typeof value === "number" || typeof value === "bigint") return !isPlural(key);
	if (Array.isArray(value)) return value.length > 0;
	return !isPlain(value) || Object.keys(value).length > 0;
}

/** What people write, or may quote. */
const QUOTING: ReadonlySet<string> = new Set(["reason", "because", "note", "message"]);

/**
 * An answer as it may leave the server. Payloads have an address of their own; what else people wrote are errors, labels,
 * and the reasons of requests. All else is ours, and no key of it means a secret.
 */
export function redactAnswer<T>(answer: T, isSecret: IsSecret): T {
	return replaced(answer, "", (part, key) => {
		if (typeof part === "string" && QUOTING.has(key)) return redactText(part, isSecret);
		if (key === "labels" && isPlain(part)) return redactValue(part, isSecret);
		return isPlain(part) && isError(part) ? redactError(part, isSecret) : undefined;
	}) as T;
}

/** A RecordedError of the engine, by all its fields. */
function isError(value: object): boolean {
	return "name" in value && "message" in value && "code" in value && "stack" in value && "cause" in value;
}

function redactError(error: Readonly<Record<string, unknown>>, isSecret: IsSecret): unknown {
	return replaced(error, "", (part) => (typeof part === "string" ? redactText(part, isSecret) : undefined));
}
