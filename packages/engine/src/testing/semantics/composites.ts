import { describe, expect, it } from "vitest";
import { flow } from "../../core/builder/flow.ts";
import { again, done } from "../../core/builder/loop-result.ts";
import { makeWorld, type OpenBackend } from "./world.ts";

export function compositeSemantics(open: OpenBackend): void {
	describe("routes", () => {
		it("chooses once, records the choice, and yields { case, value }", async () => {
			const { client, worker, clock, snapshot } = await makeWorld(open);
			let chosen = 0;
			const routed = flow<number>("routed")
				.route(
					"r",
					(n): "big" | "small" => {
						chosen += 1;
						return n > 9 ? "big" : "small";
					},
					{
						big: (b) => b.delay("nap", "1h").task("grow", (n) => n * 10),
						small: (b) => b,
					},
				)
				.build();
			await client.start(routed, "i", 10);
			const one = worker([routed]);
			await one.tick();
			expect((await snapshot("i")).checkpoints).toMatchObject([{ path: "r.key", output: "case:big|~none" }]);
			clock.advance(3_600_000);
			await worker([routed]).tick();
			expect(await client.get("i")).toMatchObject({ status: "completed", output: { case: "big", value: 100 } });
			expect(chosen).toBe(1);
			await client.start(routed, "j", 1);
			await one.tick();
			expect(await client.get("j")).toMatchObject({ output: { case: "small", value: 1 } });
		});

		it("fails clearly at an unknown key, unless there is a default", async () => {
			const { runner } = await makeWorld(open);
			const strict = flow<string>("strict")
				.route("r", (key) => key as "a", { a: (b) => b })
				.build();
			expect(await runner.run(strict, "i", "b")).toMatchObject({
				status: "failed",
				error: { code: "UnknownRouteKey" },
			});
			const loose = flow<string>("loose")
				.route("r", (key) => key, { a: (b) => b, default: (b) => b.task("t", () => "other") })
				.build();
			expect(await runner.run(loose, "j", "b")).toMatchObject({ output: { case: "default", value: "other" } });
		});
	});

	describe("loops", () => {
		const counting = flow<number>("counting")
			.loop("l", (b) => b.task("add", (n) => n + 1).task("check", (n) => (n >= 3 ? done(`at ${n}`) : again(n))), {
				maxIterations: 10,
				onMax: "fail",
			})
			.task("end", (text) => text.toUpperCase())
			.build();

		it("hands each iteration the value of the one before and records every one", async () => {
			const { runner, snapshot } = await makeWorld(open);
			expect(await runner.run(counting, "i", 0)).toEqual({ status: "completed", output: "AT 3" });
			expect((await snapshot("i")).checkpoints.map(({ path }) => path).sort()).toEqual(
				["l[0]/add", "l[0]/check", "l[1]/add", "l[1]/check", "l[2]/add", "l[2]/check", "l", "end"].sort(),
			);
		});

		it("parks and signals inside its body", async () => {
			const { client, worker, clock } = await makeWorld(open);
			const polling = flow<number>("polling")
				.loop(
					"l",
					(b) =>
						b
							.delay("nap", "1m")
							.waitForSignal<number>("ask", "more")
							.task("check", (n) => (n > 1 ? done(n) : again(n))),
					{ maxIterations: 5, onMax: "fail" },
				)
				.build();
			await client.start(polling, "i", 0);
			const one = worker([polling]);
			for (const value of [0, 1, 2]) {
				await one.tick();
				clock.advance(60_000);
				await one.tick();
				await client.sendSignal("i", "more", value);
				await one.tick();
			}
			expect(await client.get("i")).toMatchObject({ status: "completed", output: 2 });
		});

		it("ends at its limit as it was told to", async () => {
			const { runner } = await makeWorld(open);
			const endless = (onMax: "fail" | "exitWithLast") =>
				flow<number>("endless")
					.loop("l", (b) => b.task("t", (n) => again(n + 1)), { maxIterations: 3, onMax })
					.build();
			expect(await runner.run(endless("fail"), "i", 0)).toMatchObject({
				status: "failed",
				error: { code: "LoopLimit" },
			});
			expect(await runner.run(endless("exitWithLast"), "j", 0)).toEqual({ status: "completed", output: 3 });
		});
	});

	describe("children", () => {
		it("run inside the instance under their own path, and may end in a park", async () => {
			const { client, worker, clock, snapshot } = await makeWorld(open);
			const kid = flow<number>("kid")
				.task("t", (n) => n + 1)
				.delay("nap", "1m")
				.build();
			const parent = flow<number>("parent")
				.child("k", kid)
				.task("t", (n) => n * 2)
				.build();
			await client.start(parent, "i", 1);
			const one = worker([parent]);
			await one.tick();
			expect(await client.get("i")).toMatchObject({ status: "waiting", waits: [{ path: "k/nap" }] });
			clock.advance(60_000);
			await one.tick();
			expect(await client.get("i")).toMatchObject({ status: "completed", output: 4 });
			expect((await snapshot("i")).checkpoints.map(({ path }) => path).sort()).toEqual(
				["k/t", "k/nap", "k", "t"].sort(),
			);
		});
	});
}
