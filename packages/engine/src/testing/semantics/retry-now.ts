import { describe, expect, it } from "vitest";
import { flow } from "../../core/builder/flow.ts";
import { makeWorld, type OpenBackend } from "./world.ts";

export function retryNowSemantics(open: OpenBackend): void {
	describe("retry of one node at once", () => {
		/** Fails until it is told that what it calls is up again; each attempt waits an hour for the next. */
		const calling = (maxAttempts = 5) => {
			const world = { isUp: false, attempts: [] as number[] };
			const workflow = flow<number>("calling")
				.task("before", (n) => n + 1)
				.task(
					"call",
					(n, ctx) => {
						world.attempts.push(ctx.attempt);
						if (!world.isUp) throw new Error("down");
						return n * 2;
					},
					{ retry: { maxAttempts, initialDelay: "1h", multiplier: 1, jitter: false } },
				)
				.build();
			return { workflow, world };
		};

		it("runs the next attempt without any time passing, with the checkpoints and the count it had", async () => {
			const { client, worker, clock, snapshot } = await makeWorld(open);
			const { workflow, world } = calling();
			await client.start(workflow, "i", 1);
			const one = worker([workflow]);
			await one.tick();
			expect(await client.get("i")).toMatchObject({ status: "waiting", wakeAt: clock.now() + 3_600_000 });
			world.isUp = true;
			expect(await client.retryNow("i", "call", { by: "mira", reason: "it is up" })).toMatchObject({ changed: true });
			await one.tick();
			expect(await client.get("i")).toMatchObject({ status: "completed", output: 4 });
			expect(world.attempts).toEqual([1, 2]);
			const { controlRequests, attempts, checkpoints } = await snapshot("i");
			expect(controlRequests).toMatchObject([{ kind: "retryNow", path: "call", by: "mira", reason: "it is up" }]);
			expect(attempts).toMatchObject([{ path: "call", attempt: 1, outcome: "failed" }]);
			expect(checkpoints).toMatchObject([{ path: "before" }, { path: "call", attempt: 2 }]);
		});

		it("uses the attempts up that there are, and waits out the next backoff in full", async () => {
			const { client, worker, clock } = await makeWorld(open);
			const { workflow, world } = calling(3);
			await client.start(workflow, "i", 1);
			const one = worker([workflow]);
			await one.tick();
			await client.retryNow("i", "call");
			await one.tick();
			expect(await client.get("i")).toMatchObject({ status: "waiting", wakeAt: clock.now() + 3_600_000 });
			await client.retryNow("i", "call");
			await one.tick();
			expect(await client.get("i")).toMatchObject({ status: "failed", instance: { failedPath: "call" } });
			expect(world.attempts).toEqual([1, 2, 3]);
			await expect(client.retryNow("i", "call")).rejects.toMatchObject({ code: "InstanceFinished", status: "failed" });
		});

		it("says why not, and changes nothing", async () => {
			const { client, worker } = await makeWorld(open);
			const { workflow, world } = calling();
			await client.start(workflow, "i", 1);
			await worker([workflow]).tick();
			const conflict = (because: string) => ({ code: "ControlConflict", because });
			await expect(client.retryNow("i", "before")).rejects.toMatchObject(conflict("no such node is open"));
			await client.pause("i");
			await expect(client.retryNow("i", "call")).rejects.toMatchObject(conflict("it is paused"));
			await expect(client.retryNow("nobody", "call")).rejects.toMatchObject({ code: "InstanceNotFound" });
			await expect(client.retryNow("i", "")).rejects.toMatchObject({ code: "InvalidArgument", argument: "path" });
			await worker([workflow]).tick();
			expect(world.attempts).toEqual([1]);
		});

		it("is taken up by a runner that waits the backoff out", async () => {
			const { client, runner } = await makeWorld(open);
			const { workflow, world } = calling();
			const running = runner.run(workflow, "i", 1);
			await expect.poll(() => client.get("i").catch(() => null)).toMatchObject({ status: "waiting" });
			world.isUp = true;
			await client.retryNow("i", "call");
			expect(await running).toEqual({ status: "completed", output: 4 });
			expect(world.attempts).toEqual([1, 2]);
		});
	});
}
