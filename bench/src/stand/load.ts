import type { WorkflowClient } from "@waymark/engine";

/** Calls back `count` times with the numbers from 0, at most `atOnce` of them at a time. */
export async function each(count: number, atOnce: number, call: (n: number) => Promise<unknown>): Promise<void> {
	let next = 0;
	const lane = async () => {
		while (next < count) {
			const n = next;
			next += 1;
			await call(n);
		}
	};
	await Promise.all(Array.from({ length: Math.min(atOnce, count) }, lane));
}

/** Starts so many instances, `prefix0`, `prefix1` and so on. */
export function startMany(
	client: WorkflowClient,
	workflow: string,
	prefix: string,
	count: number,
	input: unknown,
): Promise<void> {
	return each(count, 200, (n) => client.start(workflow, `${prefix}${n}`, input));
}

/** The value below which `share` of them lie, by rank. */
export function percentile(values: readonly number[], share: number): number {
	const sorted = [...values].sort((a, b) => a - b);
	return sorted[Math.min(Math.floor(sorted.length * share), sorted.length - 1)] ?? Number.NaN;
}

export function pause(ms: number): Promise<void> {
	return new Promise((resolve) => setTimeout(resolve, ms));
}
