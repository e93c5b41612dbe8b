import { describe, expect, it } from "vitest";
import { flow } from "../../core/builder/flow.ts";
import { again, done } from "../../core/builder/loop-result.ts";
import { gate, makeWorld, type OpenBackend } from "./world.ts";

/** A crash is a worker that is never heard of again: its task hangs and its clock stands still. */
export function crashSemantics(open: OpenBackend): void {
	describe("crashes", () => {
		it("runs a dead worker's node again after its lease, as the next attempt, and nothing that was recorded", async () => {
			const { client, worker, clock, snapshot } = await makeWorld(open);
			const ran: string[] = [];
			const died = gate();
			const workflow = flow<number>("crash")
				.task("a", (n) => {
					ran.push("a");
					return n + 1;
				})
				.task("b", async (n, ctx) => {
					ran.push(`b${ctx?.attempt}`);
					if (ctx?.attempt === 1) {
						died.open();
						await new Promise(() => undefined);
					}
					return n * 2;
				})
				.build();
			await client.start(workflow, "i", 1);
			void worker([workflow]).tick();
			await died.opened;
			const next = worker([workflow]);
			await next.tick();
			expect(ran).toEqual(["a", "b1"]);
			clock.advance(16_000);
			await next.tick();
			expect(await client.get("i")).toMatchObject({ status: "completed", output: 4 });
			expect(ran).toEqual(["a", "b1", "b2"]);
			expect((await snapshot("i")).attempts).toMatchObject([{ path: "b", attempt: 1, outcome: "lost" }]);
		});

		it("refuses the late result of a worker that lost its lease", async () => {
			const { client, worker, clock, snapshot } = await makeWorld(open);
			const begun = gate();
			const late = gate();
			let attempts = 0;
			const workflow = flow<number>("late")
				.task("t", async () => {
					attempts += 1;
					if (attempts > 1) return "second";
					begun.open();
					await late.opened;
					return "first";
				})
				.build();
			await client.start(workflow, "i", 1);
			const zombie = worker([workflow]).tick();
			await begun.opened;
			clock.advance(16_000);
			await worker([workflow]).tick();
			late.open();
			await zombie;
			expect(await client.get("i")).toMatchObject({ status: "completed", output: "second" });
			expect((await snapshot("i")).checkpoints).toHaveLength(1);
		});

		it("gives up a task that kills its worker every time", async () => {
			const { client, worker, clock } = await makeWorld(open);
			let begun = gate();
			const poison = flow<number>("poison")
				.task("t", () => {
					begun.open();
					return new Promise<number>(() => undefined);
				})
				.build();
			await client.start(poison, "i", 1);
			for (let death = 0; death < 4; death += 1) {
				begun = gate();
				void worker([poison]).tick();
				await begun.opened;
				clock.advance(16_000);
			}
			await worker([poison]).tick();
			expect(await client.get("i")).toMatchObject({ status: "failed", error: { code: "AttemptsExhausted" } });
		});

		it("lets a task that kills its process take nobody else with it", async () => {
			const { client, worker, clock } = await makeWorld(open);
			let begun = gate();
			const poison = flow<number>("poison")
				.task("t", () => {
					begun.open();
					return new Promise<number>(() => undefined);
				})
				.build();
			let innocentBegun = gate();
			let deaths = 0;
			const beside: number[] = [];
			const innocent = flow<number>("innocent")
				.task("t", (n) => {
					beside.push(deaths);
					innocentBegun.open();
					return deaths < 2 ? new Promise<number>(() => undefined) : n;
				})
				.build();
			const all = [poison, innocent];
			await client.start(poison, "bad", 1);
			await client.start(innocent, "good", 7);
			for (; deaths < 4; deaths += 1) {
				begun = gate();
				innocentBegun = gate();
				void worker(all).tick();
				await begun.opened;
				if (deaths < 2) await innocentBegun.opened;
				clock.advance(16_000);
			}
			await worker(all).tick();
			expect(await client.get("bad")).toMatchObject({ status: "failed", error: { code: "AttemptsExhausted" } });
			expect(await client.get("good")).toMatchObject({ status: "completed", output: 7 });
			// Twice it went down with the poison; its third attempt had the process to itself.
			expect([beside.slice(0, 2), beside.length]).toEqual([[0, 1], 3]);
		});

		it("restarts a loop in iteration k with the value of k−1", async () => {
			const { client, worker, clock } = await makeWorld(open);
			const given: number[] = [];
			const died = gate();
			const workflow = flow<number>("looped")
				.loop(
					"l",
					(b) =>
						b.task("t", async (n) => {
							given.push(n);
							if (n === 2 && given.length === 3) {
								died.open();
								await new Promise(() => undefined);
							}
							return n >= 3 ? done(n) : again(n + 1);
						}),
					{ maxIterations: 9, onMax: "fail" },
				)
				.build();
			await client.start(workflow, "i", 0);
			void worker([workflow]).tick();
			await died.opened;
			clock.advance(16_000);
			await worker([workflow]).tick();
			expect(given).toEqual([0, 1, 2, 2, 3]);
			expect(await client.get("i")).toMatchObject({ status: "completed", output: 3 });
		});

		it("charges a crash to what ran and to nothing that was parked or ready", async () => {
			const { client, worker, clock, snapshot } = await makeWorld(open);
			const died = gate();
			const workflow = flow<number>("charged")
				.fork("f", {
					hang: (b) =>
						b.task("t", (_, ctx) => {
							died.open();
							return ctx?.attempt === 1 ? new Promise<number>(() => undefined) : 1;
						}),
					nap: (b) => b.delay("d", "1h"),
					ask: (b) => b.waitForSignal<number>("w", "s"),
				})
				.join("j", (all) => all)
				.build();
			await client.start(workflow, "i", 1);
			void worker([workflow], 1).tick();
			await died.opened;
			clock.advance(16_000);
			await worker([workflow]).tick();
			const { openNodes, attempts } = await snapshot("i");
			expect(attempts.map(({ path, outcome }) => [path, outcome])).toEqual([["f/hang/t", "lost"]]);
			expect(openNodes.map(({ path, attempt, crashes }) => [path, attempt, crashes]).sort()).toEqual([
				["f/ask/w", 1, 0],
				["f/nap/d", 1, 0],
				["j", 1, 0],
			]);
		});

		it("leaves nothing without a next move", async () => {
			const { backend, client, worker, clock } = await makeWorld(open);
			const workflow = flow<number>("left")
				.task("t", (n) => n)
				.delay("d", "1m")
				.waitForSignal<number>("w", "s")
				.build();
			await client.start(workflow, "i", 1);
			expect(await backend.listOrphans()).toEqual([]);
			const one = worker([workflow]);
			await one.tick();
			expect(await backend.listOrphans()).toEqual([]);
			clock.advance(60_000);
			await one.tick();
			await client.sendSignal("i", "s", 1);
			expect(await backend.listOrphans()).toEqual([]);
			await one.stop();
			expect(await backend.listOrphans()).toEqual([]);
			await worker([workflow]).tick();
			expect(await client.get("i")).toMatchObject({ status: "completed" });
		});
	});
}
