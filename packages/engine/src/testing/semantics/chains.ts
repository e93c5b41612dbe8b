import { describe, expect, it } from "vitest";
import { flow } from "../../core/builder/flow.ts";
import { getTaskContext } from "../../runtime/task-scope.ts";
import { makeWorld, type OpenBackend } from "./world.ts";

export function chainSemantics(open: OpenBackend): void {
	describe("chains", () => {
		const three = flow<number>("three")
			.task("add", (n) => n + 3)
			.task("double", async (n) => n * 2)
			.task("last", (n) => ({ n }))
			.build();

		it("gives each task the output of the one before, in the runner: 5 → 8 → 16", async () => {
			const { runner, snapshot } = await makeWorld(open);
			expect(await runner.run(three, "i", 5)).toEqual({ status: "completed", output: { n: 16 } });
			const { instance, checkpoints, openNodes, attempts } = await snapshot("i");
			expect(instance).toMatchObject({ status: "completed", progress: { done: 3, total: 3 }, output: "last" });
			expect(checkpoints.map((checkpoint) => checkpoint.path)).toEqual(["add", "double", "last"]);
			expect([openNodes, attempts]).toEqual([[], []]);
		});

		it("does the same in a worker", async () => {
			const { client, worker } = await makeWorld(open);
			await client.start(three, "i", 5);
			expect(await client.get("i")).toMatchObject({ status: "pending" });
			await worker([three]).tick();
			expect(await client.get("i")).toMatchObject({ status: "completed", output: { n: 16 } });
		});

		it("answers a completed instance at resume without running anything", async () => {
			let ran = 0;
			const once = flow<number>("once")
				.task("t", () => ++ran)
				.build();
			const { runner } = await makeWorld(open);
			await runner.run(once, "i", 1);
			expect(await runner.resume(once, "i")).toEqual({ status: "completed", output: 1 });
			expect(ran).toBe(1);
		});

		it("records a failure with its message and never runs what follows", async () => {
			let later = 0;
			const broken = flow<number>("broken")
				.task("ok", (n) => n)
				.task("bad", (): number => {
					throw new TypeError("no such order");
				})
				.task("later", () => ++later)
				.build();
			const { runner, snapshot } = await makeWorld(open);
			const state = await runner.run(broken, "i", 1);
			expect(state).toMatchObject({
				status: "failed",
				failedPath: "bad",
				error: { name: "TypeError", message: "no such order" },
			});
			expect(await runner.resume(broken, "i")).toEqual(state);
			expect(later).toBe(0);
			const stored = await snapshot("i");
			expect(stored.checkpoints.map(({ path }) => path)).toEqual(["ok"]);
			expect(stored.attempts).toMatchObject([{ path: "bad", attempt: 1, outcome: "failed", nextAttemptAt: null }]);
			expect(stored.openNodes).toMatchObject([{ path: "bad", state: "failed" }]);
		});

		it("tells a task who it is, also deep below it", async () => {
			const seen: unknown[] = [];
			const curious = flow<number>("curious")
				.task("t", (_, ctx) => {
					seen.push(ctx?.path, getTaskContext()?.instanceId, ctx?.attempt, ctx?.iteration, ctx?.idempotencyKey);
					return 1;
				})
				.build();
			const { runner, snapshot } = await makeWorld(open);
			await runner.run(curious, "i", 1);
			expect(seen).toEqual(["t", "i", 1, null, `${(await snapshot("i")).instance.runId}:t`]);
		});

		it("refuses what the codec cannot store, names the field, and settles as a failure", async () => {
			const { runner } = await makeWorld(open);
			const odd = flow<number>("odd")
				.task("t", () => ({ items: [{ when: 10n }] }))
				.build();
			expect(await runner.run(odd, "i", 1)).toMatchObject({
				status: "failed",
				error: { code: "NotSerializable", message: expect.stringContaining("$.items[0].when") },
			});
			await expect(runner.run(three, "j", Number.NaN)).rejects.toMatchObject({ code: "NotSerializable" });
			await expect(runner.resume(three, "j")).rejects.toMatchObject({ code: "InstanceNotFound" });
		});

		it("settles whatever a task throws, and stores undefined as null", async () => {
			const { runner } = await makeWorld(open);
			const cyclic: Error & { cause?: unknown } = new Error("round");
			cyclic.cause = cyclic;
			const hostile: unknown[] = [
				undefined,
				null,
				"text",
				0,
				Object.freeze(new Error("cold")),
				cyclic,
				new Error("a".repeat(5e6)),
			];
			for (const [at, thrown] of hostile.entries()) {
				const throwing = flow<number>("throwing")
					.task("t", (): number => {
						throw thrown;
					})
					.build();
				expect(await runner.run(throwing, `i${at}`, 1)).toMatchObject({ status: "failed", failedPath: "t" });
			}
			const silent = flow<number>("silent")
				.task("t", () => undefined)
				.build();
			expect(await runner.run(silent, "i", 1)).toEqual({ status: "completed", output: null });
		});

		it("does not let a task change what is stored by changing its input", async () => {
			const { runner } = await makeWorld(open);
			const rude = flow<{ n: number }>("rude")
				.fork("f", {
					a: (b) =>
						b.task("a", (o) => {
							o.n = 99;
							return o.n;
						}),
					b: (b) => b.task("b", (o) => o.n),
				})
				.join("j", (both) => both)
				.build();
			expect(await runner.run(rude, "i", { n: 1 })).toEqual({ status: "completed", output: { a: 99, b: 1 } });
		});

		it("refuses to run an id that exists and a definition that differs, naming the difference", async () => {
			const { runner } = await makeWorld(open);
			await runner.run(three, "i", 5);
			await expect(runner.run(three, "i", 5)).rejects.toMatchObject({ code: "InstanceExists" });
			const changed = flow<number>("three")
				.task("add", (n) => n + 3)
				.task("triple", (n) => n * 3)
				.build();
			await expect(runner.resume(changed, "i")).rejects.toMatchObject({
				code: "DefinitionMismatch",
				message: expect.stringContaining("triple was added after add"),
			});
			await expect(runner.run(three, "../etc", 5)).rejects.toMatchObject({ code: "InvalidInstanceId" });
		});

		it("keeps two workflows with equal task ids apart", async () => {
			const { client, worker } = await makeWorld(open);
			const one = flow<number>("one")
				.task("t", () => "one")
				.build();
			const two = flow<number>("two")
				.task("t", () => "two")
				.build();
			await client.start(one, "a", 0);
			await client.start(two, "b", 0);
			await worker([one, two]).tick();
			expect(await client.get("a")).toMatchObject({ output: "one" });
			expect(await client.get("b")).toMatchObject({ output: "two" });
		});

		it("holds several definitions of one workflow side by side", async () => {
			const { client, worker } = await makeWorld(open);
			const old = flow<number>("grown")
				.task("a", (n) => n)
				.build();
			const grown = flow<number>("grown")
				.task("a", (n) => n)
				.task("b", (n) => n + 1)
				.build();
			await client.start(old, "old", 1);
			await client.start(grown, "new", 1);
			await worker([grown]).tick();
			expect(await client.get("old")).toMatchObject({ status: "pending" });
			await worker([old, grown]).tick();
			expect(await client.get("old")).toMatchObject({ status: "completed", output: 1 });
			expect(await client.get("new")).toMatchObject({ status: "completed", output: 2 });
		});

		it("runs a task with tags only where they are served, also in the middle of a chain", async () => {
			const { client, worker } = await makeWorld(open);
			const ran: string[] = [];
			const tagged = flow<number>("tagged")
				.task("a", (n) => n)
				.task(
					"gpu",
					(n) => {
						ran.push("gpu");
						return n;
					},
					{ tags: ["gpu"] },
				)
				.fork("f", { x: (b) => b.task("x", (n) => n) })
				.join(
					"j",
					({ x }) => {
						ran.push("join");
						return x;
					},
					{ tags: ["gpu"] },
				)
				.build();
			await client.start(tagged, "i", 1);
			const [plain, gpu] = [worker([tagged]), worker([tagged], 4, ["gpu"])];
			await plain.tick();
			expect(ran).toEqual([]);
			await gpu.tick();
			expect(await client.get("i")).toMatchObject({ status: "completed" });
			expect(ran).toEqual(["gpu", "join"]);
		});

		it("leaves instances of unknown definitions to others and goes on with its own", async () => {
			const { client, worker } = await makeWorld(open);
			const foreign = flow<number>("foreign")
				.task("t", () => 1)
				.build();
			for (let at = 0; at < 20; at += 1) await client.start(foreign, `f${at}`, 0);
			await client.start(three, "mine", 5);
			await worker([three], 1).tick();
			expect(await client.get("mine")).toMatchObject({ status: "completed" });
			expect(await client.get("f0")).toMatchObject({ status: "pending" });
		});
	});
}
