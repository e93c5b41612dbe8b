import { formatCount } from "../time/format.ts";
import type { IterationState } from "./iteration-states.ts";

/** Where a number that was typed leads: to a row of the list, or nowhere, for a reason. */
export type Jump = { readonly to: number } | { readonly nowhere: string } | null;

/**
 * Numbers are those of paths: the first iteration is 0. Null where nothing was typed.
 * @param rows newest first, as they are listed
 */
export function jumpTo(text: string, rows: readonly IterationState[], begun: number): Jump {
	const typed = text.trim();
	if (typed === "") return null;
	if (!/^\d{1,9}$/.test(typed)) return { nowhere: "Iterations are numbered from 0." };
	const number = Number(typed);
	if (number >= begun) return { nowhere: `No iteration ${formatCount(number)} has begun; the latest is ${begun - 1}.` };
	const to = rows.findIndex(({ iteration }) => iteration === number);
	return to < 0 ? { nowhere: `Iteration ${number} had no failure.` } : { to };
}
