import type { ControlKind, ControlRequestRecord } from "@waymark/engine/backend";

/** What somebody asked for, as the audit calls it. */
export const REQUEST_WORDS: Readonly<Record<ControlKind, string>> = {
	pause: "Pause",
	unpause: "Unpause",
	cancel: "Cancel",
	retry: "Retry",
	retryNow: "Retry now",
	reveal: "Show hidden",
};

/** How it was answered. That something was accepted does not say that it has happened yet. */
export const ANSWER_WORDS: Readonly<Record<ControlRequestRecord["result"], string>> = {
	applied: "Accepted",
	unchanged: "Was so already",
	refused: "Refused",
};
