import type { Outcome, Scenario, Size } from "../scenario.ts";
import { driverAlone } from "../stand/driver-alone.ts";
import { startMany } from "../stand/load.ts";
import type { Stand } from "../stand/stand.ts";
import { linear, STEPS } from "../workflows.ts";

/** Instances started beforehand, and a worker that has so many of them in flight. */
async function drain(stand: Stand, inFlight: number, instances: number, warmUp: number): Promise<Outcome> {
	await runAll(stand, "warm-", inFlight, warmUp, warmUp);
	const { ms, cost } = await runAll(stand, "run-", inFlight, instances, warmUp + instances);
	const rate = (instances * STEPS * 1000) / ms;
	const { client, close } = await stand.engine([linear], {});
	await startMany(client, "linear", "alone-", instances, { n: 0 });
	await close();
	const limit = await driverAlone(stand, inFlight);
	const all = warmUp + 2 * instances;
	const committed = await stand.expect({ completed: all, checkpoints: all * STEPS });
	const figures = [
		{ name: "steps", value: rate, unit: "/s" },
		{ name: "steps of the driver alone", value: limit, unit: "/s" },
		{ name: "of the driver alone", value: rate / limit, unit: "×" },
	] as const;
	return { figures, cost, committed };
}

async function runAll(stand: Stand, prefix: string, inFlight: number, instances: number, total: number) {
	const { client, worker, close } = await stand.engine([linear], { slots: inFlight });
	await startMany(client, "linear", prefix, instances, { n: 0 });
	const measured = await stand.measure(instances * STEPS, async () => {
		await worker.start();
		await stand.committed.untilCompleted(total);
	});
	await close();
	return measured;
}

export const linearOneAtATime: Scenario = {
	name: "linear-1",
	question: "How many durable steps a second, one workflow of 10 steps at a time?",
	run: (stand, size: Size) => (size === "full" ? drain(stand, 1, 200, 50) : drain(stand, 1, 4, 1)),
};

export const linearHundredInFlight: Scenario = {
	name: "linear-100",
	question: "How many durable steps a second, 100 workflows of 10 steps in flight?",
	run: (stand, size: Size) => (size === "full" ? drain(stand, 100, 2_000, 1_000) : drain(stand, 100, 20, 5)),
};
