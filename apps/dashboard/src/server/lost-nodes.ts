import type { WorkerRecord } from "@waymark/engine/backend";
import type { OpenWork } from "./open-work.ts";
import type { LostNodes } from "./wire.ts";
import { isSilent, seenWorker, type WorkersNow } from "./workers-now.ts";

/** Those that fell silent with something in their hands. */
export function silentHolders({ now, workers }: WorkersNow): readonly WorkerRecord[] {
	return workers.filter((worker) => worker.held > 0 && isSilent(worker, now));
}

/** Null: everything that runs there has a live worker. */
export function lostIn(work: OpenWork, seen: WorkersNow): LostNodes | null {
	const lost = silentHolders(seen).flatMap((worker) => {
		const held = work.held.get(worker.workerId);
		return held === undefined || held.running === 0 ? [] : [{ worker, held }];
	});
	const [first] = lost;
	if (first === undefined) return null;
	const nodes = lost.reduce((sum, { held }) => sum + held.running, 0);
	return { path: first.held.path, nodes, worker: seenWorker(first.worker, seen.now) };
}
