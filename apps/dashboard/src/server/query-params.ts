import { ApiError } from "./api-error.ts";

/** Parameters of an address, read strictly: what is not understood is refused, never guessed. */

const MAX_LIMIT = 200;
const DEFAULT_LIMIT = 50;
const MAX_TEXT = 200;
const MAX_CURSOR = 1_000;
/** The year 9999: what comes later is a mistake. */
const LAST_MOMENT = 253_402_300_799_999;

export function words(params: URLSearchParams, name: string): readonly string[] {
	const all = params.getAll(name).flatMap((value) => value.split(","));
	const given = [...new Set(all.filter((value) => value !== ""))];
	if (given.some((word) => word.length > MAX_TEXT || word.includes("\0"))) {
		throw new ApiError("BadRequest", `"${name}" holds a word that is too long or no text. Correct it.`);
	}
	return given;
}

/** Null: not asked for. */
export function text(params: URLSearchParams, name: string): string | null {
	const value = params.get(name);
	if (value === null || value === "") return null;
	if (value.length > MAX_TEXT) {
		throw new ApiError("BadRequest", `"${name}" is longer than ${MAX_TEXT} characters. Shorten it.`);
	}
	if (value.includes("\0")) throw new ApiError("BadRequest", `"${name}" holds a NUL character. Remove it.`);
	return value;
}

export function oneOf<T extends string>(params: URLSearchParams, name: string, known: readonly T[]): T | null {
	const value = text(params, name);
	if (value === null) return null;
	const found = known.find((word) => word === value);
	if (found === undefined) throw new ApiError("BadRequest", `"${name}" is one of ${known.join(", ")}.`);
	return found;
}

/** A moment: ms since the epoch, or ISO 8601 in UTC. */
export function time(params: URLSearchParams, name: string): number | null {
	const value = text(params, name);
	if (value === null) return null;
	const at = /^\d{1,15}$/.test(value) ? Number(value) : isoTime(value);
	if (at === null || at > LAST_MOMENT) {
		throw new ApiError("BadRequest", `"${name}" is a time: ms since 1970, or such as 2026-11-24T22:00:00Z.`);
	}
	return at;
}

function isoTime(value: string): number | null {
	if (!/^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?Z)?$/.test(value)) return null;
	const at = Date.parse(value);
	return Number.isNaN(at) || at < 0 ? null : at;
}

/** Ms, at most a hundred years. */
export function duration(params: URLSearchParams, name: string): number | null {
	const value = text(params, name);
	if (value === null) return null;
	const ms = /^\d{1,13}$/.test(value) ? Number(value) : Number.NaN;
	if (!(ms <= 3_155_760_000_000)) throw new ApiError("BadRequest", `"${name}" is a number of milliseconds.`);
	return ms;
}

export function cursorIn(params: URLSearchParams): string | null {
	const cursor = params.get("cursor");
	if (cursor === null || cursor === "") return null;
	if (cursor.length > MAX_CURSOR) {
		throw new ApiError("BadRequest", "The cursor is not one of ours. Start at page one.");
	}
	return cursor;
}

export function limitIn(params: URLSearchParams): number {
	const given = params.get("limit");
	if (given === null || given === "") return DEFAULT_LIMIT;
	const value = /^\d{1,4}$/.test(given) ? Number(given) : 0;
	if (value < 1 || value > MAX_LIMIT) throw new ApiError("BadRequest", `"limit" is a number from 1 to ${MAX_LIMIT}.`);
	return value;
}
