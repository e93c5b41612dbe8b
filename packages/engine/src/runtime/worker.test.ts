import { describe, expect, it, onTestFinished } from "vitest";
import type { PersistentBackend } from "../backend/contract.ts";
import { type Body, flow } from "../core/builder/flow.ts";
import { InMemoryBackend } from "../memory/index.ts";
import { gate } from "../testing/semantics/world.ts";
import { WorkflowClient } from "./client.ts";
import type { AnyWorkflow } from "./registry.ts";
import { PooledWorker } from "./worker.ts";
import type { WorkerOptions } from "./worker-options.ts";

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

function started(backend: PersistentBackend, workflows: readonly AnyWorkflow[], options: Partial<WorkerOptions> = {}) {
	const worker = new PooledWorker(backend, { workflows, log: silent, ...options });
	onTestFinished(() => worker.stop({ drain: 0 }));
	return worker;
}

/** A backend whose hints are all lost. */
function deaf(): PersistentBackend {
	const backend = new InMemoryBackend();
	backend.onHint = () => () => undefined;
	return backend;
}

describe("PooledWorker", () => {
	const quick = flow<number>("quick")
		.task("t", (n) => n + 1)
		.delay("nap", 5)
		.task("u", (n) => n * 2)
		.build();

	it("refuses options out of range, with what would do", () => {
		const backend = new InMemoryBackend();
		const make = (options: Partial<WorkerOptions>) => () => new PooledWorker(backend, { workflows: [], ...options });
		expect(make({ slots: 0 })).toThrow(/slots must be between 1 and 10000/);
		expect(make({ lease: "10ms" })).toThrow(/lease must be between/);
		expect(make({ poll: 0 })).toThrow(/poll must be between/);
		expect(make({ workflows: [{} as never] })).toThrow(/Call build\(\)/);
	});

	it("takes what is started, wakes its delays and goes on until it is stopped", async () => {
		const backend = new InMemoryBackend();
		const client = new WorkflowClient(backend);
		await started(backend, [quick]).start();
		await client.start(quick, "i", 1);
		expect(await client.result("i", { timeout: "10s" })).toMatchObject({ status: "completed", output: 4 });
	});

	it("finishes by polling when every hint is lost", async () => {
		const backend = deaf();
		const client = new WorkflowClient(backend);
		await started(backend, [quick], { poll: "10ms" }).start();
		await client.start(quick, "i", 1);
		expect(await client.result("i", { timeout: "10s" })).toMatchObject({ status: "completed", output: 4 });
	});

	it("never runs more nodes at once than it has slots", async () => {
		const backend = new InMemoryBackend();
		const client = new WorkflowClient(backend);
		let now = 0;
		let most = 0;
		const branch: Body<number, number> = (b) =>
			b.task("t", async (n) => {
				now += 1;
				most = Math.max(most, now);
				await new Promise((resolve) => setImmediate(resolve));
				now -= 1;
				return n;
			});
		const branches = Object.fromEntries(Array.from({ length: 12 }, (_, at) => [`b${at}`, branch]));
		const wide = flow<number>("wide")
			.fork("f", branches)
			.join("j", (all) => Object.keys(all).length)
			.build();
		await started(backend, [wide], { slots: 3 }).start();
		for (const id of ["a", "b", "c"]) await client.start(wide, id, 1);
		for (const id of ["a", "b", "c"]) {
			expect(await client.result(id, { timeout: "10s" })).toMatchObject({ status: "completed", output: 12 });
		}
		expect(most).toBe(3);
	});

	it("lets a long chain give way to work that waits", async () => {
		const backend = new InMemoryBackend();
		const client = new WorkflowClient(backend);
		const order: string[] = [];
		let building = flow<number>("long").task("n0", (n) => n);
		for (let at = 1; at < 200; at += 1)
			building = building.task(`n${at}`, (n) => {
				if (at === 199) order.push("long");
				return n;
			});
		const long = building.build();
		const short = flow<number>("short")
			.task("t", (n) => {
				order.push("short");
				return n;
			})
			.build();
		const worker = started(backend, [long, short], { slots: 1 });
		await client.start(long, "long", 1);
		await client.start(short, "short", 1);
		await worker.start();
		await client.result("long", { timeout: "10s" });
		await client.result("short", { timeout: "10s" });
		expect(order).toEqual(["short", "long"]);
	});

	it("gives what runs back at the end of its drain, without charging an attempt", async () => {
		const backend = new InMemoryBackend();
		const client = new WorkflowClient(backend);
		let begin: () => void = () => undefined;
		const begun = new Promise<void>((resolve) => {
			begin = resolve;
		});
		const attempts: number[] = [];
		const slow = flow<number>("slow")
			.task("t", (n, ctx) => {
				attempts.push(ctx?.attempt ?? 0);
				begin();
				if (attempts.length > 1) return n;
				return new Promise<number>((_, reject) =>
					ctx?.signal.addEventListener("abort", () => reject(ctx.signal.reason)),
				);
			})
			.build();
		const first = started(backend, [slow]);
		await first.start();
		await client.start(slow, "i", 1);
		await begun;
		await first.stop({ drain: 0 });
		expect(await client.get("i")).toMatchObject({ status: "in_progress" });
		await started(backend, [slow]).start();
		expect(await client.result("i", { timeout: "10s" })).toMatchObject({ status: "completed" });
		expect(attempts).toEqual([1, 1]);
	});

	it("tells a running task about a cancel at once", async () => {
		const backend = new InMemoryBackend();
		const client = new WorkflowClient(backend);
		let begin: () => void = () => undefined;
		const begun = new Promise<void>((resolve) => {
			begin = resolve;
		});
		const slow = flow<number>("slow")
			.task(
				"t",
				(_, ctx) =>
					new Promise<number>((_resolve, reject) => {
						begin();
						ctx?.signal.addEventListener("abort", () => reject(ctx.signal.reason));
					}),
			)
			.build();
		await started(backend, [slow], { poll: "1h" }).start();
		await client.start(slow, "i", 1);
		await begun;
		expect(await client.cancel("i", { by: "mira" })).toMatchObject({ state: "cancelling" });
		expect(await client.result("i", { timeout: "10s" })).toMatchObject({ status: "cancelled", by: "mira" });
	});

	it("survives a backend that fails for a while", async () => {
		const backend = new InMemoryBackend();
		const client = new WorkflowClient(backend);
		const claim = backend.claim.bind(backend);
		let failures = 3;
		backend.claim = async (command) => {
			if (failures > 0) {
				failures -= 1;
				throw new Error("disk full");
			}
			return claim(command);
		};
		await started(backend, [quick], { poll: "10ms" }).start();
		await client.start(quick, "i", 1);
		expect(await client.result("i", { timeout: "10s" })).toMatchObject({ status: "completed" });
	});

	it("goes on with what it was granted in a claim whose answer was lost", async () => {
		const backend = new InMemoryBackend();
		const client = new WorkflowClient(backend);
		const claim = backend.claim.bind(backend);
		let lost = 0;
		backend.claim = async (command) => {
			const result = await claim(command);
			if (result.grants.length === 0 || lost > 0) return result;
			lost += 1;
			throw new Error("connection reset");
		};
		await started(backend, [quick], { poll: "10ms" }).start();
		await client.start(quick, "i", 1);
		expect(await client.result("i", { timeout: "5s" })).toMatchObject({ status: "completed", output: 4 });
		expect(lost).toBe(1);
	});

	it("takes no lease for forgotten whose node ended while it was looked for", async () => {
		const backend = new InMemoryBackend();
		const client = new WorkflowClient(backend);
		const held = backend.held.bind(backend);
		const settle = backend.settle.bind(backend);
		const kinds: string[] = [];
		backend.settle = (command) => {
			kinds.push(command.outcome.kind);
			return settle(command);
		};
		const begun = gate();
		const ends = gate();
		const looked = gate();
		backend.held = async (owner) => {
			const seen = await held(owner);
			if (seen.length === 0) return seen;
			ends.open();
			await client.result("i", { timeout: "5s" });
			looked.open();
			return seen;
		};
		const slow = flow<number>("slow")
			.task("t", async () => {
				begun.open();
				await ends.opened;
			})
			.build();
		const worker = started(backend, [slow], { poll: "10ms" });
		await worker.start();
		await client.start(slow, "i", 1);
		await begun.opened;
		await looked.opened;
		await worker.stop();
		expect(kinds).toEqual(["completed"]);
	});

	it("does not charge a task for an input that could not be read for a moment", async () => {
		const backend = new InMemoryBackend();
		const client = new WorkflowClient(backend);
		const readValues = backend.readValues.bind(backend);
		let failures = 2;
		backend.readValues = async (runId, sources) => {
			failures -= 1;
			if (failures >= 0) throw new Error("disk busy");
			return readValues(runId, sources);
		};
		await started(backend, [quick], { poll: "10ms" }).start();
		await client.start(quick, "i", 1);
		expect(await client.result("i", { timeout: "5s" })).toMatchObject({ status: "completed", output: 4 });
	});

	it("leaves nothing behind when it is stopped while it starts", async () => {
		const backend = new InMemoryBackend();
		const worker = started(backend, [quick]);
		const starting = worker.start();
		await worker.stop();
		await starting;
		expect([worker.workerId, await backend.listWorkers()]).toEqual(["", []]);
	});

	it("answers a second stop no sooner than the first, when its leases are given back", async () => {
		const backend = new InMemoryBackend();
		const worker = started(backend, [quick]);
		await worker.start();
		void worker.stop();
		await worker.stop();
		expect(await backend.listWorkers()).toEqual([]);
	});

	it("stops although a task ignores that it is told to, and gives its lease back", async () => {
		const backend = new InMemoryBackend();
		const client = new WorkflowClient(backend);
		const deaf = flow<number>("deaf")
			.task("t", () => new Promise<number>(() => undefined))
			.build();
		const worker = started(backend, [deaf], { cancelGrace: "20ms" });
		await worker.start();
		await client.start(deaf, "i", 1);
		while ((await client.get("i")).status !== "in_progress") await new Promise((resolve) => setTimeout(resolve, 5));
		await worker.stop({ drain: "10ms" });
		expect(await backend.listWorkers()).toEqual([]);
	});

	it.each(["branch fails", "instance is started anew"])(
		"tells a running task to stop at once when its %s",
		async (why) => {
			const backend = new InMemoryBackend();
			const client = new WorkflowClient(backend);
			let begin: () => void = () => undefined;
			const begun = new Promise<void>((resolve) => {
				begin = resolve;
			});
			let told: () => void = () => undefined;
			const stopped = new Promise<void>((resolve) => {
				told = resolve;
			});
			const pair = flow<number>("pair")
				.fork("f", {
					slow: (b) =>
						b.task("t", (n, ctx) => {
							if (n > 1) return Promise.resolve(n);
							begin();
							return new Promise<number>((_, reject) =>
								ctx?.signal.addEventListener("abort", () => {
									told();
									reject(ctx.signal.reason);
								}),
							);
						}),
					other: (b) =>
						b.task("t", async (n) => {
							await begun;
							if (why === "branch fails") throw new Error("down");
							return n;
						}),
				})
				.join("j", () => 1)
				.build();
			await started(backend, [pair], { poll: "1h" }).start();
			await client.start(pair, "i", 1);
			await begun;
			if (why !== "branch fails") await client.start(pair, "i", 2, { onConflict: "terminateExisting" });
			await stopped;
		},
	);
});
