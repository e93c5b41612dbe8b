import { claimers, isServed, type WorkerProfile, type WorkerRecord } from "@waymark/engine/backend";
import type { OpenWork } from "./open-work.ts";
import type { Lack } from "./wire.ts";
import { isSilent, type WorkersNow } from "./workers-now.ts";

/** What of a definition no live worker can run, by the same rule as the engine's own finding (see isServed). */
export function lacksOf(definitionHash: string, work: OpenWork, { now, workers }: WorkersNow): readonly Lack[] {
	const live = workers.filter((worker) => !isSilent(worker, now));
	// What a runner drives, it drives to its end: nobody else is needed.
	if (live.some((worker) => work.held.has(worker.workerId) && isRunner(worker))) return [];
	const takers = claimers(live.map(({ profile }) => profile));
	if (takers.length === 0) return [];
	return work.kinds.flatMap(({ tags }) => lackOf(definitionHash, tags, takers));
}

/** Nothing where somebody can run it. */
export function lackOf(
	definitionHash: string,
	tags: readonly string[],
	takers: readonly (WorkerProfile | null)[],
): readonly Lack[] {
	if (isServed({ definitionHash, tags }, takers)) return [];
	const knowing = takers.filter((profile) => profile?.definitions.includes(definitionHash) === true);
	if (knowing.length === 0) return [{ tags, code: true, missing: [] }];
	const missing = tags.filter((tag) => !knowing.some((profile) => profile?.tags.includes(tag) === true));
	// Each of them is served, and not by one that has them all.
	return [{ tags, code: false, missing: missing.length === 0 ? tags : missing }];
}

function isRunner({ profile }: WorkerRecord): boolean {
	return profile !== null && profile.definitions.length === 0;
}
