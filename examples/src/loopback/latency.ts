import { setTimeout as sleep } from "node:timers/promises";

/** Waits as long as a real service or a large file would take; tests use `noLatency`, the demo about a second. */
export type Latency = (signal?: AbortSignal) => Promise<void>;

export const noLatency: Latency = async () => undefined;

/** Between `least` and `most` ms, evenly spread by `random` ([0, 1)). */
export function latencyBetween(least: number, most: number, random: () => number = Math.random): Latency {
	return async (signal) => {
		await sleep(least + random() * (most - least), undefined, signal === undefined ? {} : { signal });
	};
}
