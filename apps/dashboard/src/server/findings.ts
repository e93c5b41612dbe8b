import type { InstanceCounts, PersistentBackend, UnservedWork } from "@waymark/engine/backend";
import { silentHolders } from "./lost-nodes.ts";
import { openWork } from "./open-work.ts";
import type { Finding } from "./wire.ts";
import { isSilent, type WorkersNow } from "./workers-now.ts";

/** So many of the newest paused instances are looked into for nodes that were lost with a worker. */
const PAUSED_READ = 100;

/** What the doctor says: that nobody works, work that no worker serves, and workers that fell silent with work in their hands. */
export async function findingsOf(
	backend: PersistentBackend,
	seen: WorkersNow,
	unserved: readonly UnservedWork[],
	{ byStatus }: InstanceCounts,
): Promise<readonly Finding[]> {
	const isAnyAlive = seen.workers.some((worker) => !isSilent(worker, seen.now));
	const silent = silentHolders(seen);
	const paused = silent.length === 0 || byStatus.paused === 0 ? new Map() : await lostWhilePaused(backend);
	const isMissed = byStatus.pending + byStatus.in_progress + byStatus.waiting > 0;
	return [
		...(isAnyAlive ? [] : [{ kind: "no-worker", isMissed } as const]),
		...unserved.map((work): Finding => ({ kind: "unserved", work })),
		...silent.map((worker): Finding => {
			return { kind: "silent-worker", worker, paused: paused.get(worker.workerId) ?? 0, isAnyAlive };
		}),
	];
}

/** What runs in a paused instance was lost with its worker: a pause takes effect once nothing else does. */
async function lostWhilePaused(backend: PersistentBackend): Promise<ReadonlyMap<string, number>> {
	const page = await backend.listInstances({ statuses: ["paused"], workflows: [], limit: PAUSED_READ, cursor: null });
	const running = page.instances.filter(({ activity }) => activity.some(({ state }) => state === "running"));
	const counts = new Map<string, number>();
	for (const { held } of await Promise.all(running.map((instance) => openWork(backend, instance)))) {
		for (const [worker, { running: nodes }] of held) counts.set(worker, (counts.get(worker) ?? 0) + nodes);
	}
	return counts;
}
