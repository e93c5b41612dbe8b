import { isJson, MAX_BODY_BYTES } from "../http-server/judge.ts";
import { inexactNumber, inexactWords } from "../json/inexact-number.ts";
import { ApiError } from "./api-error.ts";

const MAX_DEPTH = 210;

/** The fields of a JSON body, to be read one by one. Unknown fields are ignored. */
export interface Fields {
	/** A string that may be absent. */
	text(name: string, limits: TextLimits): string | null;
	/** A string that must be there. */
	requiredText(name: string, limits: TextLimits): string;
	/** A list of strings that may be absent. */
	texts(name: string, limits: TextLimits & { readonly most: number }): readonly string[] | null;
	/** A whole number that may be absent. */
	whole(name: string): number | null;
	/** Any JSON value; absent counts as null. */
	value(name: string): unknown;
}

interface TextLimits {
	readonly max: number;
}

/** Reads a JSON object of at most 1 MiB, refusing what is longer while it still streams in. */
export async function readBody(request: Request): Promise<Fields> {
	if (!isJson(request.headers.get("content-type"))) {
		throw new ApiError("UnsupportedMediaType", "Send the body as Content-Type: application/json.");
	}
	const text = await readText(request);
	if (text.trim() === "") return fieldsOf(new Map());
	if (isTooDeep(text)) throw new ApiError("BadRequest", `The JSON nests deeper than ${MAX_DEPTH} levels. Flatten it.`);
	const body = parse(text);
	const inexact = inexactNumber(text);
	if (inexact !== null) throw new ApiError("BadRequest", inexactWords(inexact));
	if (typeof body !== "object" || body === null || Array.isArray(body)) {
		throw new ApiError("BadRequest", "The body must be a JSON object. Send { … }.");
	}
	// A map, so that a field named __proto__ is only ever a name.
	return fieldsOf(new Map<string, unknown>(Object.entries(body)));
}

async function readText(request: Request): Promise<string> {
	if (request.body === null) return "";
	const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
	const reader = request.body.getReader();
	let size = 0;
	let text = "";
	try {
		for (let part = await reader.read(); !part.done; part = await reader.read()) {
			size += part.value.byteLength;
			if (size > MAX_BODY_BYTES) {
				await reader.cancel();
				throw new ApiError("PayloadTooLarge", "The body is over 1 MiB. Store it elsewhere and send a reference.");
			}
			text += decoder.decode(part.value, { stream: true });
		}
		return text + decoder.decode();
	} catch (error) {
		if (error instanceof TypeError)
			throw new ApiError("BadRequest", "The body is not valid UTF-8. Encode it as UTF-8.");
		throw error;
	}
}

/** Looks before parsing: `JSON.parse` takes a million levels, and most of what comes after it does not. */
export function isTooDeep(text: string): boolean {
	let depth = 0;
	let inString = false;
	for (let at = 0; at < text.length; at += 1) {
		const char = text[at];
		if (inString) {
			if (char === "\\") at += 1;
			else if (char === '"') inString = false;
		} else if (char === '"') inString = true;
		else if (char === "[" || char === "{") {
			depth += 1;
			if (depth > MAX_DEPTH) return true;
		} else if (char === "]" || char === "}") depth -= 1;
	}
	return false;
}

function parse(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch (error) {
		const why = error instanceof SyntaxError ? error.message : "it cannot be read";
		throw new ApiError("BadRequest", `The body is not JSON (${why}). Correct it and send it again.`);
	}
}

function fieldsOf(fields: ReadonlyMap<string, unknown>): Fields {
	const text = (name: string, { max }: TextLimits): string | null => {
		const value = fields.get(name);
		if (value === undefined || value === null) return null;
		if (typeof value !== "string") throw new ApiError("BadRequest", `"${name}" must be a string. Correct it.`);
		if (value.length > max) {
			throw new ApiError("BadRequest", `"${name}" is longer than ${max} characters. Shorten it.`);
		}
		if (value.includes("\0")) throw new ApiError("BadRequest", `"${name}" holds a NUL character. Remove it.`);
		return value;
	};
	return {
		text,
		requiredText(name, limits) {
			const value = text(name, limits);
			if (value === null || value === "") throw new ApiError("BadRequest", `"${name}" is missing. Send it.`);
			return value;
		},
		texts(name, { max, most }) {
			const value = fields.get(name);
			if (value === undefined || value === null) return null;
			const right = Array.isArray(value) && value.length <= most && value.every((one) => isText(one, max));
			if (!right) throw new ApiError("BadRequest", `"${name}" is a list of at most ${most} strings. Correct it.`);
			return value as readonly string[];
		},
		whole(name) {
			const value = fields.get(name);
			if (value === undefined || value === null) return null;
			if (!Number.isSafeInteger(value)) throw new ApiError("BadRequest", `"${name}" is a whole number. Correct it.`);
			return value as number;
		},
		value: (name) => fields.get(name) ?? null,
	};
}

function isText(value: unknown, max: number): boolean {
	return typeof value === "string" && value.length > 0 && value.length <= max && !value.includes("\0");
}
