import { getBackend } from "./backend.ts";
import type { WorkerList } from "./wire.ts";

/** `GET /api/workers`: every incarnation that is known, and the work that none of the live ones serves. */
export async function loadWorkers(): Promise<WorkerList> {
	const backend = await getBackend();
	const [workers, unserved, { now }] = await Promise.all([
		backend.listWorkers(),
		backend.listUnserved(),
		backend.listWaits({ signal: null, limit: 1, cursor: null }),
	]);
	return { now, workers, unserved };
}
