import { describe, expect, it } from "vitest";
import { type Body, flow } from "../../core/builder/flow.ts";
import { gate, makeWorld, type OpenBackend } from "./world.ts";

export function forkSemantics(open: OpenBackend): void {
	describe("forks", () => {
		it("joins the branches' outputs by name: 5 → 10 and 15 → 25", async () => {
			const joined = flow<number>("joined")
				.fork("f", { double: (b) => b.task("d", (n) => n * 2), triple: (b) => b.task("t", (n) => n * 3) })
				.join("sum", ({ double, triple }) => double + triple)
				.build();
			const { runner } = await makeWorld(open);
			expect(await runner.run(joined, "i", 5)).toEqual({ status: "completed", output: 25 });
		});

		it("runs branches in parallel, in runner and worker alike", async () => {
			const { runner, client, worker } = await makeWorld(open);
			const meet = () => {
				const a = gate();
				const b = gate();
				return flow<number>("meet")
					.fork("f", {
						a: (s) =>
							s.task("a", async () => {
								a.open();
								await b.opened;
								return 1;
							}),
						b: (s) =>
							s.task("b", async () => {
								b.open();
								await a.opened;
								return 2;
							}),
					})
					.join("j", (both) => both)
					.build();
			};
			expect(await runner.run(meet(), "i", 0)).toMatchObject({ output: { a: 1, b: 2 } });
			const again = meet();
			await client.start(again, "j", 0);
			await worker([again], 2).tick();
			expect(await client.get("j")).toMatchObject({ output: { a: 1, b: 2 } });
		});

		it("gives the join the same input whichever branch ends first", async () => {
			for (const first of ["a", "b"] as const) {
				const { runner } = await makeWorld(open);
				const turn = gate();
				const ordered = flow<number>("ordered")
					.fork("f", {
						a: (s) =>
							s
								.task("a1", async (n) => {
									if (first !== "a") await turn.opened;
									return n;
								})
								.task("a2", (n) => {
									turn.open();
									return n + 1;
								}),
						b: (s) =>
							s
								.task("b1", async (n) => {
									if (first !== "b") await turn.opened;
									return n;
								})
								.task("b2", (n) => {
									turn.open();
									return n + 2;
								}),
					})
					.join("j", (both) => JSON.stringify(both))
					.build();
				expect(await runner.run(ordered, "i", 1)).toMatchObject({ output: '{"a":2,"b":3}' });
			}
		});

		it("shows intermediate checkpoints while a sibling is still running", async () => {
			const { runner, snapshot } = await makeWorld(open);
			const slow = gate();
			const reached = gate();
			const half = flow<number>("half")
				.fork("f", {
					fast: (s) =>
						s
							.task("t", (n) => n)
							.task("then", (n) => {
								reached.open();
								return n;
							})
							.task("end", (n) => n),
					slow: (s) =>
						s.task("t", async (n) => {
							await slow.opened;
							return n;
						}),
				})
				.join("j", (both) => both)
				.build();
			const running = runner.run(half, "i", 1);
			await reached.opened;
			const seen = await snapshot("i");
			expect(seen.checkpoints.map(({ path }) => path)).toContain("f/fast/t");
			expect(seen.openNodes.find(({ path }) => path === "f/slow/t")).toMatchObject({ state: "running", attempt: 1 });
			slow.open();
			expect(await running).toMatchObject({ status: "completed" });
		});

		it("does not hold up or abort siblings when one branch parks, and wakes each branch by its own timer", async () => {
			const { client, worker, clock, snapshot } = await makeWorld(open);
			const timers = flow<number>("timers")
				.fork("f", {
					soon: (s) => s.delay("nap", "1m").task("after", (n) => n + 1),
					late: (s) => s.delay("nap", "1h").task("after", (n) => n + 2),
					now: (s) => s.task("t", (n) => n),
				})
				.join("j", (all) => all)
				.build();
			await client.start(timers, "i", 0);
			const one = worker([timers]);
			await one.tick();
			expect(await client.get("i")).toMatchObject({ status: "waiting", wakeAt: clock.now() + 60_000 });
			clock.advance(60_000);
			await one.tick();
			expect((await snapshot("i")).checkpoints.map(({ path }) => path)).toEqual([
				"f/now/t",
				"f/soon/nap",
				"f/soon/after",
			]);
			clock.advance(59 * 60_000);
			await one.tick();
			expect(await client.get("i")).toMatchObject({ status: "completed", output: { soon: 1, late: 2, now: 0 } });
		});

		it("fails the instance with a branch, tells siblings to stop and refuses their results", async () => {
			const { runner, snapshot } = await makeWorld(open);
			let aborted = false;
			let begin = () => {};
			const begun = new Promise<void>((resolve) => {
				begin = resolve;
			});
			const torn = flow<number>("torn")
				.fork("f", {
					bad: (s) =>
						s.task("t", async (): Promise<number> => {
							await begun;
							throw new Error("broken");
						}),
					slow: (s) =>
						s.task(
							"t",
							(_, ctx) =>
								new Promise<number>((resolve) => {
									begin();
									ctx?.signal.addEventListener("abort", () => {
										aborted = true;
										resolve(1);
									});
								}),
						),
				})
				.join("j", (both) => both)
				.build();
			expect(await runner.run(torn, "i", 1)).toMatchObject({ status: "failed", failedPath: "f/bad/t" });
			expect(aborted).toBe(true);
			const { checkpoints, openNodes } = await snapshot("i");
			expect(checkpoints).toEqual([]);
			expect(openNodes.map(({ path, state }) => [path, state]).sort()).toEqual([
				["f/bad/t", "failed"],
				["f/slow/t", "cancelled"],
				["j", "cancelled"],
			]);
		});

		it("hands every outcome to the join when asked to settle all", async () => {
			const { runner } = await makeWorld(open);
			const tolerant = flow<number>("tolerant")
				.fork(
					"f",
					{
						bad: (s) =>
							s
								.task("one", (n) => n)
								.task("two", (): number => {
									throw new Error("broken");
								})
								.task("three", (n) => n),
						good: (s) => s.task("t", (n) => n + 1),
					},
					{ settle: "all" },
				)
				.join("j", ({ bad, good }) => ({ bad: bad.ok ? "?" : bad.error.message, good: good.ok ? good.value : "?" }))
				.build();
			expect(await runner.run(tolerant, "i", 1)).toEqual({ status: "completed", output: { bad: "broken", good: 2 } });
		});

		it("nests forks in forks", async () => {
			const { client, worker, clock } = await makeWorld(open);
			const nested = flow<number>("nested")
				.fork("outer", {
					left: (s) =>
						s
							.fork("inner", { x: (t) => t.delay("d", 10), y: (t) => t.task("y", (n) => n + 1) })
							.join("ij", ({ x, y }) => x + y),
					right: (s) => s.task("r", (n) => n),
				})
				.join("oj", ({ left, right }) => [left, right])
				.build();
			await client.start(nested, "i", 1);
			const one = worker([nested]);
			await one.tick();
			expect(await client.get("i")).toMatchObject({ status: "waiting" });
			clock.advance(10);
			await one.tick();
			expect(await client.get("i")).toMatchObject({ status: "completed", output: [3, 1] });
		});

		it("counts as done what a branch that failed as data left undone", async () => {
			const { runner, snapshot } = await makeWorld(open);
			const down = (): number => {
				throw new Error("down");
			};
			const tolerant = flow<number>("tolerant")
				.fork(
					"f",
					{ bad: (s) => s.task("a", down).task("b", (n) => n), good: (s) => s.task("t", (n) => n) },
					{ settle: "all" },
				)
				.join("j", () => 1)
				.build();
			expect(await runner.run(tolerant, "i", 1)).toMatchObject({ status: "completed" });
			const { progress } = (await snapshot("i")).instance;
			expect(progress.done).toBe(progress.total);
		});

		it("runs a fork with many more branches than a runner has slots to its end", async () => {
			const { runner } = await makeWorld(open);
			const branch: Body<number, number> = (b) => b.task("t", (n) => n);
			const wide = flow<number>("wide")
				.fork("f", Object.fromEntries(Array.from({ length: 350 }, (_, at) => [`b${at}`, branch])))
				.join("j", (all) => Object.keys(all).length)
				.build();
			expect(await runner.run(wide, "i", 1)).toEqual({ status: "completed", output: 350 });
		});

		it("spreads the branches of one instance over two workers", async () => {
			const { client, worker } = await makeWorld(open);
			const who = new Map<string, string>();
			const both = gate();
			const spread = flow<number>("spread")
				.fork("f", {
					a: (s) =>
						s.task("a", async (_, ctx) => {
							who.set("a", String(ctx?.path));
							if (who.size === 2) both.open();
							await both.opened;
							return 1;
						}),
					b: (s) =>
						s.task("b", async (_, ctx) => {
							who.set("b", String(ctx?.path));
							if (who.size === 2) both.open();
							await both.opened;
							return 2;
						}),
				})
				.join("j", (all) => all)
				.build();
			await client.start(spread, "i", 0);
			// One slot each: neither can run both branches, and each branch waits for the other to have begun.
			const [one, two] = [worker([spread], 1), worker([spread], 1)];
			await Promise.all([one.tick(), two.tick()]);
			await one.tick();
			expect(await client.get("i")).toMatchObject({ status: "completed", output: { a: 1, b: 2 } });
		});
	});
}
