import type { PersistentBackend, StalledInstance } from "@waymark/engine/backend";
import { lostIn } from "./lost-nodes.ts";
import { type OpenWork, openWork } from "./open-work.ts";
import { lacksOf } from "./service.ts";
import type { Hold, StalledView } from "./wire.ts";
import { isSilent, seenWorker, type WorkersNow } from "./workers-now.ts";

type Reads = Pick<PersistentBackend, "getSnapshot" | "listRequests">;

/** What holds each of them up: one look into its open nodes, and for a request into who made it. */
export function viewStalls(
	backend: Reads,
	stalled: readonly StalledInstance[],
	seen: WorkersNow,
): Promise<readonly StalledView[]> {
	return Promise.all(stalled.map((one) => viewStall(backend, one, seen)));
}

async function viewStall(backend: Reads, stall: StalledInstance, seen: WorkersNow): Promise<StalledView> {
	const { instance, why, since } = stall;
	if (why === "orphan") return { instance, since, hold: { kind: "orphan" } };
	const work = await openWork(backend, instance);
	if (why === "control") return controlled(backend, stall, work, seen);
	const hold = holdOf(stall, work, seen);
	return { instance, hold, since: hold.kind === "lost" ? hold.lost.worker.heartbeatAt : since };
}

export function holdOf({ instance, path }: StalledInstance, work: OpenWork, seen: WorkersNow): Hold {
	const isAnyAlive = seen.workers.some((worker) => !isSilent(worker, seen.now));
	const lost = lostIn(work, seen);
	if (lost !== null) return { kind: "lost", lost, isAnyAlive };
	const ready = work.kinds.flatMap((kind) => (kind.ready === null ? [] : [{ ...kind, ready: kind.ready }]));
	const lacks = lacksOf(instance.definitionHash, work, seen);
	const lacking = ready.find(({ tags }) => lacks.some((lack) => lack.tags === tags));
	const lack = lacks.find(({ tags }) => tags === lacking?.tags);
	if (lacking !== undefined && lack !== undefined) return { kind: "unserved", path: lacking.ready, lack };
	return { kind: "unclaimed", path: ready[0]?.ready ?? path ?? "", isAnyAlive };
}

/** It waits for the first of the nodes that are held. */
async function controlled(
	backend: Reads,
	{ instance, since }: StalledInstance,
	work: OpenWork,
	seen: WorkersNow,
): Promise<StalledView> {
	const { requests } = await backend.listRequests({
		...{ kinds: [instance.control === "pausing" ? "pause" : "cancel"], results: ["applied"] },
		...{ by: null, instanceId: instance.instanceId, limit: 1, cursor: null },
	});
	const request = requests.find(({ runId }) => runId === instance.runId);
	const [holder] = work.held;
	const worker = seen.workers.find(({ workerId }) => workerId === holder?.[0]);
	const hold: Hold = {
		kind: "control",
		by: request?.by ?? null,
		path: holder?.[1].path ?? null,
		worker: worker === undefined ? null : seenWorker(worker, seen.now),
	};
	return { instance, hold, since: request?.requestedAt ?? since };
}
