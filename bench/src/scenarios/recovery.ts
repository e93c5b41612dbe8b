import type { Outcome, Scenario, Size } from "../scenario.ts";
import { startMany } from "../stand/load.ts";
import type { Stand } from "../stand/stand.ts";
import { WorkerProcess } from "../stand/worker-process.ts";
import { holding } from "../workflows.ts";

/** Short, so that a run does not take a minute. It is taken off the figure of the other worker. */
const leaseOf = (size: Size) => (size === "full" ? 3_000 : 1_000);
const STEPS_OF_HOLDING = 3;
const HELD = "SELECT count(*) AS n FROM open_node WHERE state = 'running' AND path = 'hold'";

const countOf = (size: Size) => (size === "full" ? 1_000 : 20);

/** So many instances whose second task runs in a process of its own, which is then killed. */
async function killed(stand: Stand, size: Size): Promise<number> {
	const count = countOf(size);
	const { client, close } = await stand.engine([holding(false)], {});
	await startMany(client, "holding", "holding-", count, { n: 0 });
	const victim = await WorkerProcess.start(stand.url, { slots: count, leaseMs: leaseOf(size), holds: true });
	await stand.committed.until(HELD, (n) => n === count, `${count} running`);
	await close();
	await victim.kill();
	return performance.now();
}

async function outcome(stand: Stand, size: Size, name: string, ms: number): Promise<Outcome> {
	const count = countOf(size);
	const committed = await stand.expect({ completed: count, checkpoints: count * STEPS_OF_HOLDING });
	return { figures: [{ name, value: ms, unit: "ms" }], cost: null, committed };
}

export const recoveryByRestart: Scenario = {
	name: "recovery-restart",
	question: "kill -9 with 1,000 tasks in flight, and the process is started again at once: when is all finished?",
	async run(stand, size) {
		const at = await killed(stand, size);
		const next = await WorkerProcess.start(stand.url, { slots: countOf(size), leaseMs: leaseOf(size), holds: false });
		await stand.committed.untilCompleted(countOf(size));
		const ms = performance.now() - at;
		await next.stop();
		return outcome(stand, size, "kill → all finished", ms);
	},
};

export const recoveryByAnother: Scenario = {
	name: "recovery-other",
	question: "kill -9 with 1,000 tasks in flight, and another worker there: when is all finished, less the lease?",
	async run(stand, size) {
		const at = await killed(stand, size);
		const { worker, close } = await stand.engine([holding(false)], { slots: countOf(size), lease: leaseOf(size) });
		await worker.start();
		await stand.committed.untilCompleted(countOf(size));
		const ms = performance.now() - at;
		await close();
		return outcome(stand, size, "kill → all finished, less the lease", ms - leaseOf(size));
	},
};
