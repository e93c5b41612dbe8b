import type { InstanceQuery } from "@waymark/engine/backend";
import { INSTANCE_STATUSES, type InstanceStatus } from "@waymark/engine/graph";
import { ApiError } from "./api-error.ts";

const MAX_LIMIT = 200;
const DEFAULT_LIMIT = 50;
const MAX_WORKFLOWS = 50;
const MAX_LENGTH = 400;

/** Filters of the list, from `?status=…&workflow=…&cursor=…&limit=…`; lists are repeated or comma-separated. */
export function readListQuery(params: URLSearchParams): InstanceQuery {
	return {
		statuses: words(params, "status").map(status),
		workflows: words(params, "workflow").slice(0, MAX_WORKFLOWS),
		cursor: short(params.get("cursor")),
		limit: limit(params.get("limit")),
	};
}

function words(params: URLSearchParams, name: string): readonly string[] {
	const all = params.getAll(name).flatMap((value) => value.split(","));
	return [...new Set(all.filter((value) => value !== "" && value.length <= MAX_LENGTH))];
}

function status(word: string): InstanceStatus {
	const found = INSTANCE_STATUSES.find((known) => known === word);
	if (found === undefined) {
		throw new ApiError("BadRequest", `There is no such status. Use one of ${INSTANCE_STATUSES.join(", ")}.`);
	}
	return found;
}

function short(cursor: string | null): string | null {
	if (cursor === null || cursor === "") return null;
	if (cursor.length > MAX_LENGTH) throw new ApiError("BadRequest", "The cursor is not one of ours. Start at page one.");
	return cursor;
}

function limit(text: string | null): number {
	if (text === null || text === "") return DEFAULT_LIMIT;
	const value = /^\d{1,4}$/.test(text) ? Number(text) : 0;
	if (value < 1 || value > MAX_LIMIT) throw new ApiError("BadRequest", `"limit" is a number from 1 to ${MAX_LIMIT}.`);
	return value;
}
