import type { Scenario } from "../scenario.ts";
import type { Stand } from "../stand/stand.ts";
import { chain } from "../workflows.ts";

const WINDOW = 100;

/** Runs one chain and answers when each of its steps was committed, by the look that the next one began. */
async function run(stand: Stand, name: string, steps: number) {
	const workflow = chain(name, steps);
	const { backend, client, worker, close } = await stand.engine([workflow], { slots: 1 });
	const at: number[] = [];
	const end = backend.onHint((hint) => {
		if (hint.origin === "local" && hint.cause === "settle") at.push(performance.now());
	});
	await worker.start();
	const { ms, cost } = await stand.measure(steps, async () => {
		await client.start(name, name, { n: 0 });
		const result = await client.result(name, { timeout: "10m" });
		if (result.status !== "completed") throw new Error(`${name} is ${result.status}`);
	});
	end();
	await close();
	return { at, ms, cost };
}

export const longChain: Scenario = {
	name: "chain-10000",
	question: "Does a step of a chain of 10,000 cost the same at the end as at the beginning?",
	async run(stand, size) {
		const steps = size === "full" ? 10_000 : 300;
		const warmUp = size === "full" ? 1_000 : 110;
		await run(stand, "warm-up", warmUp);
		const { at, ms, cost } = await run(stand, "long", steps);
		const window = (from: number) => ((at[from + WINDOW] ?? Number.NaN) - (at[from] ?? Number.NaN)) / WINDOW;
		const [first, last] = [window(0), window(at.length - 1 - WINDOW)];
		const committed = await stand.expect({ completed: 2, checkpoints: warmUp + steps });
		const figures = [
			{ name: "step, all", value: ms / steps, unit: "ms" },
			{ name: "step, first 100", value: first, unit: "ms" },
			{ name: "step, last 100", value: last, unit: "ms" },
			{ name: "last / first", value: last / first, unit: "×" },
		] as const;
		return { figures, cost, committed };
	},
};
