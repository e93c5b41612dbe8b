"use client";

import { useEffect, useRef } from "react";
import { type Begun, isTyping, nameOfPress } from "./keys.ts";
import { areShortcutsOn } from "./preference.ts";

/** What each shortcut does, by its name (`f`, `g i`, `mod+k`). */
export type Bindings = Readonly<Record<string, () => void>>;

/** Binds keys for as long as the component is there. A widget that handles a key itself has prevented its default. */
export function useShortcuts(bindings: Bindings): void {
	const current = useRef(bindings);
	current.current = bindings;
	useEffect(() => {
		let begun: Begun | null = null;
		const onKeyDown = (event: KeyboardEvent) => {
			if (event.defaultPrevented || event.isComposing) return;
			const mod = event.metaKey || event.ctrlKey;
			if (!mod && (isTyping(event.target) || !areShortcutsOn())) return;
			const press = nameOfPress({ key: event.key, mod, alt: event.altKey, at: event.timeStamp }, begun);
			begun = press.begun;
			const action = press.name === null ? undefined : current.current[press.name];
			if (action === undefined) return;
			event.preventDefault();
			action();
		};
		document.addEventListener("keydown", onKeyDown);
		return () => document.removeEventListener("keydown", onKeyDown);
	}, []);
}
