import { instanceStatus } from "../../components/status-table.ts";
import { visibleText } from "../../components/visible-text.ts";
import { formatDuration, formatMoment } from "../../time/format.ts";
import type { ListFilters } from "./list-filters.ts";

export interface FilterChip {
	readonly key: string;
	readonly words: string;
	/** What takes it away. */
	readonly without: Partial<ListFilters>;
}

/** One for each thing that is asked for. */
export function filterChips(filters: ListFilters): readonly FilterChip[] {
	const { status, workflow, from, to, duration, retries, signal, label, id, error } = filters;
	const chips: (FilterChip | null)[] = [
		status.length === 0
			? null
			: {
					key: "status",
					words: status.map((one) => instanceStatus(one).word).join(" or "),
					without: { status: [] },
				},
		workflow.length === 0
			? null
			: { key: "workflow", words: `workflow ${workflow.map(visibleText).join(" or ")}`, without: { workflow: [] } },
		from === null ? null : { key: "from", words: `started from ${formatMoment(from)}`, without: { from: null } },
		to === null ? null : { key: "to", words: `started before ${formatMoment(to)}`, without: { to: null } },
		duration === null
			? null
			: { key: "duration", words: `took ${formatDuration(duration)} or more`, without: { duration: null } },
		retries === null
			? null
			: {
					key: "retries",
					words: retries === "now" ? "retrying now" : "had failed attempts",
					without: { retries: null },
				},
		signal === null ? null : { key: "signal", words: `awaits ${visibleText(signal)}`, without: { signal: null } },
		...label.map((one) => ({
			key: `label ${one}`,
			words: visibleText(one),
			without: { label: label.filter((other) => other !== one) },
		})),
		id === null ? null : { key: "id", words: `id begins with ${visibleText(id)}`, without: { id: null } },
		error === null ? null : { key: "error", words: `error holds “${visibleText(error)}”`, without: { error: null } },
	];
	return chips.filter((chip) => chip !== null);
}
