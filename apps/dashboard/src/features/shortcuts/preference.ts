"use client";

import { useSyncExternalStore } from "react";

const KEY = "waymark.shortcuts";
const listeners = new Set<() => void>();

/** Single-key shortcuts can be switched off (WCAG 2.1.4): who dictates would press them all the time. */
export function areShortcutsOn(): boolean {
	try {
		return localStorage.getItem(KEY) !== "off";
	} catch {
		return true;
	}
}

export function setShortcuts(on: boolean): void {
	try {
		if (on) localStorage.removeItem(KEY);
		else localStorage.setItem(KEY, "off");
	} catch {
		// Storage is closed to us: they stay as they are.
	}
	for (const listener of listeners) listener();
}

export function useShortcutsOn(): boolean {
	return useSyncExternalStore(
		(listener) => {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		areShortcutsOn,
		() => true,
	);
}
