import type { WorkerProfile } from "./records.ts";

/** What a node needs of whoever runs it. */
export interface Need {
	readonly definitionHash: string;
	readonly tags: readonly string[];
}

/**
 * Of live workers, those that claim what others started; runners do not. Without any, nothing is called unserved: that
 * there is no worker is the news then.
 */
export function claimers<Profile extends WorkerProfile | null>(live: readonly Profile[]): Profile[] {
	return live.filter((profile) => profile === null || profile.definitions.length > 0);
}

/** Whether one of these workers can run it. One that told nothing of itself may be able to run anything. */
export function isServed(need: Need, workers: readonly (WorkerProfile | null)[]): boolean {
	return workers.some(
		(profile) =>
			profile === null ||
			(profile.definitions.includes(need.definitionHash) && need.tags.every((tag) => profile.tags.includes(tag))),
	);
}
