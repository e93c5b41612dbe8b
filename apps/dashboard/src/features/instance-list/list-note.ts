import type { InstanceList } from "../../server/wire.ts";
import { formatCount } from "../../time/format.ts";

/** How many match, as far as was counted, and how many there are. */
export function listNote(
	counts: InstanceList["counts"] | null,
	matching: InstanceList["matching"],
): string | undefined {
	if (counts === null) return undefined;
	const all = `${total(counts)} in all`;
	return matching === null ? all : `${matchWords(matching)}, ${all}`;
}

function matchWords({ count, complete }: NonNullable<InstanceList["matching"]>): string {
	if (!complete && count === 0) return "none of the newest match";
	return `${formatCount(count)}${complete ? "" : "+"} ${count === 1 && complete ? "matches" : "match"}`;
}

/** Exact while every count is, else what is certain. */
function total(counts: InstanceList["counts"]): string {
	const all = Object.values(counts.byStatus);
	const sum = all.reduce((before, count) => before + Math.min(count, 10_000), 0);
	return all.some((count) => count > 10_000) ? `over ${formatCount(sum)}` : formatCount(sum);
}
