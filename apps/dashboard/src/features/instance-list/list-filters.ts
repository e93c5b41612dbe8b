import { INSTANCE_STATUSES } from "@waymark/engine/graph";
import {
	createSerializer,
	parseAsArrayOf,
	parseAsInteger,
	parseAsNativeArrayOf,
	parseAsString,
	parseAsStringLiteral,
} from "nuqs/server";

/** The list's filters as they stand in the address. Times are ms since the epoch, so that a link means the same anywhere. */
const LIST_FILTERS = {
	status: parseAsArrayOf(parseAsStringLiteral(INSTANCE_STATUSES)).withDefault([]),
	workflow: parseAsArrayOf(parseAsString).withDefault([]),
	from: parseAsInteger,
	to: parseAsInteger,
	duration: parseAsInteger,
	retries: parseAsStringLiteral(["now", "ever"] as const),
	signal: parseAsString,
	/** Repeated, as the API takes it: a value may hold a comma. */
	label: parseAsNativeArrayOf(parseAsString).withDefault([]),
	id: parseAsString,
	error: parseAsString,
};

/** Which page of what they let through: the rows on one side of a place. Both null: the newest. */
const LIST_PLACE = {
	cursor: parseAsString,
	towards: parseAsStringLiteral(["newer"] as const),
};

export const LIST_ADDRESS = { ...LIST_FILTERS, ...LIST_PLACE };

const serialize = createSerializer(LIST_FILTERS);

/** The page of the list with these filters, its newest rows first. */
export function listHref({ status, workflow, label, ...others }: ListFilters): string {
	return serialize("/instances", { ...others, status: [...status], workflow: [...workflow], label: [...label] });
}

export interface ListPlace {
	readonly cursor: string | null;
	/** Null: older than the place. */
	readonly towards: "newer" | null;
}

export const NEWEST: ListPlace = { cursor: null, towards: null };

export interface ListFilters {
	readonly status: readonly (typeof INSTANCE_STATUSES)[number][];
	readonly workflow: readonly string[];
	readonly from: number | null;
	readonly to: number | null;
	readonly duration: number | null;
	readonly retries: "now" | "ever" | null;
	readonly signal: string | null;
	readonly label: readonly string[];
	readonly id: string | null;
	readonly error: string | null;
}

export const NO_FILTERS: ListFilters = {
	status: [],
	workflow: [],
	from: null,
	to: null,
	duration: null,
	retries: null,
	signal: null,
	label: [],
	id: null,
	error: null,
};

export function isFiltered(filters: ListFilters): boolean {
	return filterQuery(filters) !== "";
}

/** The same filters as the server reads them; also what a saved view and a bulk action keep. */
export function filterQuery(filters: ListFilters): string {
	const params = new URLSearchParams();
	for (const word of filters.status) params.append("status", word);
	for (const name of filters.workflow) params.append("workflow", name);
	for (const label of filters.label) params.append("label", label);
	for (const name of ["from", "to", "duration", "retries", "signal", "id", "error"] as const) {
		const value = filters[name];
		if (value !== null) params.set(name, String(value));
	}
	return params.toString();
}

export function listPath(filters: ListFilters, { cursor, towards }: ListPlace): string {
	const params = new URLSearchParams(filterQuery(filters));
	if (cursor !== null) params.set("cursor", cursor);
	if (cursor !== null && towards !== null) params.set("towards", towards);
	const query = params.toString();
	return query === "" ? "/api/instances" : `/api/instances?${query}`;
}
