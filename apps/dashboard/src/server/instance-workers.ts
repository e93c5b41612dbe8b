import { isTerminal } from "@waymark/engine/backend";
import { getBackend } from "./backend.ts";
import { findInstance } from "./instance-state.ts";
import { openWork } from "./open-work.ts";
import { lacksOf } from "./service.ts";
import type { InstanceWorkers } from "./wire.ts";
import { isSilent, seenWorker, workersNow } from "./workers-now.ts";

/** As many workers are named, besides those that hold something. */
const NAMED = 50;

/** The workers that hold something of the instance now, when each was last heard of, and what none can run. */
export async function loadInstanceWorkers(instanceId: string): Promise<InstanceWorkers> {
	const backend = await getBackend();
	const instance = await findInstance(backend, instanceId);
	const [work, seen] = await Promise.all([openWork(backend, instance), workersNow()]);
	const { now, workers } = seen;
	const holders = workers.filter(({ workerId }) => work.held.has(workerId));
	const others = workers.filter(({ workerId }) => !work.held.has(workerId)).slice(0, NAMED);
	return {
		now,
		workers: [...holders, ...others].map((worker) => seenWorker(worker, now)),
		alive: workers.filter((worker) => !isSilent(worker, now)).length,
		lacks: isTerminal(instance.status) ? [] : lacksOf(instance.definitionHash, work, seen),
	};
}
