import { describe, expect, it, onTestFinished } from "vitest";
import type { PersistentBackend } from "../backend/contract.ts";
import { flow } from "../core/builder/flow.ts";
import { InMemoryBackend } from "../memory/index.ts";
import { FakeClock } from "../testing/fake-clock.ts";
import { WorkflowClient } from "./client.ts";
import type { AnyWorkflow } from "./registry.ts";
import { PooledWorker } from "./worker.ts";
import type { WorkerOptions } from "./worker-options.ts";

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** Lets everything that can go on without time passing go on. */
async function turns(): Promise<void> {
	for (let turn = 0; turn < 30; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

async function beside(workflow: AnyWorkflow, options: Partial<WorkerOptions> = {}) {
	const clock = new FakeClock();
	const backend: PersistentBackend = new InMemoryBackend({ clock });
	const client = new WorkflowClient(backend, { workflows: [workflow], clock, timers: clock });
	const common = { workflows: [workflow], log: silent, clock, timers: clock };
	const worker = new PooledWorker(backend, { ...common, ...options });
	onTestFinished(() => worker.stop());
	await worker.start();
	await turns();
	return { clock, backend, client, worker };
}

const echo = flow<string>("echo")
	.task("say", (text) => text)
	.build();

describe("an instance that is started beside a worker", () => {
	it("is owned by it from the insert", async () => {
		const { client, worker, backend } = await beside(echo);
		const { instance } = await client.start(echo, "a", "hello");
		expect(instance.status).toBe("in_progress");
		await client.result("a");
		const snapshot = await backend.getSnapshot(instance.runId, 0);
		expect(snapshot?.checkpoints.map((checkpoint) => checkpoint.worker)).toEqual([worker.workerId]);
	});

	it("is left to those who serve its tags", async () => {
		const tagged = flow<string>("tagged")
			.task("say", (text) => text, { tags: ["gpu"] })
			.build();
		const { client, backend } = await beside(tagged);
		const { instance } = await client.start(tagged, "a", "hello");
		await turns();
		expect(instance.status).toBe("pending");
		expect((await backend.getInstance("a"))?.status).toBe("pending");
	});

	it("waits its turn where others wait for the slots", async () => {
		const order: string[] = [];
		const gates: (() => void)[] = [];
		const gated = flow<string>("gated")
			.task("wait", async (text) => {
				order.push(text);
				await new Promise<void>((resolve) => gates.push(resolve));
				return text;
			})
			.build();
		const { client } = await beside(gated, { slots: 1 });
		for (const name of ["first", "second", "third"]) await client.start(gated, name, name);
		for (let done = 1; done <= 3; done += 1) {
			await turns();
			expect(order).toHaveLength(done);
			gates[done - 1]?.();
		}
		await turns();
		expect(order).toEqual(["first", "second", "third"]);
	});

	it("is begun by the next poll if the answer to its start was lost", async () => {
		const { client, backend, clock } = await beside(echo);
		const create = backend.create.bind(backend);
		backend.create = async (command) => {
			await create(command);
			throw new Error("the connection was lost");
		};
		await expect(client.start(echo, "a", "hello")).rejects.toThrow("the connection was lost");
		await turns();
		expect((await backend.getInstance("a"))?.status).toBe("in_progress");
		clock.advance(5_000);
		await turns();
		expect((await backend.getInstance("a"))?.status).toBe("completed");
	});

	it("that begins with a delay sets the worker's timer without a claim", async () => {
		const delayed = flow<string>("delayed")
			.delay("sleep", "3s")
			.task("say", (text) => text)
			.build();
		const { client, backend, clock } = await beside(delayed);
		const claims: unknown[] = [];
		const claim = backend.claim.bind(backend);
		backend.claim = (command) => {
			claims.push(command);
			return claim(command);
		};
		await client.start(delayed, "a", "hello");
		await turns();
		expect(claims).toEqual([]);
		clock.advance(3_000);
		await turns();
		expect((await backend.getInstance("a"))?.status).toBe("completed");
	});
});

const asking = flow<string>("asking")
	.waitForSignal<string>("ask", "answer")
	.task("say", (text) => text)
	.build();

describe("a wait that is sent its signal beside a worker", () => {
	/** The claims of the worker from here on. */
	function claimsOf(backend: PersistentBackend): readonly unknown[] {
		const claims: unknown[] = [];
		const claim = backend.claim.bind(backend);
		backend.claim = (command) => {
			claims.push(command);
			return claim(command);
		};
		return claims;
	}

	it("is owned by it from the signal", async () => {
		const { client, worker, backend } = await beside(asking);
		const { instance } = await client.start(asking, "a", "x");
		const claims = claimsOf(backend);
		await client.sendSignal("a", "answer", "hello");
		expect(await client.result("a")).toMatchObject({ status: "completed", output: "hello" });
		expect(claims).toEqual([]);
		const snapshot = await backend.getSnapshot(instance.runId, 0);
		expect(snapshot?.checkpoints.map((checkpoint) => checkpoint.worker)).toEqual([worker.workerId, worker.workerId]);
	});

	it("is left to those who have its definition", async () => {
		const { client, backend, clock } = await beside(asking, { workflows: [echo] });
		await client.start(asking, "a", "x");
		await client.sendSignal("a", "answer", "hello");
		await turns();
		expect((await backend.getInstance("a"))?.status).toBe("pending");
		const able = new PooledWorker(backend, { workflows: [asking], log: silent, clock, timers: clock });
		onTestFinished(() => able.stop());
		await able.start();
		expect(await client.result("a")).toMatchObject({ status: "completed", output: "hello" });
	});

	it("waits for the unpause while its instance is paused", async () => {
		const { client, backend } = await beside(asking);
		await client.start(asking, "a", "x");
		await client.pause("a");
		await client.sendSignal("a", "answer", "hello");
		await turns();
		expect((await backend.getInstance("a"))?.status).toBe("paused");
		await client.unpause("a");
		expect(await client.result("a")).toMatchObject({ status: "completed", output: "hello" });
	});

	it("is taken on by the next poll if the answer to its signal was lost", async () => {
		const { client, backend, clock } = await beside(asking);
		await client.start(asking, "a", "x");
		const send = backend.sendSignal.bind(backend);
		backend.sendSignal = async (command) => {
			await send(command);
			throw new Error("the connection was lost");
		};
		await expect(client.sendSignal("a", "answer", "hello")).rejects.toThrow("the connection was lost");
		await turns();
		expect((await backend.getInstance("a"))?.status).toBe("in_progress");
		clock.advance(5_000);
		await turns();
		expect((await backend.getInstance("a"))?.status).toBe("completed");
	});

	it("takes no slot from others when nothing comes of it", async () => {
		const { client, backend } = await beside(asking, { slots: 1 });
		await client.start(asking, "a", "x");
		await client.start(asking, "b", "x");
		const send = backend.sendSignal.bind(backend);
		let answer: () => void = () => undefined;
		const held = new Promise<void>((resolve) => {
			answer = resolve;
		});
		backend.sendSignal = async (command) => {
			await held;
			return send(command);
		};
		// The only slot is set aside for a signal that nobody waits for, while another instance becomes ready.
		const early = client.sendSignal("a", "another", "early");
		const elsewhere = new WorkflowClient(Object.create(backend, { sendSignal: { value: send } }), {});
		await elsewhere.sendSignal("b", "answer", "hello");
		await turns();
		expect((await backend.getInstance("b"))?.status).toBe("pending");
		answer();
		await early;
		await turns();
		expect((await backend.getInstance("b"))?.status).toBe("completed");
	});
});

describe("who waits for a result", () => {
	it("is told of an end that another backend object of this process brought about", async () => {
		const { client, backend, clock } = await beside(echo, { workflows: [] });
		await client.start(echo, "a", "hello");
		const result = client.result("a");
		// The same data under another object, as a second openBackend() of one file would be.
		const other = new Proxy(backend, {
			get(target, name: keyof PersistentBackend) {
				const member = target[name];
				return typeof member === "function" ? member.bind(target) : member;
			},
		});
		const worker = new PooledWorker(other, { workflows: [echo], log: silent, clock, timers: clock });
		onTestFinished(() => worker.stop());
		await worker.start();
		await turns();
		clock.advance(50);
		await turns();
		expect(await result).toMatchObject({ status: "completed", output: "hello" });
	});

	it("gets the output of the run that ended, not of one that took its place", async () => {
		const { client } = await beside(echo);
		await client.start(echo, "a", "old");
		await client.result("a");
		await client.start(echo, "a", "new", { onConflict: "terminateExisting" });
		expect(await client.result("a")).toMatchObject({ status: "completed", output: "new" });
	});

	it("is told at once that it was cancelled or failed", async () => {
		const failing = flow<string>("failing")
			.task("fail", () => {
				throw new RangeError("no");
			})
			.build();
		const { client } = await beside(failing);
		await client.start(failing, "a", "x");
		expect(await client.result("a")).toMatchObject({ status: "failed", failedPath: "fail", error: { message: "no" } });
		const waiting = flow<string>("waiting").waitForSignal("wait", "go").build();
		const other = await beside(waiting);
		await other.client.start(waiting, "b", "x");
		const result = other.client.result("b");
		await turns();
		await other.client.cancel("b", { by: "ann", reason: "enough" });
		expect(await result).toMatchObject({ status: "cancelled", by: "ann", reason: "enough" });
	});
});
