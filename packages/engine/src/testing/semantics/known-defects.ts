import { describe, expect, it } from "vitest";
import { flow } from "../../core/builder/flow.ts";
import { again, done } from "../../core/builder/loop-result.ts";
import { gate, makeWorld, type OpenBackend, type World } from "./world.ts";

/** Defects that engines of this design have had, each shown not to be here, on a worker. */
export function knownDefects(open: OpenBackend): void {
	describe("known defects that must not happen here", () => {
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

		it("a delay or a signal as the last node of a child does not complete the parent", async () => {
			const world = await makeWorld(open);
			const napping = flow<number>("napping").delay("nap", "1h").build();
			const asking = flow<number>("asking").waitForSignal<number>("ask", "go").build();
			const parent = flow<number>("parent")
				.child("one", napping)
				.child("two", asking)
				.task("t", (n) => n + 1)
				.build();
			await world.client.start(parent, "i", 1);
			const worker = world.worker([parent]);
			await worker.tick();
			world.clock.advance(HOUR);
			await worker.tick();
			expect(await ended(world)).toMatchObject({ status: "awaiting_signal", waits: [{ path: "two/ask" }] });
			await world.client.sendSignal("i", "go", 41);
			await worker.tick();
			expect(await ended(world)).toMatchObject({ status: "completed", output: 42 });
		});

		it("a loop resumed after a crash does not get the loop's first input", async () => {
			const world = await makeWorld(open);
			const given: number[] = [];
			const died = gate();
			const looped = flow<number>("looped")
				.loop(
					"l",
					(s) =>
						s.task("t", (n) => {
							given.push(n);
							if (n === 12 && given.length === 3) {
								died.open();
								return new Promise<never>(() => undefined);
							}
							return n === 13 ? done(n) : again(n + 1);
						}),
					{ maxIterations: 9, onMax: "fail" },
				)
				.build();
			await world.client.start(looped, "i", 10);
			void world.worker([looped]).tick();
			await died.opened;
			world.clock.advance(16_000);
			await world.worker([looped]).tick();
			expect(given).toEqual([10, 11, 12, 12, 13]);
		});

		it("a signal is not consumed before the state that follows from it is saved", async () => {
			const world = await makeWorld(open);
			const asking = flow<number>("asking")
				.waitForSignal<number>("w", "go")
				.task("t", (n) => n)
				.build();
			await world.client.start(asking, "i", 1);
			await world.worker([asking]).tick();
			await world.client.sendSignal("i", "go", 7);
			const owner = "dies-before-it-settles";
			await world.backend.registerWorker({ workerId: owner, name: owner, slots: 1, leaseMs: 15_000 });
			const claim = { owner, slots: 1, definitions: [asking.definitionHash], tags: [], runId: null };
			expect((await world.backend.claim(claim)).grants).toMatchObject([{ path: "w" }]);
			expect((await world.snapshot("i")).signals).toMatchObject([{ reservedFor: "w", consumedBy: null }]);
			world.clock.advance(16_000);
			await world.worker([asking]).tick();
			expect(await ended(world)).toMatchObject({ status: "completed", output: 7 });
		});

		it("a failure does not throw away checkpoints and position", async () => {
			const world = await makeWorld(open);
			const broken = flow<number>("broken")
				.task("a", (n) => n)
				.fork("f", {
					bad: (s) =>
						s.task("t", (): number => {
							throw new Error("x");
						}),
					nap: (s) => s.delay("d", "1h"),
				})
				.join("j", () => 1)
				.build();
			await world.client.start(broken, "i", 1);
			await world.worker([broken]).tick();
			const { checkpoints, openNodes } = await world.snapshot("i");
			expect(checkpoints.map(({ path }) => path)).toEqual(["a"]);
			expect(openNodes.map(({ path }) => path).sort()).toEqual(["f/bad/t", "f/nap/d", "j"]);
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

		it("route, loop and child do not stick on a worker", async () => {
			const world = await makeWorld(open);
			const kid = flow<number>("kid")
				.task("t", (n) => n + 1)
				.build();
			const all = flow<number>("all")
				.route("r", (n): "odd" | "even" => (n % 2 === 1 ? "odd" : "even"), {
					odd: (s) => s.task("t", (n) => n * 10),
					even: (s) => s,
				})
				.task("open", ({ value }) => value)
				.loop("l", (s) => s.task("t", (n) => (n > 12 ? done(n) : again(n + 1))), { maxIterations: 9, onMax: "fail" })
				.child("k", kid)
				.build();
			await world.client.start(all, "i", 1);
			await world.worker([all], 1).tick();
			expect(await ended(world)).toMatchObject({ status: "completed", output: 14 });
		});

		it.each(["pause", "cancel"] as const)("%s of an idle instance does not wedge it", async (request) => {
			const world = await makeWorld(open);
			const idle = flow<number>("idle").waitForSignal<number>("w", "go").build();
			await world.client.start(idle, "i", 1);
			const worker = world.worker([idle]);
			await worker.tick();
			expect(await world.client[request]("i")).toMatchObject({ changed: true, inFlight: [] });
			if (request === "cancel") {
				expect(await ended(world)).toMatchObject({ status: "cancelled" });
				return;
			}
			await world.client.unpause("i");
			await world.client.sendSignal("i", "go", 3);
			await worker.tick();
			expect(await ended(world)).toMatchObject({ status: "completed", output: 3 });
		});

		it("a signal's timeout fires", async () => {
			const world = await makeWorld(open);
			const patient = flow<number>("patient")
				.waitForSignal<number>("w", "go", { timeout: "1h" })
				.task("t", (got) => got.received)
				.build();
			await world.client.start(patient, "i", 1);
			const worker = world.worker([patient]);
			await worker.tick();
			world.clock.advance(HOUR);
			await worker.tick();
			expect(await ended(world)).toMatchObject({ status: "completed", output: false });
		});

		it("one blocked instance does not stop the poll", async () => {
			const world = await makeWorld(open);
			const other = flow<number>("other")
				.task("t", (n) => n)
				.build();
			const mine = flow<number>("mine")
				.task("t", (n) => n)
				.build();
			await world.client.start(other, "unknown", 1);
			await world.client.start(mine, "paused", 1);
			await world.client.pause("paused");
			await world.client.start(mine, "i", 1);
			await world.worker([mine], 1).tick();
			expect(await ended(world)).toMatchObject({ status: "completed" });
		});

		it("a crash between the last checkpoint and completion cannot leave it stuck: they are one commit", async () => {
			const world = await makeWorld(open);
			const short = flow<number>("short")
				.task("t", (n) => n)
				.build();
			const seen: string[] = [];
			await world.client.start(short, "i", 1);
			const settle = world.backend.settle.bind(world.backend);
			world.backend.settle = async (command) => {
				const answer = await settle(command);
				const { instance, checkpoints } = await world.snapshot("i");
				seen.push(`${checkpoints.length} ${instance.status}`);
				return answer;
			};
			await world.worker([short]).tick();
			expect(seen).toEqual(["1 completed"]);
			expect(await world.backend.listOrphans()).toEqual([]);
		});

		it("two workflows with equal task ids do not call each other's function", async () => {
			const world = await makeWorld(open);
			const a = flow<number>("a")
				.task("same", () => "a")
				.build();
			const b = flow<number>("b")
				.task("same", () => "b")
				.build();
			await world.client.start(b, "i", 1);
			await world.worker([a, b]).tick();
			expect(await ended(world)).toMatchObject({ output: "b" });
		});

		it("run() does not overwrite a running instance", async () => {
			const world = await makeWorld(open);
			const asking = flow<string>("asking").waitForSignal<string>("w", "go").build();
			await world.runner.run(asking, "i", "first");
			const before = await world.snapshot("i");
			await expect(world.runner.run(asking, "i", "second")).rejects.toMatchObject({ code: "InstanceExists" });
			expect((await world.snapshot("i")).instance).toEqual(before.instance);
		});

		it("async tasks are welcome", async () => {
			const world = await makeWorld(open);
			const slow = flow<number>("slow")
				.task("t", async (n) => {
					await new Promise((resolve) => setImmediate(resolve));
					return n + 1;
				})
				.build();
			expect(await world.runner.run(slow, "i", 1)).toEqual({ status: "completed", output: 2 });
		});
	});
}
