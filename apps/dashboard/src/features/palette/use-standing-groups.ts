"use client";

import { useQuery } from "@tanstack/react-query";
import { Bookmark, Keyboard, ListTree, Play, Workflow } from "lucide-react";
import { useMemo } from "react";
import { getJson } from "../../api/fetch-json.ts";
import type { WorkflowList } from "../../server/wire.ts";
import { useSettings } from "../../settings/settings.ts";
import { useDenial } from "../access/access-provider.tsx";
import { PLACES } from "../frame/places.ts";
import { useTheme } from "../frame/theme-button.tsx";
import { listHref } from "../instance-list/list-filters.ts";
import { BUILT_IN, useOwnViews, type View } from "../instance-list/saved-views.ts";
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
	const own = useOwnViews();
	return useMemo(() => {
		const settings = [...settingItems(theme, timeZone), sheetItem(onSheet)];
		return groupsOf({ workflows: workflows ?? [], views: [...own, ...BUILT_IN], mayStart, settings }, go);
	}, [workflows, own, mayStart, go, onSheet, theme, timeZone]);
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

interface Known {
	readonly workflows: readonly string[];
	readonly views: readonly View[];
	readonly mayStart: boolean;
	readonly settings: readonly PaletteItem[];
}

function groupsOf({ workflows, views, mayStart, settings }: Known, go: (path: string) => void): PaletteGroup[] {
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
			value: "Views",
			items: views.map(({ name, filters }) => ({
				id: `view ${name}`,
				title: name,
				detail: "view of the list",
				Icon: Bookmark,
				run: () => go(listHref(filters)),
			})),
		},
		{
			value: "Workflows",
			items: workflows.flatMap((name) => [
				{
					id: `workflow ${name}`,
					title: name,
					detail: "plan, figures and versions",
					Icon: Workflow,
					run: () => go(`/workflows/${encodeURIComponent(name)}`),
				},
				{
					id: `instances ${name}`,
					title: `Instances of ${name}`,
					detail: "in the list",
					Icon: ListTree,
					run: () => go(`/instances?workflow=${encodeURIComponent(name)}`),
				},
				...(mayStart ? [startItem(name, go)] : []),
			]),
		},
		{ value: "Settings", items: settings },
	];
}
