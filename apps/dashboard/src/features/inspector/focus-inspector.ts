import { type RefObject, useLayoutEffect } from "react";

/** Takes the keyboard into the inspector: to its heading, with everything else of it after that. False: none is open. */
export function focusInspector(): boolean {
	const heading = document.querySelector<HTMLElement>("[data-inspector] :is(h1, h2)");
	heading?.focus({ preventScroll: true });
	return heading !== null;
}

/** Where the keyboard was before it went into the inspector; null: nowhere. There is one inspector at a time. */
let cameFrom: HTMLElement | null = null;
/** One inspector has gone with the keyboard in it, and the next may have come in the same moment. */
let isBetween = false;

/**
 * Remembers where the keyboard came from (the card, or the row), and hands it on when the inspector goes: to that of
 * another node, else back.
 */
export function useFocusHandedOn(root: RefObject<HTMLElement | null>): void {
	useLayoutEffect(() => {
		const element = root.current;
		const onFocusIn = ({ relatedTarget }: FocusEvent) => {
			if (isBetween || (relatedTarget instanceof Node && element?.contains(relatedTarget))) return;
			cameFrom = relatedTarget instanceof HTMLElement ? relatedTarget : null;
		};
		element?.addEventListener("focusin", onFocusIn);
		return () => {
			element?.removeEventListener("focusin", onFocusIn);
			if (element?.contains(document.activeElement) !== true) return;
			isBetween = true;
			queueMicrotask(() => {
				if (document.activeElement === document.body) focusInspector();
				if (document.activeElement === document.body) cameFrom?.focus({ preventScroll: true });
				isBetween = false;
			});
		};
	}, [root]);
}
