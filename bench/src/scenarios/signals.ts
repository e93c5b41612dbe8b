import type { WorkflowClient } from "@waymark/engine";
import type { Outcome, Scenario, Size } from "../scenario.ts";
import { pause, percentile } from "../stand/load.ts";
import type { Stand } from "../stand/stand.ts";
import { WorkerProcess } from "../stand/worker-process.ts";
import { signalled } from "../workflows.ts";

const REST_MS = 15;

async function roundTrips(stand: Stand, client: WorkflowClient, size: Size): Promise<Outcome> {
	const [warmUp, rounds] = size === "full" ? [50, 300] : [1, 4];
	const times: number[] = [];
	for (let n = 0; n < warmUp + rounds; n += 1) {
		const id = `signalled-${n}`;
		await client.start("signalled", id, null);
		const result = client.result(id, { timeout: "30s" });
		await pause(REST_MS);
		const since = performance.now();
		await client.sendSignal(id, "go", n);
		const { status } = await result;
		const ms = performance.now() - since;
		if (status !== "completed") throw new Error(`${id} is ${status}`);
		if (n >= warmUp) times.push(ms);
	}
	const total = warmUp + rounds;
	const committed = await stand.expect({ completed: total, checkpoints: total });
	const figures = [
		{ name: "signal → result p50", value: percentile(times, 0.5), unit: "ms" },
		{ name: "signal → result p95", value: percentile(times, 0.95), unit: "ms" },
	] as const;
	return { figures, cost: null, committed };
}

export const signals: Scenario = {
	name: "signal",
	question: "Idle: how long from sending a signal to the result of the instance that waits for it, in one process?",
	async run(stand, size) {
		const { client, worker, close } = await stand.engine([signalled], { slots: 10 });
		await worker.start();
		const outcome = await roundTrips(stand, client, size);
		await close();
		return outcome;
	},
};

export const signalsAcross: Scenario = {
	name: "signal-across",
	question: "The same with the client in one process and the worker in another?",
	async run(stand, size) {
		const { client, close } = await stand.engine([signalled], { slots: 10 });
		const worker = await WorkerProcess.start(stand.url, { slots: 10, leaseMs: 15_000, holds: false });
		try {
			return await roundTrips(stand, client, size);
		} finally {
			await worker.stop();
			await close();
		}
	},
};
