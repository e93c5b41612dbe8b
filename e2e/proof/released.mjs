import { flow, PooledWorker, WorkflowClient } from "@waymark/engine";

/** The instances of a released store, each at another place of its life, and what becomes of them after an upgrade. */

export const AFTER_UPGRADE = {
	completed: { status: "completed", output: 3 },
	failed: { status: "failed" },
	ready: { status: "completed", output: 3 },
	awaiting: { status: "completed", output: 41 },
	paused: { status: "paused" },
	parked: { status: "waiting" },
	running: { status: "completed", output: 2 },
};

/** @param {() => void} hold called by the task that a release was killed in */
export function releasedWorkflows(hold) {
	return {
		sum: flow("sum")
			.task("a", (n) => Number(n) + 1)
			.task("b", (n) => Number(n) + 1)
			.build(),
		broken: flow("broken")
			.task("t", () => {
				throw new Error("broken for good");
			})
			.build(),
		ask: flow("ask")
			.task("a", (n) => n)
			.waitForSignal("s", "go")
			.task("b", (payload) => Number(payload) + 1)
			.build(),
		nap: flow("nap")
			.delay("long", "36500d")
			.task("a", (n) => n)
			.build(),
		held: flow("held")
			.task("t", (n) => {
				hold();
				return Number(n) + 1;
			})
			.build(),
	};
}

/**
 * Fills an empty store and is killed in the middle of a task: run by a release's own built code, whose dump is kept.
 * @param {import("@waymark/engine/backend").PersistentBackend} backend
 */
export async function fillAndDie(backend) {
	const workflows = releasedWorkflows(() => process.kill(process.pid, "SIGKILL"));
	const client = new WorkflowClient(backend);
	const worker = new PooledWorker(backend, { workflows: Object.values(workflows) });
	await client.start(workflows.sum, "completed", 1);
	await client.start(workflows.broken, "failed", 1);
	await client.start(workflows.ask, "awaiting", 1);
	await client.start(workflows.ask, "paused", 1);
	await client.start(workflows.nap, "parked", 1);
	await worker.tick();
	await client.pause("paused", { by: "mira", reason: "until the upgrade" });
	await client.sendSignal("paused", "go", 1);
	await client.start(workflows.held, "running", 1);
	await client.start(workflows.sum, "ready", 1);
	// One slot, so that what was started last is not begun.
	const last = new PooledWorker(backend, { workflows: Object.values(workflows), slots: 1, lease: "1s" });
	await last.tick();
}
