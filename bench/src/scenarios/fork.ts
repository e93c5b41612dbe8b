import type { Scenario } from "../scenario.ts";
import { percentile } from "../stand/load.ts";
import { BRANCHES, forked } from "../workflows.ts";

/** The first task, the branches, the join, and the fork and its branches as composites do not count as steps. */
const STEPS_OF_FORK = BRANCHES + 2;

export const forkOfHundred: Scenario = {
	name: "fork-100",
	question: "How long from start to result of one task, 100 branches side by side, and a join?",
	async run(stand, size) {
		const [warmUp, rounds] = size === "full" ? [10, 50] : [1, 2];
		const { client, worker, close } = await stand.engine([forked], { slots: 128 });
		await worker.start();
		const times: number[] = [];
		const once = async (n: number) => {
			const since = performance.now();
			await client.start("forked", `forked-${n}`, { n: 0 });
			const result = await client.result(`forked-${n}`, { timeout: "60s" });
			if (result.status !== "completed") throw new Error(`forked-${n} is ${result.status}`);
			return performance.now() - since;
		};
		for (let n = 0; n < warmUp; n += 1) await once(n);
		const { cost } = await stand.measure(rounds * STEPS_OF_FORK, async () => {
			for (let n = warmUp; n < warmUp + rounds; n += 1) times.push(await once(n));
		});
		await close();
		const total = warmUp + rounds;
		const committed = await stand.expect({ completed: total, checkpoints: total * STEPS_OF_FORK });
		const figures = [
			{ name: "start → result p50", value: percentile(times, 0.5), unit: "ms" },
			{ name: "start → result p95", value: percentile(times, 0.95), unit: "ms" },
		] as const;
		return { figures, cost, committed };
	},
};
