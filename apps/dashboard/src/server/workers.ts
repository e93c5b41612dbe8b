import { getBackend } from "./backend.ts";
import { findingsOf } from "./findings.ts";
import type { WorkerList } from "./wire.ts";
import { workersNow } from "./workers-now.ts";

/** `GET /api/workers`: every incarnation that is known, and what the doctor says. */
export async function loadWorkers(): Promise<WorkerList> {
	const backend = await getBackend();
	const [seen, unserved, counts] = await Promise.all([workersNow(), backend.listUnserved(), backend.countInstances()]);
	return { ...seen, findings: await findingsOf(backend, seen, unserved, counts) };
}
