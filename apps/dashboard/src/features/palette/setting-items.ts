import { Clock, Globe, Monitor, Moon, Sun } from "lucide-react";
import { changeSettings } from "../../settings/settings.ts";
import { setTheme, type Theme } from "../frame/theme.ts";
import type { PaletteItem } from "./palette-items.ts";

const THEMES = [
	{ theme: "light", title: "Light theme", Icon: Sun },
	{ theme: "dark", title: "Dark theme", Icon: Moon },
	{ theme: "system", title: "Theme of the system", Icon: Monitor },
] as const satisfies readonly { theme: Theme; title: string; Icon: typeof Sun }[];

/** Theme and time zone as commands. Zones are found by their names: "times in tokyo". */
export function settingItems(theme: Theme, timeZone: string): readonly PaletteItem[] {
	const themes = THEMES.map(
		(one): PaletteItem => ({
			id: `theme ${one.theme}`,
			title: one.title,
			detail: detail("Settings", one.theme === theme),
			Icon: one.Icon,
			run: () => setTheme(one.theme),
		}),
	);
	const zone = (name: string, title: string, Icon: typeof Sun): PaletteItem => ({
		id: `zone ${name}`,
		title,
		detail: detail("Time zone", name === timeZone),
		Icon,
		run: () => changeSettings({ timeZone: name }),
	});
	return [
		...themes,
		zone("local", "Times in the zone of this machine (local)", Clock),
		zone("UTC", "Times in UTC", Globe),
		...zoneNames().map((name) => ({ ...zone(name, `Times in ${name}`, Globe), isAskedFor: name !== timeZone })),
	];
}

function detail(what: string, isChosen: boolean): string {
	return isChosen ? `${what}, chosen now` : what;
}

let names: readonly string[] | null = null;

/** Asking the browser costs some ms: once is enough. */
function zoneNames(): readonly string[] {
	names ??= Intl.supportedValuesOf("timeZone").filter((name) => name !== "UTC");
	return names;
}
