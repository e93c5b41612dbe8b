import type { MouseEvent } from "react";

/** A click that stays on this page; with any of these keys a link opens elsewhere. */
export function isPlainClick(event: MouseEvent): boolean {
	return event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
}
