"use client";

import { useQuery } from "@tanstack/react-query";
import { CircleDot } from "lucide-react";
import { useMemo } from "react";
import { getJson, instancePath } from "../../api/fetch-json.ts";
import type { InstanceExists } from "../../server/wire.ts";
import type { PaletteGroup } from "./palette-items.ts";

const ID = /^[A-Za-z0-9._:@-]{1,200}$/;
const NONE: readonly PaletteGroup[] = [];

/** The instance of exactly that id, if there is one. */
export function useFound(query: string, go: (path: string) => void): readonly PaletteGroup[] {
	const { data } = useQuery({
		queryKey: ["palette", "instance", query],
		queryFn: async ({ signal }) => (await getJson<InstanceExists>(instancePath(query, "/exists"), signal)).exists,
		enabled: ID.test(query),
		staleTime: 10_000,
		retry: false,
	});
	return useMemo(() => {
		if (data !== true) return NONE;
		const run = () => go(`/instances/${encodeURIComponent(query)}`);
		return [
			{
				value: "Instances",
				items: [{ id: "found", title: query, detail: "open this instance", Icon: CircleDot, run }],
			},
		];
	}, [data, query, go]);
}
