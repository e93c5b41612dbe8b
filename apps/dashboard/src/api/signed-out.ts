"use client";

import { focusManager } from "@tanstack/react-query";
import { useSyncExternalStore } from "react";

let isSignedOut = false;
const listeners = new Set<() => void>();

/** The server knows this browser no more. What the page asks by itself would not be answered: it stops asking. */
export function reportSignedOut(): void {
	// What polls does so while the page is looked at; it tries once more when the page is looked at anew.
	focusManager.setFocused(false);
	document.addEventListener("visibilitychange", tryAgain);
	tell(true);
}

/** It knows it (again): somebody has signed in in another tab. */
export function reportAnswered(): void {
	if (isSignedOut) tryAgain();
	tell(false);
}

function tryAgain(): void {
	if (document.visibilityState === "hidden") return;
	document.removeEventListener("visibilitychange", tryAgain);
	focusManager.setFocused(undefined);
}

function tell(next: boolean): void {
	if (next === isSignedOut) return;
	isSignedOut = next;
	for (const listener of listeners) listener();
}

export function useSignedOut(): boolean {
	return useSyncExternalStore(
		(listener) => {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		() => isSignedOut,
		() => false,
	);
}
