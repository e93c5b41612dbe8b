import type { WorkflowClient } from "@waymark/engine";
import type { Figure, Outcome, Scenario, Size } from "../scenario.ts";
import { pause, percentile } from "../stand/load.ts";
import type { Stand } from "../stand/stand.ts";
import { WorkerProcess } from "../stand/worker-process.ts";
import { stamp } from "../workflows.ts";

/** Time between two starts, so that each finds everything at rest. */
const REST_MS = 15;

const now = () => performance.timeOrigin + performance.now();

async function roundTrips(stand: Stand, client: WorkflowClient, size: Size): Promise<Outcome> {
	const [warmUp, rounds] = size === "full" ? [50, 300] : [1, 4];
	const toTask: number[] = [];
	const toResult: number[] = [];
	for (let n = 0; n < warmUp + rounds; n += 1) {
		await pause(REST_MS);
		const began = now();
		await client.start("stamp", `stamp-${n}`, null);
		const result = await client.result(`stamp-${n}`, { timeout: "30s" });
		const ended = now();
		if (result.status !== "completed") throw new Error(`stamp-${n} is ${result.status}`);
		if (n < warmUp) continue;
		toTask.push(Number(result.output) - began);
		toResult.push(ended - began);
	}
	const total = warmUp + rounds;
	const committed = await stand.expect({ completed: total, checkpoints: total });
	const figures: Figure[] = [
		{ name: "start → task p50", value: percentile(toTask, 0.5), unit: "ms" },
		{ name: "start → task p95", value: percentile(toTask, 0.95), unit: "ms" },
		{ name: "start → result p50", value: percentile(toResult, 0.5), unit: "ms" },
		{ name: "start → result p95", value: percentile(toResult, 0.95), unit: "ms" },
	];
	return { figures, cost: null, committed };
}

export const startToResult: Scenario = {
	name: "start-result",
	question: "Idle: how long from start to the first line of task code, and to the result, in one process?",
	async run(stand, size) {
		const { client, worker, close } = await stand.engine([stamp], { slots: 10 });
		await worker.start();
		const outcome = await roundTrips(stand, client, size);
		await close();
		return outcome;
	},
};

export const startToResultAcross: Scenario = {
	name: "start-result-across",
	question: "The same with the client in one process and the worker in another?",
	async run(stand, size) {
		const { client, close } = await stand.engine([stamp], { slots: 10 });
		const worker = await WorkerProcess.start(stand.url, { slots: 10, leaseMs: 15_000, holds: false });
		try {
			return await roundTrips(stand, client, size);
		} finally {
			await worker.stop();
			await close();
		}
	},
};
