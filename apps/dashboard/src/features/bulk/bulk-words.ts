import type { ActionKind, BulkOutcome, BulkState } from "../../server/wire.ts";

export const VERBS: Readonly<Record<ActionKind, string>> = {
	pause: "Pause",
	unpause: "Unpause",
	cancel: "Cancel",
	retry: "Retry",
};

/** What a person should know before. */
export const MEANINGS: Readonly<Record<ActionKind, string>> = {
	pause: "Running tasks finish, and nothing new starts.",
	unpause: "They go on where they stopped.",
	cancel: "Running tasks are told to stop and their results are not used. What they already did is not undone.",
	retry: "What failed is attempted again, with fresh attempts. What was recorded stays.",
};

export const OUTCOMES: Readonly<Record<BulkOutcome, string>> = {
	done: "Accepted",
	unchanged: "Nothing to do",
	refused: "Refused",
	failed: "Failed",
	waiting: "To come",
	unknown: "Not asked",
};

export function instances(count: number): string {
	return count === 1 ? "1 instance" : `${count.toLocaleString("en-GB")} instances`;
}

/** How many of those that took the action still wait for running tasks before it takes effect; null: none does. */
export function pendingWords(states: readonly Pick<BulkState, "control">[]): string | null {
	const pausing = states.filter(({ control }) => control === "pausing").length;
	const cancelling = states.filter(({ control }) => control === "cancelling").length;
	const words = [
		...(pausing === 0 ? [] : [`${pausing} still pausing`]),
		...(cancelling === 0 ? [] : [`${cancelling} still cancelling`]),
	];
	return words.length === 0 ? null : words.join(", ");
}
