import { setTimeout as sleep } from "node:timers/promises";
import { again, flow, PooledWorker, WorkflowClient } from "@waymark/engine";
import { openBackend } from "@waymark/persistence";

/** The engine that is watched: node engine.process.mjs <database> <ticking instances>. Told what to do by its parent. */
const [, , url = "", ticking = "0"] = process.argv;
const IN_FLIGHT = 100;
const STEPS = 10;
const HELD = 4_000;
const TICK_MS = 200;

let steps = 0;
/** @type {Map<string, () => void>} */
const ends = new Map();
const count = (/** @type {any} */ value, /** @type {any} */ { instanceId, path }) => {
	steps += 1;
	if (path === `step_${STEPS - 1}`) ends.get(instanceId)?.();
	return value;
};
/** @type {any} */
let chain = flow("chain");
for (let n = 0; n < STEPS; n += 1) chain = chain.task(`step_${n}`, count);
const workflows = [
	chain.build(),
	flow("held").waitForSignal("wait", "go").build(),
	flow("ticking")
		.loop(
			"beat",
			(/** @type {any} */ b) =>
				b.task("tick", async (/** @type {any} */ value, /** @type {any} */ { signal }) => {
					await sleep(TICK_MS, undefined, { signal });
					return again(value);
				}),
			{ maxIterations: 100_000 },
		)
		.build(),
];
const backend = await openBackend(url);
const worker = new PooledWorker(backend, { workflows, slots: 400, name: "measured" });
const client = new WorkflowClient(backend, { workflows });
await worker.start();
for (let n = 0; n < HELD; n += 200) {
	await Promise.all(Array.from({ length: 200 }, (_, at) => client.start("held", `held-${n + at}`, null)));
}
for (let n = 0; n < Number(ticking); n += 1) await client.start("ticking", `ticking-${n}`, {});

let goes = false;
let next = 0;
let began = { steps: 0, cpu: process.cpuUsage() };
/** @type {Promise<unknown>} */
let lanes = Promise.resolve();

/** Another instance as soon as one is at its last step. Who waits for results by the client asks the database as well. */
async function lane() {
	while (goes) {
		next += 1;
		const id = `chain-${next}`;
		const ended = new Promise((resolve) => ends.set(id, () => resolve(ends.delete(id))));
		await client.start("chain", id, {});
		await ended;
	}
}

process.on("message", async (told) => {
	if (told === "begin") {
		goes = true;
		began = { steps, cpu: process.cpuUsage() };
		lanes = Promise.all(Array.from({ length: IN_FLIGHT }, lane));
	} else if (told === "stop") {
		const { user, system } = process.cpuUsage(began.cpu);
		const done = steps - began.steps;
		goes = false;
		await lanes;
		process.send?.({ steps: done, cpuUs: (user + system) / Math.max(1, done) });
	} else {
		await worker.stop();
		await backend.close();
		process.exit(0);
	}
});
process.on("disconnect", () => process.exit(1));
process.send?.("ready");
