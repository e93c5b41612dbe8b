import { awaitedSignals } from "../signals/awaited-signals.ts";
import { getBackend } from "./backend.ts";
import { findInstance, notFound } from "./instance-state.ts";
import type { InstanceWaits } from "./wire.ts";

/** What a signal to the instance would be taken by. Its open nodes alone are read. */
export async function loadInstanceWaits(instanceId: string): Promise<InstanceWaits> {
	const backend = await getBackend();
	const { runId, version } = await findInstance(backend, instanceId);
	const snapshot = await backend.getSnapshot(runId, version);
	if (snapshot === null) throw notFound(instanceId);
	return { now: snapshot.now, awaited: awaitedSignals(snapshot.openNodes, snapshot.now) };
}
