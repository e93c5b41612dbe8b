import { describe, expect, it, onTestFinished } from "vitest";
import type { PersistentBackend } from "../backend/contract.ts";
import { type Body, flow } from "../core/builder/flow.ts";
import type { Workflow } from "../core/builder/workflow.ts";
import { InMemoryBackend } from "../memory/index.ts";
import { FakeClock } from "../testing/fake-clock.ts";
import { WorkflowClient } from "./client.ts";
import { PooledWorker } from "./worker.ts";
import type { WorkerOptions } from "./worker-options.ts";

const STEPS = 10;
const increment = ({ n }: { readonly n: number }) => ({ n: n + 1 });

const chain = (() => {
	let built = flow<{ n: number }>("chain").task("s1", increment);
	for (let step = 2; step <= STEPS; step += 1) built = built.task(`s${step}`, increment);
	return built.build();
})();

const WRITES = ["create", "claim", "settle", "reap", "heartbeat", "sendSignal", "registerWorker"] as const;
const READS = ["getInstance", "getSnapshot", "getDefinition", "readValues", "readOutputs", "held"] as const;
type Counted = (typeof WRITES)[number] | (typeof READS)[number];

/** A backend that counts what is asked of it. */
function counting(backend: PersistentBackend) {
	const calls = Object.fromEntries([...WRITES, ...READS].map((name) => [name, 0])) as Record<Counted, number>;
	for (const name of [...WRITES, ...READS]) {
		const original = backend[name].bind(backend) as (...args: unknown[]) => Promise<never>;
		backend[name] = (...args: unknown[]) => {
			calls[name] += 1;
			return original(...args);
		};
	}
	const reset = () => {
		for (const name of [...WRITES, ...READS]) calls[name] = 0;
	};
	const asked = () => Object.fromEntries(Object.entries(calls).filter(([, count]) => count > 0));
	return { asked, reset };
}

/** A worker at rest with a client beside it, and a count from here on. */
async function atRest(workflow: Workflow, options: Partial<WorkerOptions> = {}) {
	const clock = new FakeClock();
	const backend = new InMemoryBackend({ clock });
	const { asked, reset } = counting(backend);
	const client = new WorkflowClient(backend, { workflows: [workflow], clock, timers: clock });
	const worker = new PooledWorker(backend, { workflows: [workflow], clock, timers: clock, ...options });
	onTestFinished(() => worker.stop());
	await worker.start();
	await turns();
	reset();
	return { backend, client, worker, clock, asked, reset };
}

/** Lets everything that can go on without time passing go on. */
async function turns(): Promise<void> {
	for (let turn = 0; turn < 50; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

describe("what the runtime asks of its backend", () => {
	it("is one create and one settle per task for a chain that is started beside a worker, and no read", async () => {
		const { client, asked } = await atRest(chain);
		await client.start(chain, "a", { n: 0 });
		await turns();
		expect(asked()).toEqual({ create: 1, settle: STEPS });
	});

	it("is one claim and one read more for a chain that somebody else started, whose input is read once", async () => {
		const { backend, asked, reset, clock } = await atRest(chain, { slots: 1 });
		// A client on another backend object, as in another process: it has no worker beside it.
		const elsewhere = Object.create(backend) as PersistentBackend;
		const client = new WorkflowClient(elsewhere, { workflows: [chain], clock, timers: clock });
		reset();
		await client.start(chain, "a", { n: 0 });
		await turns();
		const { claim, ...others } = asked();
		expect(others).toEqual({ create: 1, settle: STEPS, readValues: 1 });
		// One that finds it, one that finds its only slot free again.
		expect(claim).toBeLessThanOrEqual(2);
	});

	it("is two reads of the instance for one who waits for its result, whatever the number of steps", async () => {
		const { client, asked } = await atRest(chain);
		await client.start(chain, "a", { n: 0 });
		const result = await client.result("a");
		expect(result).toMatchObject({ status: "completed", output: { n: STEPS } });
		const { getInstance, ...others } = asked();
		expect(others).toEqual({ create: 1, settle: STEPS });
		expect(getInstance).toBeLessThanOrEqual(2);
	});

	it("is one settle per task for a fork, whose branches are handed their input", async () => {
		const branch: Body<{ n: number }, { n: number }> = (b) => b.task("work", increment);
		const forked = flow<{ n: number }>("forked")
			.fork("fan", { a: branch, b: branch, c: branch, d: branch })
			.join("join", ({ a }) => a)
			.build();
		const { client, asked } = await atRest(forked);
		await client.start(forked, "a", { n: 0 });
		await turns();
		// The join reads where its branches ended, and what they answered.
		expect(asked()).toEqual({ create: 1, settle: 5, readOutputs: 1, readValues: 1 });
	});

	it("is one command for a signal that is sent beside a worker, and no claim and no read of its payload", async () => {
		const asking = flow<string>("asking")
			.waitForSignal<{ n: number }>("ask", "answer", { timeout: "1h" })
			.task("use", (answer) => (answer.received ? answer.payload.n : 0))
			.build();
		const { client, asked, reset } = await atRest(asking);
		await client.start(asking, "a", "x");
		const result = client.result("a");
		await turns();
		reset();
		await client.sendSignal("a", "answer", { n: 7 });
		expect(await result).toMatchObject({ status: "completed", output: 7 });
		expect(asked()).toEqual({ sendSignal: 1, settle: 2, getInstance: 1 });
	});

	it("is one read of the instance for the result that is a signal's payload", async () => {
		const asking = flow<string>("asking").waitForSignal<{ n: number }>("ask", "answer").build();
		const { client, asked, reset } = await atRest(asking);
		await client.start(asking, "a", "x");
		const result = client.result("a");
		await turns();
		reset();
		await client.sendSignal("a", "answer", { n: 7 });
		expect(await result).toMatchObject({ status: "completed", output: { n: 7 } });
		expect(asked()).toEqual({ sendSignal: 1, settle: 1, getInstance: 1 });
	});

	it("is two claims, not one for each of them, when many are due at one moment", async () => {
		const sleeper = flow<{ n: number }>("sleeper").delay("sleep", "4s").task("wake", increment).build();
		const { client, asked, reset, clock } = await atRest(sleeper, { slots: 100 });
		for (let n = 0; n < 100; n += 1) await client.start(sleeper, `s${n}`, { n });
		await turns();
		reset();
		clock.advance(4_000);
		await turns();
		// One that finds them, one that finds that no more are due. What was parked was forgotten: its value is read once.
		expect(asked()).toEqual({ claim: 2, settle: 200, readValues: 100 });
	});
});
