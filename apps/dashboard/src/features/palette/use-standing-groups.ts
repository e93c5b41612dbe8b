"use client";

import { useQuery } from "@tanstack/react-query";
import { Keyboard, Monitor, Moon, Play, Sun, Workflow } from "lucide-react";
import { useMemo } from "react";
import { getJson } from "../../api/fetch-json.ts";
import type { WorkflowList } from "../../server/wire.ts";
import { PLACES } from "../frame/places.ts";
import { setTheme } from "../frame/theme.ts";
import { startPath } from "../start/start-url.ts";
import type { PaletteGroup, PaletteItem } from "./palette-items.ts";

/** What can be done from everywhere. */
export function useStandingGroups(go: (path: string) => void, onSheet: () => void): readonly PaletteGroup[] {
	const { data } = useQuery({
		queryKey: ["workflows", "names"],
		queryFn: ({ signal }) => getJson<WorkflowList>("/api/workflows", signal),
		staleTime: 30_000,
	});
	const workflows = data?.workflows;
	return useMemo(() => groupsOf(workflows ?? [], go, onSheet), [workflows, go, onSheet]);
}

function groupsOf(workflows: readonly string[], go: (path: string) => void, onSheet: () => void): PaletteGroup[] {
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
	const settings: PaletteItem[] = [
		{ id: "theme light", title: "Light theme", detail: "Settings", Icon: Sun, run: () => setTheme("light") },
		{ id: "theme dark", title: "Dark theme", detail: "Settings", Icon: Moon, run: () => setTheme("dark") },
		{
			id: "theme system",
			title: "Theme of the system",
			detail: "Settings",
			Icon: Monitor,
			run: () => setTheme("system"),
		},
		{ id: "shortcuts", title: "Keyboard shortcuts", detail: "Help", Icon: Keyboard, keys: "?", run: onSheet },
	];
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
				{
					id: `start ${name}`,
					title: `Start ${name}…`,
					detail: "a new instance",
					Icon: Play,
					run: () => go(startPath(name)),
				},
			]),
		},
		{ value: "Settings", items: settings },
	];
}
