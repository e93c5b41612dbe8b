import { describe, expect, it } from "vitest";
import { flow } from "../../core/builder/flow.ts";
import { gate, makeWorld, type OpenBackend } from "./world.ts";

/** The behaviours that durable workflow engines of this design have always had, one named test each. */
export function seedBehaviours(open: OpenBackend): void {
	describe("seed behaviours", () => {
		const napping = flow<number>("napping")
			.task("before", (n) => n + 1)
			.delay("wait_1h", "1h")
			.task("after", (n) => n * 2)
			.build();
		const failing = (ran: string[]) =>
			flow<number>("failing")
				.task("one", (n) => {
					ran.push("one");
					return n + 1;
				})
				.task("two", (): number => {
					ran.push("two");
					throw new Error("intentional failure");
				})
				.task("three", (n) => {
					ran.push("three");
					return n;
				})
				.build();

		it("runs a single task", async () => {
			const { runner, snapshot } = await makeWorld(open);
			const single = flow<number>("single")
				.task("double", (n) => n * 2)
				.build();
			expect(await runner.run(single, "i", 21)).toEqual({ status: "completed", output: 42 });
			expect((await snapshot("i")).checkpoints).toMatchObject([{ path: "double", output: "double", attempt: 1 }]);
		});

		it("runs a chain of two", async () => {
			const { runner } = await makeWorld(open);
			const two = flow<number>("two")
				.task("a", (n) => n + 1)
				.task("b", (n) => n * 2)
				.build();
			expect(await runner.run(two, "i", 10)).toEqual({ status: "completed", output: 22 });
		});

		it("runs a chain of three: 5 → 16", async () => {
			const { runner, backend, snapshot } = await makeWorld(open);
			const three = flow<number>("three")
				.task("add", (n) => n + 1)
				.task("double", (n) => n * 2)
				.task("add_four", (n) => n + 4)
				.build();
			expect(await runner.run(three, "i", 5)).toEqual({ status: "completed", output: 16 });
			const { runId } = (await snapshot("i")).instance;
			const values = await backend.readValues(
				runId,
				["add", "double", "add_four"].map((path) => ({ kind: "checkpoint", path })),
			);
			expect(values.map((value) => Buffer.from(value?.bytes ?? []).toString())).toEqual(["6", "12", "16"]);
		});

		it("keeps a task's failure message in the status and in the stored state, and never runs later tasks", async () => {
			const ran: string[] = [];
			const { runner, snapshot } = await makeWorld(open);
			const state = await runner.run(failing(ran), "i", 1);
			expect(state).toMatchObject({ status: "failed", failedPath: "two", error: { message: "intentional failure" } });
			const { instance, checkpoints } = await snapshot("i");
			expect(instance).toMatchObject({
				status: "failed",
				failedPath: "two",
				error: { message: "intentional failure" },
			});
			expect(checkpoints.map(({ path }) => path)).toEqual(["one"]);
			expect(ran).toEqual(["one", "two"]);
		});

		it("joins a fork: 25", async () => {
			const { runner, snapshot } = await makeWorld(open);
			const forked = flow<number>("forked")
				.fork("f", { twice: (b) => b.task("t", (n) => n * 2), thrice: (b) => b.task("t", (n) => n * 3) })
				.join("sum", ({ twice, thrice }) => twice + thrice)
				.build();
			expect(await runner.run(forked, "i", 5)).toEqual({ status: "completed", output: 25 });
			const paths = (await snapshot("i")).checkpoints.map(({ path }) => path);
			expect(paths.sort()).toEqual(["f/thrice/t", "f/twice/t", "sum"]);
		});

		it("has intermediate checkpoints while it is running", async () => {
			const { runner, snapshot } = await makeWorld(open);
			const reached = gate();
			const finish = gate();
			const slow = flow<number>("slow")
				.task("one", (n) => n)
				.task("two", async (n) => {
					reached.open();
					await finish.opened;
					return n;
				})
				.build();
			const running = runner.run(slow, "i", 1);
			await reached.opened;
			expect(await snapshot("i")).toMatchObject({
				instance: { status: "in_progress", progress: { done: 1, total: 2 } },
				checkpoints: [{ path: "one" }],
				openNodes: [{ path: "two", state: "running" }],
			});
			finish.open();
			await running;
		});

		it("resumes a completed instance with its output", async () => {
			const { runner } = await makeWorld(open);
			const once = flow<number>("once")
				.task("t", (n) => n)
				.build();
			await runner.run(once, "i", 9);
			expect(await runner.resume(once, "i")).toEqual({ status: "completed", output: 9 });
		});

		it("resumes a failed instance with its failure, and runs nothing", async () => {
			const ran: string[] = [];
			const { runner } = await makeWorld(open);
			const state = await runner.run(failing(ran), "i", 1);
			expect(await runner.resume(failing(ran), "i")).toEqual(state);
			expect(ran).toEqual(["one", "two"]);
		});

		it("refuses to resume an unknown instance", async () => {
			const { runner } = await makeWorld(open);
			await expect(runner.resume(napping, "nobody")).rejects.toMatchObject({
				code: "InstanceNotFound",
				instanceId: "nobody",
			});
		});

		it("refuses to resume with another definition, and names both hashes", async () => {
			const { runner } = await makeWorld(open);
			await runner.run(napping, "i", 1);
			const other = flow<number>("napping")
				.task("before", (n) => n + 1)
				.build();
			await expect(runner.resume(other, "i")).rejects.toMatchObject({
				code: "DefinitionMismatch",
				storedHash: napping.definitionHash,
				givenHash: other.definitionHash,
			});
		});

		it("stores a cancel request with reason and requester", async () => {
			const { runner, client, snapshot } = await makeWorld(open);
			await runner.run(napping, "i", 1);
			await client.cancel("i", { by: "admin", reason: "user requested" });
			expect((await snapshot("i")).controlRequests).toMatchObject([
				{ kind: "cancel", by: "admin", reason: "user requested", result: "applied", before: "waiting" },
			]);
		});

		it("cancels before the first task, and resume sees it", async () => {
			const ran: string[] = [];
			const { runner, client } = await makeWorld(open);
			await client.start(failing(ran), "i", 1);
			await client.cancel("i", { by: "admin", reason: "early" });
			expect(await runner.resume(failing(ran), "i")).toEqual({ status: "cancelled", by: "admin", reason: "early" });
			expect(ran).toEqual([]);
		});

		it("parks at a delay, with its id, the value that passes through, and what comes next", async () => {
			const { runner, clock, snapshot } = await makeWorld(open);
			const wakeAt = clock.now() + 3_600_000;
			expect(await runner.run(napping, "i", 1)).toMatchObject({
				status: "waiting",
				wakeAt,
				waits: [{ path: "wait_1h", for: "delay", wakeAt }],
			});
			expect((await snapshot("i")).openNodes).toMatchObject([
				{ path: "wait_1h", state: "waiting", dueAt: wakeAt, input: "before", owner: null },
			]);
		});

		it("still waits when resumed before the delay is over, and goes on when resumed after", async () => {
			const { runner, clock } = await makeWorld(open);
			await runner.run(napping, "i", 1);
			clock.advance(3_599_999);
			expect(await runner.resume(napping, "i")).toMatchObject({ status: "waiting" });
			clock.advance(1);
			expect(await runner.resume(napping, "i")).toEqual({ status: "completed", output: 4 });
		});

		it("cancels during a delay", async () => {
			const { runner, client, clock, snapshot } = await makeWorld(open);
			await runner.run(napping, "i", 1);
			await client.cancel("i");
			clock.advance(7_200_000);
			expect(await runner.resume(napping, "i")).toMatchObject({ status: "cancelled" });
			expect((await snapshot("i")).checkpoints.map(({ path }) => path)).toEqual(["before"]);
		});

		it("may end in a delay, which passes the value on", async () => {
			const { runner, clock } = await makeWorld(open);
			const last = flow<number>("last")
				.task("t", (n) => ({ n }))
				.delay("nap", "1s")
				.build();
			expect(await runner.run(last, "i", 3)).toMatchObject({ status: "waiting" });
			clock.advance(1_000);
			expect(await runner.resume(last, "i")).toEqual({ status: "completed", output: { n: 3 } });
		});

		it("fails a task over its timeout with its id and 'timed out'", async () => {
			const { runner } = await makeWorld(open);
			const late = flow<number>("late")
				.task("sleeper", (_, ctx) => new Promise((resolve) => ctx.signal.addEventListener("abort", resolve)), {
					timeout: 5,
				})
				.build();
			const state = await runner.run(late, "i", 1);
			expect(state).toMatchObject({ status: "failed", failedPath: "sleeper", error: { code: "TaskTimedOut" } });
			expect(state.status === "failed" && state.error.message).toMatch(/"sleeper" timed out/);
		});

		it("lets a task within its timeout succeed", async () => {
			const { runner } = await makeWorld(open);
			const quick = flow<number>("quick")
				.task("t", async (n) => n + 1, { timeout: "30s" })
				.build();
			expect(await runner.run(quick, "i", 1)).toEqual({ status: "completed", output: 2 });
		});
	});
}
