import type { Scenario } from "../scenario.ts";
import { startMany } from "../stand/load.ts";
import { sleeper } from "../workflows.ts";

/** Until they are due: long enough for the worker to be at rest, with its timer set. */
const AHEAD_MS = 2_000;

export const sleepers: Scenario = {
	name: "sleepers-10000",
	question: "10,000 delays are due at one moment: how long after it is the last instance done?",
	async run(stand, size) {
		const count = size === "full" ? 10_000 : 50;
		const { client, worker, close } = await stand.engine([sleeper], { slots: 1_000 });
		await startMany(client, "sleeper", "sleeper-", count, { n: 0 });
		const moment = Date.now() + AHEAD_MS;
		await stand.committed.one(`UPDATE open_node SET due_at = ${moment} WHERE state = 'waiting' RETURNING due_at`);
		await worker.start();
		await new Promise((resolve) => setTimeout(resolve, moment - Date.now() - 100));
		const began = await stand.expect({ completed: 0, checkpoints: 0 });
		const { cost } = await stand.measure(count - began.completed, () => stand.committed.untilCompleted(count));
		const late = Date.now() - moment;
		await close();
		const committed = await stand.expect({ completed: count, checkpoints: count * 2 });
		return { figures: [{ name: "last one done after", value: late, unit: "ms" }], cost, committed };
	},
};
