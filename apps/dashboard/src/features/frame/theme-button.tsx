"use client";

import { Monitor, Moon, Sun } from "lucide-react";
import { useSyncExternalStore } from "react";
import { onTheme, readTheme, setTheme, type Theme } from "./theme.ts";

const NEXT: Readonly<Record<Theme, Theme>> = { system: "light", light: "dark", dark: "system" };
const WORDS: Readonly<Record<Theme, string>> = { system: "System", light: "Light", dark: "Dark" };
const ICONS = { system: Monitor, light: Sun, dark: Moon } as const satisfies Record<Theme, typeof Sun>;

export function useTheme(): Theme {
	return useSyncExternalStore(onTheme, readTheme, () => "system" as const);
}

/** Goes round the three themes. The settings page has them side by side. */
export function ThemeButton() {
	const theme = useTheme();
	const Icon = ICONS[theme];
	return (
		<button
			type="button"
			aria-label={`Theme: ${WORDS[theme]}. Change to ${WORDS[NEXT[theme]]}`}
			title={`Theme: ${WORDS[theme]}`}
			onClick={() => setTheme(NEXT[theme])}
			className="rail-item"
		>
			<Icon aria-hidden size={18} />
			<span className="rail-word">Theme: {WORDS[theme]}</span>
		</button>
	);
}
