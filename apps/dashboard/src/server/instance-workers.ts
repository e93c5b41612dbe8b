import { getBackend } from "./backend.ts";
import { findInstance, notFound } from "./instance-state.ts";
import type { InstanceWorkers } from "./wire.ts";

/** The workers that hold something of the instance now, and when each was last heard of. */
export async function loadInstanceWorkers(instanceId: string): Promise<InstanceWorkers> {
	const backend = await getBackend();
	const { runId, version } = await findInstance(backend, instanceId);
	const [snapshot, workers] = await Promise.all([backend.getSnapshot(runId, version), backend.listWorkers()]);
	if (snapshot === null) throw notFound(instanceId);
	const owners = new Set(snapshot.openNodes.map(({ owner }) => owner));
	return {
		now: snapshot.now,
		workers: workers
			.filter(({ workerId }) => owners.has(workerId))
			.map(({ workerId, name, heartbeatAt, expiresAt }) => ({ workerId, name, heartbeatAt, expiresAt })),
	};
}
