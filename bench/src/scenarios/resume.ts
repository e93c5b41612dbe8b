import { CheckpointingRunner, WorkflowClient } from "@waymark/engine";
import type { Scenario, Size } from "../scenario.ts";
import { percentile } from "../stand/load.ts";
import type { Stand } from "../stand/stand.ts";
import { recorded } from "../workflows.ts";

const ROUNDS = 9;

/** Median time for a runner on a backend that was just opened to say how such an instance stands. */
async function resumeMs(stand: Stand, steps: number, rounds: number): Promise<number> {
	const workflow = recorded(steps);
	const id = `recorded-${steps}`;
	const first = await stand.engine([workflow], { slots: 1 });
	await first.worker.start();
	await first.client.start(workflow.name, id, { n: 0 });
	await stand.committed.until("SELECT count(*) AS n FROM checkpoint", (n) => n >= steps, `${steps} recorded`);
	await first.close();
	const times: number[] = [];
	for (let round = 0; round < rounds; round += 1) {
		const backend = await stand.backend();
		const since = performance.now();
		const state = await new CheckpointingRunner(backend).resume(workflow, id);
		times.push(performance.now() - since);
		if (state.status !== "awaiting_signal") throw new Error(`${id} is ${state.status}`);
		await backend.close();
	}
	const backend = await stand.backend();
	const client = new WorkflowClient(backend, { workflows: [workflow] });
	await client.sendSignal(id, "go", { n: 0 });
	await new CheckpointingRunner(backend).resume(workflow, id);
	await backend.close();
	return percentile(times, 0.5);
}

export const resume: Scenario = {
	name: "resume",
	question: "What does each recorded step add to the time of resuming an instance from disk?",
	async run(stand, size: Size) {
		const [long, short, rounds] = size === "full" ? [4_000, 100, ROUNDS] : [40, 10, 1];
		await resumeMs(stand, long + 1, 1);
		const few = await resumeMs(stand, short, rounds);
		const many = await resumeMs(stand, long, rounds);
		const committed = await stand.expect({ completed: 3, checkpoints: 2 * long + 1 + short + 3 });
		const figures = [
			{ name: `resume of ${long} steps`, value: many, unit: "ms" },
			{ name: `resume of ${short} steps`, value: few, unit: "ms" },
			{ name: "per recorded step", value: ((many - few) * 1000) / (long - short), unit: "µs" },
		] as const;
		return { figures, cost: null, committed };
	},
};
