import type { PersistentBackend } from "@waymark/engine/backend";
import type { Scenario } from "../scenario.ts";
import { percentile, startMany } from "../stand/load.ts";
import type { Stand } from "../stand/stand.ts";
import { linear, STEPS, sleeper } from "../workflows.ts";

const CLAIMS = 50;

/** Steps a second of 100 in flight, and what a claim takes that finds nothing. */
async function round(stand: Stand, prefix: string, instances: number, completedBefore: number) {
	const { backend, client, worker, close } = await stand.engine([linear, sleeper], { slots: 100 });
	await startMany(client, "linear", prefix, instances, { n: 0 });
	const { ms } = await stand.measure(instances * STEPS, async () => {
		await worker.start();
		await stand.committed.untilCompleted(completedBefore + instances);
	});
	const claimMs = await emptyClaims(backend, worker.workerId);
	await close();
	return { rate: (instances * STEPS * 1000) / ms, claimMs };
}

async function emptyClaims(backend: PersistentBackend, owner: string): Promise<number> {
	const times: number[] = [];
	const definitions = [linear.definitionHash, sleeper.definitionHash];
	for (let n = 0; n < CLAIMS; n += 1) {
		const since = performance.now();
		await backend.claim({ owner, slots: 1, definitions, tags: [], runId: null });
		times.push(performance.now() - since);
	}
	return percentile(times, 0.5);
}

export const parkedInTheBackground: Scenario = {
	name: "parked-100000",
	question: "What do 100,000 parked instances in the background cost those that run?",
	async run(stand, size) {
		const [parked, instances] = size === "full" ? [100_000, 1_000] : [100, 10];
		await round(stand, "warm-", instances, 0);
		const alone = await round(stand, "alone-", instances, instances);
		const { client, close } = await stand.engine([sleeper], {});
		await startMany(client, "sleeper", "parked-", parked, { n: 0 });
		await close();
		const beside = await round(stand, "beside-", instances, 2 * instances);
		const committed = await stand.expect({ completed: 3 * instances, checkpoints: 3 * instances * STEPS });
		const figures = [
			{ name: "steps beside them", value: beside.rate, unit: "/s" },
			{ name: "steps without them", value: alone.rate, unit: "/s" },
			{ name: "beside / without", value: beside.rate / alone.rate, unit: "×" },
			{ name: "empty claim beside them p50", value: beside.claimMs, unit: "ms" },
			{ name: "empty claim without them p50", value: alone.claimMs, unit: "ms" },
		] as const;
		return { figures, cost: null, committed };
	},
};
