import type { WorkerRecord } from "@waymark/engine/backend";
import { getBackend } from "./backend.ts";
import { remembered } from "./remembered.ts";
import type { SeenWorker } from "./wire.ts";

export interface WorkersNow {
	/** The database's clock. */
	readonly now: number;
	/** Every incarnation that is known, the dead of the last hour too. */
	readonly workers: readonly WorkerRecord[];
}

/**
 * Who was alive a second ago at most: every open page of an instance asks. The clock is read first, so that a worker
 * that reports in between is never taken for silent.
 */
export const workersNow = remembered(1_000, async (): Promise<WorkersNow> => {
	const backend = await getBackend();
	const { now } = await backend.listWaits({ signal: null, limit: 1, cursor: null });
	return { now, workers: await backend.listWorkers() };
});

/** Its lease has passed by the database's clock. Nobody else's clock says that of a worker. */
export function isSilent({ expiresAt }: WorkerRecord, now: number): boolean {
	return expiresAt < now;
}

export function seenWorker(worker: WorkerRecord, now: number): SeenWorker {
	const { workerId, name, profile, heartbeatAt } = worker;
	const at = profile === null ? null : { host: profile.host, pid: profile.pid };
	return { workerId, name, at, heartbeatAt, isSilent: isSilent(worker, now) };
}
