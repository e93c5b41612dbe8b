"use client";

import { useQuery } from "@tanstack/react-query";
import type { ValueRef } from "@waymark/engine/graph";
import { getJson, instancePath } from "../../api/fetch-json.ts";
import type { ValueResponse } from "../../server/wire.ts";

export interface ValueAddress {
	readonly instanceId: string;
	readonly runId: string;
	readonly valueRef: ValueRef;
}

export function valuePath({ instanceId, runId, valueRef }: ValueAddress, extra = ""): string {
	const query = new URLSearchParams({ run: runId, ref: valueRef });
	return instancePath(instanceId, `/value?${query}${extra}`);
}

/** A recorded value never changes: once fetched it is kept. `full` asks for up to 2 MiB instead of 64 KiB. */
export function useValue(address: ValueAddress, full: boolean, enabled = true) {
	return useQuery({
		queryKey: ["instance", address.instanceId, "value", address.runId, address.valueRef, full],
		queryFn: ({ signal }) => getJson<ValueResponse>(valuePath(address, full ? "&full=1" : ""), signal),
		staleTime: Number.POSITIVE_INFINITY,
		gcTime: 60_000,
		refetchOnWindowFocus: false,
		enabled,
	});
}
