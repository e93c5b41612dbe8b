import { INSTANCE_STATUSES } from "@waymark/engine/graph";
import { parseAsArrayOf, parseAsString, parseAsStringLiteral } from "nuqs/server";

/** The list's filters as they stand in the address. */
export const LIST_FILTERS = {
	status: parseAsArrayOf(parseAsStringLiteral(INSTANCE_STATUSES)).withDefault([]),
	workflow: parseAsArrayOf(parseAsString).withDefault([]),
};

export interface ListFilters {
	readonly status: readonly (typeof INSTANCE_STATUSES)[number][];
	readonly workflow: readonly string[];
}

export function listPath({ status, workflow }: ListFilters, cursor: string | null): string {
	const params = new URLSearchParams();
	for (const word of status) params.append("status", word);
	for (const name of workflow) params.append("workflow", name);
	if (cursor !== null) params.set("cursor", cursor);
	const query = params.toString();
	return query === "" ? "/api/instances" : `/api/instances?${query}`;
}
