"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { isTerminal } from "@waymark/engine/graph";
import { useEffect, useRef, useState } from "react";
import { getJson, instancePath, isSignedOut, RequestError } from "../../api/fetch-json.ts";
import type { InstanceState } from "../../server/wire.ts";
import { learnServerClock, unfrozenNow } from "../../time/ticker.ts";
import { applyDelta, newerState } from "./apply-event.ts";
import { CatchUp } from "./catch-up.ts";
import { type Connection, FINAL_REFETCH_MS } from "./connection.ts";
import { LiveStream } from "./live-stream.ts";
import { useFrozenTimers } from "./use-frozen-timers.ts";

/** A failed instance can be retried by somebody else; the others never change again. */
const FAILED_POLL_MS = 15_000;

export function stateKey(instanceId: string): readonly ["instance", string, "state"] {
	return ["instance", instanceId, "state"];
}

export interface LiveInstance {
	readonly state: InstanceState;
	readonly connection: Connection;
}

/** The state of the one instance of a page, kept up to date unless the reader wants it to stand still, and how. */
export function useInstanceLive(instanceId: string, initial: InstanceState, wanted: boolean): LiveInstance {
	const live = useOneOfMany(instanceId, initial, wanted);
	useFrozenTimers([live.connection]);
	return live;
}

/** The same for a page of several, which is to freeze its timers itself. */
export function useOneOfMany(instanceId: string, initial: InstanceState, wanted: boolean): LiveInstance {
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
		refetchInterval: ({ state }) =>
			wanted &&
			state.data?.snapshot.instance.status === "failed" &&
			!isSignedOut(state.error) &&
			!isDeleted(state.error)
				? FAILED_POLL_MS
				: false,
	});
	const state = query.data;
	const { runId, status } = state.snapshot.instance;
	const over = isTerminal(status);
	const wasLive = useRef(false);
	// A failed instance has no stream: that it is gone is heard by asking for it.
	const deletedAt = isDeleted(query.error) ? query.errorUpdatedAt : null;

	useEffect(() => {
		if (over) {
			setConnection({ kind: "ended" });
			if (!wasLive.current) return undefined;
			wasLive.current = false;
			const key = stateKey(instanceId);
			const last = setTimeout(() => void client.refetchQueries({ queryKey: key }), FINAL_REFETCH_MS);
			return () => clearTimeout(last);
		}
		if (!wanted) {
			setConnection({ kind: "paused", lastAt: unfrozenNow() });
			return undefined;
		}
		wasLive.current = true;
		const stream = follow(client, instanceId, runId, setConnection);
		return () => stream.stop();
	}, [client, instanceId, runId, over, wanted]);

	return { state, connection: deletedAt === null ? connection : { kind: "gone", knownAt: deletedAt } };
}

function isDeleted(error: unknown): boolean {
	return error instanceof RequestError && error.code === "InstanceNotFound";
}

function follow(
	client: ReturnType<typeof useQueryClient>,
	instanceId: string,
	runId: string,
	onConnection: (connection: Connection) => void,
): LiveStream {
	const key = stateKey(instanceId);
	const shown = () => client.getQueryData<InstanceState>(key);
	const catchUp = new CatchUp({
		fetch: () => client.refetchQueries({ queryKey: key }, { throwOnError: true, cancelRefetch: false }),
		reached: (version) => {
			const instance = shown()?.snapshot.instance;
			return instance === undefined || instance.runId !== runId || instance.version >= version;
		},
	});
	return new LiveStream({
		instanceId,
		runId,
		version: () => shown()?.snapshot.instance.version ?? 0,
		isActive: () => {
			const instance = shown()?.snapshot.instance;
			return instance?.status === "in_progress" || instance?.status === "pending" || instance?.control !== "none";
		},
		refetch: (version) => catchUp.to(version),
		onConnection,
		onClock: learnServerClock,
		onState: (next) => {
			learnServerClock(next.now);
			client.setQueryData<InstanceState>(key, newerState(shown(), next));
		},
		onDelta: (delta) => {
			learnServerClock(delta.snapshot.now);
			const current = shown();
			const applied = current === undefined ? ({ kind: "gap" } as const) : applyDelta(current, delta);
			if (applied.kind === "applied") client.setQueryData<InstanceState>(key, applied.state);
			else if (applied.kind === "gap") void catchUp.to(delta.snapshot.instance.version).catch(() => undefined);
		},
	});
}
