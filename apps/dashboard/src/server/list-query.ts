import type { InstanceFilter, InstanceQuery } from "@waymark/engine/backend";
import { INSTANCE_STATUSES } from "@waymark/engine/graph";
import { ApiError } from "./api-error.ts";
import { cursorIn, duration, limitIn, oneOf, text, time, words } from "./query-params.ts";

const MAX_WORKFLOWS = 50;
const MAX_LABELS = 8;

/**
 * One page of the list, from
 * `?status=&workflow=&from=&to=&duration=&retries=&signal=&label=key=value&id=&error=&cursor=&towards=&limit=`;
 * statuses, workflows and labels are repeated or, but for labels, joined by commas. Times and durations are ms.
 */
export function readListQuery(params: URLSearchParams): InstanceQuery {
	const towards = oneOf(params, "towards", ["older", "newer"]);
	return {
		...readFilter(params),
		cursor: cursorIn(params),
		limit: limitIn(params),
		...(towards === null ? {} : { towards }),
	};
}

/** The part that says which instances, without the page. */
export function readFilter(params: URLSearchParams): InstanceFilter {
	const from = time(params, "from");
	const to = time(params, "to");
	if (from !== null && to !== null && from >= to) {
		throw new ApiError("BadRequest", '"from" must lie before "to". Correct the range.');
	}
	const minDurationMs = duration(params, "duration");
	const retries = oneOf(params, "retries", ["now", "ever"]);
	const [signal, idPrefix, error] = [text(params, "signal"), text(params, "id"), text(params, "error")];
	const labels = labelsIn(params);
	return {
		statuses: words(params, "status").map(status),
		workflows: words(params, "workflow").slice(0, MAX_WORKFLOWS),
		...(from === null ? {} : { startedFrom: from }),
		...(to === null ? {} : { startedTo: to }),
		...(minDurationMs === null ? {} : { minDurationMs }),
		...(retries === null ? {} : { retries }),
		...(signal === null ? {} : { signal }),
		...(idPrefix === null ? {} : { idPrefix }),
		...(error === null ? {} : { error }),
		...(labels === null ? {} : { labels }),
	};
}

function status(word: string): (typeof INSTANCE_STATUSES)[number] {
	const found = INSTANCE_STATUSES.find((known) => known === word);
	if (found === undefined) {
		throw new ApiError("BadRequest", `There is no such status. Use one of ${INSTANCE_STATUSES.join(", ")}.`);
	}
	return found;
}

/** `key=value`; the value may hold more of `=`. */
function labelsIn(params: URLSearchParams): Readonly<Record<string, string>> | null {
	const given = params.getAll("label").filter((label) => label !== "");
	if (given.length === 0) return null;
	if (given.length > MAX_LABELS) throw new ApiError("BadRequest", `At most ${MAX_LABELS} labels can be asked for.`);
	const values = new Map<string, string>();
	for (const label of given) {
		const at = label.indexOf("=");
		if (at < 1 || label.length > 401 || label.includes("\0")) {
			throw new ApiError("BadRequest", 'A label is asked for as "key=value". Correct it.');
		}
		const [key, value] = [label.slice(0, at), label.slice(at + 1)];
		if (values.has(key) && values.get(key) !== value) {
			throw new ApiError("BadRequest", "No instance has two values of one label. Ask for one of them.");
		}
		values.set(key, value);
	}
	return Object.fromEntries(values);
}
