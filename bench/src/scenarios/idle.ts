import type { Scenario } from "../scenario.ts";
import { pause, startMany } from "../stand/load.ts";
import { said } from "../stand/statement-count.ts";
import { sleeper } from "../workflows.ts";

export const idle: Scenario = {
	name: "idle",
	question: "How much does a worker say to the database in a minute in which nothing happens, beside parked instances?",
	async run(stand, size) {
		const [watchedMs, parked] = size === "full" ? [60_000, 1_000] : [1_000, 5];
		const { client, worker, close } = await stand.engine([sleeper], { slots: 10 });
		await startMany(client, "sleeper", "parked-", parked, { n: 0 });
		await worker.start();
		await pause(500);
		const before = { ...said };
		const { user, system } = process.cpuUsage();
		await pause(watchedMs);
		const cpu = process.cpuUsage();
		const after = { ...said };
		await close();
		const perMinute = (count: number) => (count * 60_000) / watchedMs;
		const committed = await stand.expect({ completed: 0, checkpoints: 0 });
		const figures = [
			{ name: "statements", value: perMinute(after.statements - before.statements), unit: "/min" },
			{ name: "round trips", value: perMinute(after.roundTrips - before.roundTrips), unit: "/min" },
			{ name: "writing commits", value: perMinute(after.commits - before.commits), unit: "/min" },
			{ name: "looks at shared memory", value: perMinute(after.looks - before.looks), unit: "/min" },
			{ name: "CPU in a minute", value: perMinute((cpu.user + cpu.system - user - system) / 1000), unit: "ms" },
		] as const;
		return { figures, cost: null, committed };
	},
};
