"use client";

import { useQuery } from "@tanstack/react-query";
import { Keyboard, Play, Workflow } from "lucide-react";
import { useMemo } from "react";
import { getJson } from "../../api/fetch-json.ts";
import type { WorkflowList } from "../../server/wire.ts";
import { useSettings } from "../../settings/settings.ts";
import { useDenial } from "../access/access-provider.tsx";
import { PLACES } from "../frame/places.ts";
import { useTheme } from "../frame/theme-button.tsx";
import { startPath } from "../start/start-url.ts";
import type { PaletteGroup, PaletteItem } from "./palette-items.ts";
import { settingItems } from "./setting-items.ts";

/** What can be done from everywhere. */
export function useStandingGroups(go: (path: string) => void, onSheet: () => void): readonly PaletteGroup[] {
	const { data } = useQuery({
		queryKey: ["workflows", "names"],
		queryFn: ({ signal }) => getJson<WorkflowList>("/api/workflows", signal),
		staleTime: 30_000,
	});
	const workflows = data?.workflows;
	const { timeZone } = useSettings();
	const theme = useTheme();
	const mayStart = useDenial("start") === null;
	return useMemo(() => {
		const settings = [...settingItems(theme, timeZone), sheetItem(onSheet)];
		return groupsOf(workflows ?? [], mayStart, go, settings);
	}, [workflows, mayStart, go, onSheet, theme, timeZone]);
}

function sheetItem(onSheet: () => void): PaletteItem {
	return { id: "shortcuts", title: "Keyboard shortcuts", detail: "Help", Icon: Keyboard, keys: "?", run: onSheet };
}

function startItem(name: string, go: (path: string) => void): PaletteItem {
	return {
		id: `start ${name}`,
		title: `Start ${name}…`,
		detail: "a new instance",
		Icon: Play,
		run: () => go(startPath(name)),
	};
}

function groupsOf(
	workflows: readonly string[],
	mayStart: boolean,
	go: (path: string) => void,
	settings: readonly PaletteItem[],
): PaletteGroup[] {
	const pages = PLACES.map(
		({ href, word, Icon, keys }): PaletteItem => ({
			id: `page ${href}`,
			title: word,
			detail: "Page",
			Icon,
			...(keys === undefined ? {} : { keys }),
			run: () => go(href),
		}),
	);
	return [
		{ value: "Pages", items: pages },
		{
			value: "Workflows",
			items: workflows.flatMap((name) => [
				{
					id: `workflow ${name}`,
					title: name,
					detail: "its instances",
					Icon: Workflow,
					run: () => go(`/instances?workflow=${encodeURIComponent(name)}`),
				},
				...(mayStart ? [startItem(name, go)] : []),
			]),
		},
		{ value: "Settings", items: settings },
	];
}
