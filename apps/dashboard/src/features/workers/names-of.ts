import type { WorkerRecord } from "@waymark/engine/backend";
import type { WorkerName } from "../../components/worker-names.ts";

/** The workers of a list, by incarnation. */
export function namesOf(workers: readonly WorkerRecord[]): ReadonlyMap<string, WorkerName> {
	return new Map(workers.map(({ workerId, name, profile }) => [workerId, { name, at: profile }]));
}
