import { describe, expect, it } from "vitest";
import { flow } from "../../core/builder/flow.ts";
import { gate, makeWorld, type OpenBackend, type World } from "./world.ts";

/** Defects that engines of this design have had with branches, each shown not to be here, on a worker. */
export function knownBranchDefects(open: OpenBackend): void {
	describe("known defects of branches that must not happen here", () => {
		const HOUR = 3_600_000;
		const ended = ({ client }: World) => client.get("i");

		it("a branch of a nested fork that parks does not abort its siblings", async () => {
			const world = await makeWorld(open);
			const nested = flow<number>("nested")
				.fork("outer", {
					a: (s) =>
						s
							.fork("inner", {
								nap: (t) => t.delay("d", "1h"),
								work: (t) => t.task("x", (n) => n + 1).task("y", (n) => n + 1),
							})
							.join("ij", ({ nap, work }) => nap + work),
					b: (s) => s.task("b", (n) => n),
				})
				.join("oj", (all) => all)
				.build();
			await world.client.start(nested, "i", 1);
			const worker = world.worker([nested]);
			await worker.tick();
			expect((await world.snapshot("i")).checkpoints.map(({ path }) => path).sort()).toEqual([
				"outer/a/inner/work/x",
				"outer/a/inner/work/y",
				"outer/b/b",
			]);
			world.clock.advance(HOUR);
			await worker.tick();
			expect(await ended(world)).toMatchObject({ status: "completed", output: { a: 4, b: 1 } });
		});

		it("a branch is not done when its first node is", async () => {
			const world = await makeWorld(open);
			const joined: unknown[] = [];
			const long = flow<number>("long")
				.fork("f", {
					one: (s) =>
						s
							.task("a", (n) => n)
							.delay("d", "1h")
							.task("z", () => "end"),
					two: (s) => s.task("a", (n) => n),
				})
				.join("j", (all) => {
					joined.push(all);
					return all;
				})
				.build();
			await world.client.start(long, "i", 1);
			const worker = world.worker([long]);
			await worker.tick();
			expect(joined).toEqual([]);
			world.clock.advance(HOUR);
			await worker.tick();
			expect(joined).toEqual([{ one: "end", two: 1 }]);
		});

		it("a fork does not sleep until the latest of its delays", async () => {
			const world = await makeWorld(open);
			const ran: string[] = [];
			const mark = (name: string) => (n: number) => {
				ran.push(name);
				return n;
			};
			const two = flow<number>("two")
				.fork("f", {
					soon: (s) => s.delay("d", "1m").task("t", mark("soon")),
					late: (s) => s.delay("d", "1h").task("t", mark("late")),
				})
				.join("j", () => 1)
				.build();
			await world.client.start(two, "i", 1);
			const worker = world.worker([two]);
			await worker.tick();
			world.clock.advance(60_000);
			await worker.tick();
			expect(ran).toEqual(["soon"]);
			expect(await ended(world)).toMatchObject({ status: "waiting" });
		});

		it.each(["pause", "cancel"] as const)("%s is looked at between the nodes of a branch", async (request) => {
			const world = await makeWorld(open);
			const reached = gate();
			const finish = gate();
			const ran: string[] = [];
			const branchy = flow<number>("branchy")
				.fork("f", {
					a: (s) =>
						s
							.task("one", async (n) => {
								reached.open();
								await finish.opened;
								return n;
							})
							.task("two", (n) => {
								ran.push("two");
								return n;
							}),
					b: (s) => s.task("b", (n) => n),
				})
				.join("j", () => 1)
				.build();
			await world.client.start(branchy, "i", 1);
			const ticking = world.worker([branchy]).tick();
			await reached.opened;
			await world.client[request]("i");
			finish.open();
			await ticking;
			expect(ran).toEqual([]);
			expect(await ended(world)).toMatchObject({ status: request === "pause" ? "paused" : "cancelled" });
		});

		it("a signal awaited in a branch is consumed", async () => {
			const world = await makeWorld(open);
			const asking = flow<number>("asking")
				.fork("f", {
					a: (s) => s.waitForSignal<string>("w", "go").task("t", (go) => `${go}!`),
					b: (s) => s.task("b", (n) => n),
				})
				.join("j", ({ a }) => a)
				.build();
			await world.client.start(asking, "i", 1);
			const worker = world.worker([asking]);
			await worker.tick();
			await world.client.sendSignal("i", "go", "yes");
			await worker.tick();
			expect(await ended(world)).toMatchObject({ status: "completed", output: "yes!" });
			expect((await world.snapshot("i")).signals).toMatchObject([{ consumedBy: "f/a/w" }]);
		});

		it("branch 2 does not get branch 1's output, nor the join the last branch's", async () => {
			const world = await makeWorld(open);
			const given: unknown[] = [];
			const take = (name: string) => (n: number) => {
				given.push(n);
				return `${name} of ${n}`;
			};
			const three = flow<number>("three")
				.fork("f", {
					a: (s) => s.task("t", take("a")),
					b: (s) => s.task("t", take("b")),
					c: (s) => s.task("t", take("c")),
				})
				.join("j", (all) => all)
				.build();
			await world.client.start(three, "i", 5);
			await world.worker([three], 1).tick();
			expect(given).toEqual([5, 5, 5]);
			expect(await ended(world)).toMatchObject({ output: { a: "a of 5", b: "b of 5", c: "c of 5" } });
		});
	});
}
