"use client";

import { useQuery } from "@tanstack/react-query";
import { isTerminal, keyPath, type NodeView } from "@waymark/engine/graph";
import { createContext, type ReactNode, useContext, useMemo } from "react";
import { getJson, instancePath, RequestError } from "../../api/fetch-json.ts";
import { WorkerNames } from "../../components/worker-names.ts";
import { WORKER_SILENT } from "../../graph/interesting.ts";
import type { InstanceState, InstanceWorkers, SeenWorker } from "../../server/wire.ts";
import { InstanceIsOver } from "../graph/node-entry.ts";
import { serviceOf } from "./service-news.ts";
import type { Service } from "./service-words.ts";

const AGAIN_MS = 5_000;

const NONE: ReadonlyMap<string, SeenWorker> = new Map();

/** The workers that fell silent, by incarnation. The same object for as long as they are the same. */
const SilentWorkers = createContext<ReadonlyMap<string, SeenWorker>>(NONE);
const Seen = createContext<InstanceWorkers | null>(null);

interface ServiceProviderProps {
	readonly state: InstanceState;
	/** As the server saw it when it made the page. */
	readonly initial: InstanceWorkers | null;
	/** False: the page is to stand still. */
	readonly wanted: boolean;
	readonly children: ReactNode;
}

/**
 * Whom an instance's page may call alive: asked of the server, which goes by the database's clock, and never worked out
 * here. A worker that is not heard of writes nothing, so no event tells it.
 */
export function ServiceProvider({ state, initial, wanted, children }: ServiceProviderProps) {
	const { instanceId, status } = state.snapshot.instance;
	const isOver = isTerminal(status);
	const { data = null } = useQuery({
		queryKey: ["instance", instanceId, "workers"],
		queryFn: ({ signal }) => getJson<InstanceWorkers>(instancePath(instanceId, "/workers"), signal),
		enabled: wanted && !isOver,
		// A page that one comes back to is old.
		...(initial === null ? {} : { initialData: initial, initialDataUpdatedAt: 0 }),
		refetchInterval: ({ state: { error } }) => (isGone(error) ? false : AGAIN_MS),
	});
	const fallen = (isOver ? [] : (data?.workers ?? [])).filter(({ isSilent }) => isSilent);
	const key = JSON.stringify(fallen);
	// biome-ignore lint/correctness/useExhaustiveDependencies: the same workers are the same map, whenever they were asked for
	const silent = useMemo(
		() => (fallen.length === 0 ? NONE : new Map(fallen.map((worker) => [worker.workerId, worker]))),
		[key],
	);
	const names = useMemo(() => new Map(data?.workers.map((worker) => [worker.workerId, worker])), [data]);
	return (
		<WorkerNames value={names}>
			<SilentWorkers value={silent}>
				<Seen value={isOver ? null : data}>
					<InstanceIsOver value={isOver}>{children}</InstanceIsOver>
				</Seen>
			</SilentWorkers>
		</WorkerNames>
	);
}

function isGone(error: unknown): boolean {
	return error instanceof RequestError && error.code === "InstanceNotFound";
}

export function useSilentWorkers(): ReadonlyMap<string, SeenWorker> {
	return useContext(SilentWorkers);
}

/** Null: not asked yet, or the instance is over. */
export function useWorkersSeen(): InstanceWorkers | null {
	return useContext(Seen);
}

/** What the workers have to do with one node. */
export function useService({ snapshot }: InstanceState, { kind, path }: NodeView): Service {
	// What a route waits for is its key function.
	return serviceOf(kind === "route" ? keyPath(path) : path, snapshot, useContext(Seen));
}

/** The worker of a node, if it fell silent with it; null: it did not, as far as anybody knows. */
export function useSilence({ state, worker }: Pick<NodeView, "state" | "worker">): SeenWorker | null {
	const silent = useContext(SilentWorkers);
	return state === WORKER_SILENT && worker !== null ? (silent.get(worker) ?? null) : null;
}
