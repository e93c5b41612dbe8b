"use client";

import { useQuery } from "@tanstack/react-query";
import { getJson, instancePath } from "../../api/fetch-json.ts";
import { Timestamp } from "../../components/timestamp.tsx";
import { WorkerId } from "../../components/worker-id.tsx";
import type { InstanceWorkers } from "../../server/wire.ts";
import { serverNow } from "../../time/ticker.ts";

interface WorkersSeenProps {
	readonly instanceId: string;
	/** Those that hold what is waited for. */
	readonly workers: readonly string[];
}

const AGAIN_MS = 5_000;

/** Why a request hangs: whether the workers it waits for are alive. Asked for only while somebody has to wonder. */
export function WorkersSeen({ instanceId, workers }: WorkersSeenProps) {
	const { data } = useQuery({
		queryKey: ["instance", instanceId, "workers"],
		queryFn: ({ signal }) => getJson<InstanceWorkers>(instancePath(instanceId, "/workers"), signal),
		refetchInterval: AGAIN_MS,
	});
	const waited = data?.workers.filter(({ workerId }) => workers.includes(workerId)) ?? [];
	return waited.slice(0, 3).map(({ workerId, heartbeatAt, expiresAt }) => (
		<span key={workerId}>
			{" "}
			Worker <WorkerId id={workerId} /> last reported <Timestamp at={heartbeatAt} as="relative" />
			{expiresAt < serverNow()
				? ": it is taken for dead, and the request takes effect without it."
				: ": it is alive, and the task does not stop by itself."}
		</span>
	));
}
