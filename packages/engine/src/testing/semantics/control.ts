import { describe, expect, it } from "vitest";
import { flow } from "../../core/builder/flow.ts";
import { gate, makeWorld, type OpenBackend } from "./world.ts";

export function controlSemantics(open: OpenBackend): void {
	describe("control", () => {
		const held = () => {
			const begun = gate();
			const finish = gate();
			const aborted: unknown[] = [];
			const workflow = flow<number>("held")
				.task("slow", async (n, ctx) => {
					ctx?.signal.addEventListener("abort", () => {
						aborted.push(ctx.signal.reason?.code);
						finish.open();
					});
					begun.open();
					await finish.opened;
					return n + 1;
				})
				.task("next", (n) => n * 2)
				.build();
			return { workflow, begun, finish, aborted };
		};

		it("pauses at a task boundary: the running task finishes and is recorded, nothing starts after it", async () => {
			const { client, worker, snapshot } = await makeWorld(open);
			const { workflow, begun, finish } = held();
			await client.start(workflow, "i", 1);
			const one = worker([workflow]);
			const ticking = one.tick();
			await begun.opened;
			expect(await client.pause("i", { by: "mira", reason: "look" })).toMatchObject({
				changed: true,
				state: "pausing",
				inFlight: [{ path: "slow", attempt: 1 }],
			});
			finish.open();
			await ticking;
			expect(await client.get("i")).toMatchObject({ status: "paused", by: "mira", reason: "look" });
			expect((await snapshot("i")).checkpoints.map(({ path }) => path)).toEqual(["slow"]);
			await one.tick();
			expect(await client.get("i")).toMatchObject({ status: "paused" });
			expect(await client.unpause("i")).toMatchObject({ changed: true, state: "in_progress" });
			await one.tick();
			expect(await client.get("i")).toMatchObject({ status: "completed", output: 4 });
		});

		it("is not lifted by a timer, a signal or another driver; what came due is applied at unpause", async () => {
			const { client, worker, runner, clock } = await makeWorld(open);
			const parked = flow<number>("parked")
				.fork("f", { nap: (b) => b.delay("d", "1m"), ask: (b) => b.waitForSignal<number>("w", "s") })
				.join("j", ({ nap, ask }) => nap + ask)
				.build();
			await client.start(parked, "i", 1);
			const one = worker([parked]);
			await one.tick();
			expect(await client.pause("i")).toMatchObject({ state: "paused", inFlight: [] });
			clock.advance(3_600_000);
			await client.sendSignal("i", "s", 2);
			await one.tick();
			expect(await runner.resume(parked, "i")).toMatchObject({ status: "paused" });
			await client.unpause("i");
			await one.tick();
			expect(await client.get("i")).toMatchObject({ status: "completed", output: 3 });
		});

		it("cancels at once what is parked, with nobody alive, and keeps who and why", async () => {
			const { client, worker, snapshot } = await makeWorld(open);
			const nap = flow<number>("nap").delay("d", "1h").build();
			await client.start(nap, "i", 1);
			await worker([nap]).tick();
			expect(await client.cancel("i", { by: "mira", reason: "wrong price" })).toMatchObject({
				changed: true,
				state: "cancelled",
			});
			expect(await client.cancel("i")).toMatchObject({ changed: false, state: "cancelled" });
			expect(await client.get("i")).toMatchObject({ status: "cancelled", by: "mira", reason: "wrong price" });
			const { openNodes, controlRequests } = await snapshot("i");
			expect(openNodes).toEqual([]);
			expect(controlRequests).toMatchObject([
				{ kind: "cancel", by: "mira", reason: "wrong price", result: "applied", before: "waiting", after: "cancelled" },
				{ kind: "cancel", result: "unchanged" },
			]);
			await expect(client.pause("i")).rejects.toMatchObject({ code: "InstanceFinished", status: "cancelled" });
		});

		it("aborts a running task, discards its result and cancels when it has stopped", async () => {
			const { client, worker, runner, snapshot } = await makeWorld(open);
			const { workflow, begun, aborted } = held();
			const running = runner.run(workflow, "i", 1);
			await begun.opened;
			expect(await client.cancel("i", { by: "mira" })).toMatchObject({
				state: "cancelling",
				inFlight: [{ path: "slow" }],
			});
			expect(await running).toMatchObject({ status: "cancelled", by: "mira" });
			expect(aborted).toEqual(["TaskCancelled"]);
			const { checkpoints, attempts } = await snapshot("i");
			expect(checkpoints).toEqual([]);
			expect(attempts).toMatchObject([{ path: "slow", outcome: "cancelled" }]);
			await worker([workflow]).tick();
			expect(await client.get("i")).toMatchObject({ status: "cancelled" });
		});

		it("cancels before the first task; a resume then sees it and runs nothing", async () => {
			const { client, runner } = await makeWorld(open);
			const { workflow } = held();
			await client.start(workflow, "i", 1);
			await client.cancel("i", { by: "mira", reason: "early" });
			expect(await runner.resume(workflow, "i")).toEqual({ status: "cancelled", by: "mira", reason: "early" });
		});

		it("withdraws a pause while it is still pausing, and refuses to pause what is being cancelled", async () => {
			const { client, worker } = await makeWorld(open);
			const { workflow, begun, finish } = held();
			await client.start(workflow, "i", 1);
			const ticking = worker([workflow]).tick();
			await begun.opened;
			await client.pause("i");
			expect(await client.unpause("i")).toMatchObject({ changed: true, state: "in_progress" });
			await client.cancel("i");
			await expect(client.pause("i")).rejects.toMatchObject({ code: "ControlConflict" });
			finish.open();
			await ticking;
			expect(await client.get("i")).toMatchObject({ status: "cancelled" });
		});

		it("ends pausing and cancelling when the owner died, without any grant", async () => {
			const { client, worker, clock } = await makeWorld(open);
			const { workflow, begun, finish } = held();
			await client.start(workflow, "i", 1);
			const dead = worker([workflow]).tick();
			await begun.opened;
			await client.cancel("i");
			clock.advance(60_000);
			await worker([workflow]).tick();
			expect(await client.get("i")).toMatchObject({ status: "cancelled" });
			finish.open();
			await dead;
			expect(await client.get("i")).toMatchObject({ status: "cancelled" });
		});
	});
}
