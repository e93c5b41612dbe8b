import type { ControlKind } from "@waymark/engine/backend";

/** What somebody asked for, as the audit calls it. */
export const REQUEST_WORDS: Readonly<Record<ControlKind, string>> = {
	pause: "Pause",
	unpause: "Unpause",
	cancel: "Cancel",
	retry: "Retry",
	retryNow: "Retry now",
	reveal: "Show hidden",
};
