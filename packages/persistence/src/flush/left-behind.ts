import type { Touches } from "../commit-context.ts";

/** What the commands of a group touch that were left to the general way: a later command must not overtake them there. */
export class LeftBehind {
	readonly #runs = new Set<string>();
	readonly #instances = new Set<string>();
	readonly #owners = new Set<string>();

	add({ runs, instances, owners }: Touches): void {
		for (const run of runs ?? []) this.#runs.add(run);
		for (const instance of instances ?? []) this.#instances.add(instance);
		for (const owner of owners ?? []) this.#owners.add(owner);
	}

	has(runId: string, instanceId: string, owner: string | null): boolean {
		return this.#runs.has(runId) || this.#instances.has(instanceId) || (owner !== null && this.#owners.has(owner));
	}
}
