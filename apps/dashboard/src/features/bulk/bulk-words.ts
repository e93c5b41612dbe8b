import type { ActionKind, BulkOutcome } from "../../server/wire.ts";

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
	done: "Done",
	unchanged: "Nothing to do",
	refused: "Refused",
	failed: "Failed",
	waiting: "To come",
	unknown: "Not asked",
};

export function instances(count: number): string {
	return count === 1 ? "1 instance" : `${count.toLocaleString("en-GB")} instances`;
}
