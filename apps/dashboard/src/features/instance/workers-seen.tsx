"use client";

import { Timestamp } from "../../components/timestamp.tsx";
import { visibleText } from "../../components/visible-text.ts";
import { WorkerId } from "../../components/worker-id.tsx";
import { useWorkersSeen } from "../workers/service.tsx";
import type { Awaited } from "./pending-request.ts";

/** Why a request hangs: whether the workers it waits for are alive, and what ends the wait. */
export function WorkersSeen({ awaited }: { readonly awaited: readonly Awaited[] }) {
	const seen = useWorkersSeen();
	const workers = seen?.workers.filter(({ workerId }) => awaited.some(({ worker }) => worker === workerId)) ?? [];
	return workers.slice(0, 3).map(({ workerId, at, heartbeatAt, isSilent }) => {
		const isEndless = awaited.some(({ worker, timesOutAt }) => worker === workerId && timesOutAt === null);
		return (
			<span key={workerId}>
				{" "}
				Worker <WorkerId id={workerId} />
				{at === null ? "" : ` (${visibleText(at.host)}, pid ${at.pid})`} last reported{" "}
				<Timestamp at={heartbeatAt} as="relative" />
				{isSilent
					? ": it is taken for dead, and the request takes effect without it."
					: ": it is alive, and the task does not stop by itself."}
				{isSilent || !isEndless ? "" : " No timeout ends it: restart that worker process to free it."}
			</span>
		);
	});
}
