import { describe, expect, it } from "vitest";
import { flow } from "../../core/builder/flow.ts";
import { again, done } from "../../core/builder/loop-result.ts";
import { gate, makeWorld, type OpenBackend, type World } from "./world.ts";

/** Defects that engines of this design have had in what drives an instance, each shown not to be here. */
export function knownDriverDefects(open: OpenBackend): void {
	describe("known defects of drivers that must not happen here", () => {
		const HOUR = 3_600_000;
		const ended = ({ client }: World) => client.get("i");

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
