import { randomBytes } from "node:crypto";
import type { Scenario } from "../scenario.ts";
import { startMany } from "../stand/load.ts";
import { heavy, STEPS } from "../workflows.ts";

/** Random, so that no database can make it smaller. */
const TEXT = randomBytes(48 * 1024).toString("base64");

export const payloads: Scenario = {
	name: "payload-64k",
	question: "How many steps a second with 64 KB passed on at each, 20 workflows in flight?",
	async run(stand, size) {
		const [warmUp, instances] = size === "full" ? [20, 200] : [1, 4];
		const { client, worker, close } = await stand.engine([heavy], { slots: 20 });
		await worker.start();
		await startMany(client, "heavy", "warm-", warmUp, TEXT);
		await stand.committed.untilCompleted(warmUp);
		const { ms, cost } = await stand.measure(instances * STEPS, async () => {
			await startMany(client, "heavy", "run-", instances, TEXT);
			await stand.committed.untilCompleted(warmUp + instances);
		});
		await close();
		const total = warmUp + instances;
		const committed = await stand.expect({ completed: total, checkpoints: total * STEPS });
		return { figures: [{ name: "steps", value: (instances * STEPS * 1000) / ms, unit: "/s" }], cost, committed };
	},
};
