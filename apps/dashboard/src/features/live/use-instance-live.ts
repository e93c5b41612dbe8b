"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { isTerminal } from "@waymark/engine/graph";
import { useEffect, useState } from "react";
import { getJson, instancePath } from "../../api/fetch-json.ts";
import type { InstanceState } from "../../server/wire.ts";
import { freezeTicker, learnServerClock, unfrozenNow } from "../../time/ticker.ts";
import { applyDelta, newerState } from "./apply-event.ts";
import type { Connection } from "./connection.ts";
import { LiveStream } from "./live-stream.ts";

/** After this long without news the page's timers stand still. */
const STALE_MS = 30_000;
/** A failed instance can be retried by somebody else; the others never change again. */
const FAILED_POLL_MS = 15_000;

export function stateKey(instanceId: string): readonly ["instance", string, "state"] {
	return ["instance", instanceId, "state"];
}

/** The state of an instance, kept up to date, and how. */
export function useInstanceLive(
	instanceId: string,
	initial: InstanceState,
): { readonly state: InstanceState; readonly connection: Connection; refetch(): Promise<unknown> } {
	const client = useQueryClient();
	const [connection, setConnection] = useState<Connection>({ kind: "connecting" });
	const query = useQuery({
		queryKey: stateKey(instanceId),
		queryFn: async ({ signal }) => {
			const fetched = await getJson<InstanceState>(instancePath(instanceId), signal);
			learnServerClock(fetched.now);
			return newerState(client.getQueryData<InstanceState>(stateKey(instanceId)), fetched);
		},
		initialData: initial,
		staleTime: Number.POSITIVE_INFINITY,
		refetchOnWindowFocus: false,
		refetchOnReconnect: false,
		structuralSharing: false,
		retry: false,
		refetchInterval: ({ state }) => (state.data?.snapshot.instance.status === "failed" ? FAILED_POLL_MS : false),
	});
	const state = query.data;
	const { runId, status } = state.snapshot.instance;
	const over = isTerminal(status);

	// biome-ignore lint/correctness/useExhaustiveDependencies: a new run, or a retry of this one, needs a new stream.
	useEffect(() => {
		if (over) {
			setConnection({ kind: "ended" });
			return undefined;
		}
		const key = stateKey(instanceId);
		const shown = () => client.getQueryData<InstanceState>(key);
		const refetch = () => client.refetchQueries({ queryKey: key }, { throwOnError: true, cancelRefetch: false });
		const stream = new LiveStream({
			instanceId,
			version: () => shown()?.snapshot.instance.version ?? 0,
			refetch,
			onConnection: setConnection,
			onState: (next) => {
				learnServerClock(next.now);
				client.setQueryData<InstanceState>(key, newerState(shown(), next));
			},
			onDelta: (delta) => {
				learnServerClock(delta.snapshot.now);
				const current = shown();
				const applied = current === undefined ? ({ kind: "gap" } as const) : applyDelta(current, delta);
				if (applied.kind === "applied") client.setQueryData<InstanceState>(key, applied.state);
				else if (applied.kind === "gap") void refetch().catch(() => undefined);
			},
		});
		return () => stream.stop();
	}, [client, instanceId, runId, over]);

	useFrozenTimers(connection);
	return { state, connection, refetch: () => query.refetch() };
}

/** Timers that run on while nothing is heard would claim to know what they do not. */
function useFrozenTimers(connection: Connection): void {
	const silentSince =
		connection.kind === "reconnecting"
			? connection.lostAt
			: connection.kind === "polling" && connection.failing
				? connection.lastAt
				: null;
	useEffect(() => {
		if (silentSince === null) {
			freezeTicker(null);
			return undefined;
		}
		const wait = Math.max(0, silentSince + STALE_MS - unfrozenNow());
		const timer = setTimeout(() => freezeTicker(silentSince), wait);
		return () => clearTimeout(timer);
	}, [silentSince]);
	useEffect(() => () => freezeTicker(null), []);
}
