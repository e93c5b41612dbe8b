import { describe, expect, it } from "vitest";
import { flow } from "../../core/builder/flow.ts";
import type { LoopResult } from "../../core/builder/loop-result.ts";
import { NonRetryableError } from "../../core/errors.ts";
import { makeWorld, type OpenBackend } from "./world.ts";

export function retrySemantics(open: OpenBackend): void {
	describe("retries", () => {
		const flaky = (failures: number, seen: number[] = []) =>
			flow<number>("flaky")
				.task(
					"t",
					(n, ctx) => {
						seen.push(ctx?.attempt ?? 0);
						if (seen.length <= failures) throw new Error(`failure ${seen.length}`);
						return n;
					},
					{ retry: { maxAttempts: 4, initialDelay: "1s", multiplier: 3, maxDelay: "5s" } },
				)
				.build();

		it("backs off by the policy, durably, and keeps every failed attempt", async () => {
			const { client, worker, clock, snapshot } = await makeWorld(open);
			const seen: number[] = [];
			const workflow = flaky(3, seen);
			await client.start(workflow, "i", 7);
			const one = worker([workflow]);
			const begun = clock.now();
			for (const delay of [1_000, 3_000, 5_000]) {
				await one.tick();
				expect(await client.get("i")).toMatchObject({ status: "waiting", wakeAt: clock.now() + delay });
				clock.advance(delay - 1);
				await one.tick();
				expect((await snapshot("i")).openNodes).toMatchObject([{ state: "retrying" }]);
				clock.advance(1);
			}
			await one.tick();
			expect(await client.get("i")).toMatchObject({ status: "completed", output: 7 });
			expect(seen).toEqual([1, 2, 3, 4]);
			const { attempts, checkpoints } = await snapshot("i");
			expect(attempts.map(({ attempt, error, nextAttemptAt }) => [attempt, error?.message, nextAttemptAt])).toEqual([
				[1, "failure 1", begun + 1_000],
				[2, "failure 2", begun + 4_000],
				[3, "failure 3", begun + 9_000],
			]);
			expect(checkpoints).toMatchObject([{ path: "t", attempt: 4 }]);
		});

		it("goes on after another process took over in the middle of a backoff", async () => {
			const { client, worker, clock } = await makeWorld(open);
			const seen: number[] = [];
			const workflow = flaky(1, seen);
			await client.start(workflow, "i", 7);
			await worker([workflow]).tick();
			clock.advance(1_000);
			await worker([workflow]).tick();
			expect(await client.get("i")).toMatchObject({ status: "completed", output: 7 });
			expect(seen).toEqual([1, 2]);
		});

		it("fails for good after maxAttempts, the first included", async () => {
			const { client, worker, clock, snapshot } = await makeWorld(open);
			const workflow = flaky(99);
			await client.start(workflow, "i", 7);
			const one = worker([workflow]);
			for (let tick = 0; tick < 6; tick += 1) {
				await one.tick();
				clock.advance(60_000);
			}
			expect(await client.get("i")).toMatchObject({ status: "failed", error: { message: "failure 4" } });
			expect((await snapshot("i")).attempts).toHaveLength(4);
		});

		it("does not repeat what says it cannot be repeated", async () => {
			const { client, worker } = await makeWorld(open);
			const final = flow<number>("final")
				.task(
					"t",
					(): number => {
						throw new NonRetryableError("card stolen");
					},
					{ retry: { maxAttempts: 5 } },
				)
				.build();
			await client.start(final, "i", 7);
			await worker([final]).tick();
			expect(await client.get("i")).toMatchObject({
				status: "failed",
				error: { code: "NonRetryable", message: "card stolen" },
			});
		});

		it("turns a final failure into data when the task says so", async () => {
			const { client, worker, snapshot } = await makeWorld(open);
			const saga = flow<number>("saga")
				.task(
					"t",
					(): number => {
						throw new Error("no stock");
					},
					{ onFailure: "value" },
				)
				.task("decide", (outcome) => (outcome.ok ? "sold" : outcome.error.message))
				.build();
			await client.start(saga, "i", 7);
			await worker([saga]).tick();
			expect(await client.get("i")).toMatchObject({ status: "completed", output: "no stock" });
			expect((await snapshot("i")).attempts).toMatchObject([{ path: "t", outcome: "failed" }]);
		});

		it("keeps the attempt's own failure when a loop cannot take it as data", async () => {
			const { client, worker, snapshot } = await makeWorld(open);
			const refuses = (): LoopResult<number, number> => {
				throw new Error("no stock");
			};
			const looped = flow<number>("looped")
				// The types do not allow it, plain JavaScript does: a body that ends with a failure, which is no verdict.
				.loop("l", (b) => b.task("t", refuses, { onFailure: "value" as never }), { maxIterations: 3 })
				.build();
			await client.start(looped, "i", 7);
			await worker([looped]).tick();
			const failure = { code: "LoopResult", cause: { message: "no stock" } };
			expect(await client.get("i")).toMatchObject({ status: "failed", error: failure });
			expect((await snapshot("i")).attempts).toMatchObject([{ path: "l[0]/t", outcome: "failed", error: failure }]);
		});

		it("retries a failed instance from its failed node with every checkpoint kept", async () => {
			const { client, worker, snapshot } = await makeWorld(open);
			let broken = true;
			let first = 0;
			const keys = new Set<string>();
			const fixed = flow<number>("fixed")
				.task("a", () => ++first)
				.fork("f", {
					bad: (b) =>
						b.task("t", (n, ctx) => {
							keys.add(String(ctx?.idempotencyKey));
							if (broken) throw new Error("down");
							return n;
						}),
					wait: (b) => b.waitForSignal<number>("w", "s"),
				})
				.join("j", ({ bad, wait }) => bad + wait)
				.build();
			await client.start(fixed, "i", 0);
			const one = worker([fixed]);
			await one.tick();
			expect(await client.get("i")).toMatchObject({ status: "failed", failedPath: "f/bad/t" });
			const { runId } = (await snapshot("i")).instance;
			broken = false;
			expect(await client.retry("i", { by: "mira", reason: "fixed it" })).toMatchObject({ changed: true });
			await one.tick();
			expect(await client.get("i")).toMatchObject({ status: "awaiting_signal" });
			await client.sendSignal("i", "s", 41);
			await one.tick();
			expect(await client.get("i")).toMatchObject({ status: "completed", output: 42 });
			const after = await snapshot("i");
			expect(after.instance).toMatchObject({ runId, error: null, failedPath: null });
			expect(after.controlRequests).toMatchObject([
				{ kind: "retry", by: "mira", reason: "fixed it", result: "applied" },
			]);
			expect([first, keys.size]).toEqual([1, 1]);
			await expect(client.retry("i")).rejects.toMatchObject({ code: "InstanceFinished" });
		});
	});

	describe("timeouts", () => {
		it("fails a task over its timeout with its id and 'timed out', and aborts it, also in a branch", async () => {
			const { runner, snapshot } = await makeWorld(open);
			const reasons: unknown[] = [];
			const hang = flow<number>("hang")
				.fork("f", {
					slow: (b) =>
						b.task(
							"slow",
							(_, ctx) =>
								new Promise<number>((resolve) => {
									ctx?.signal.addEventListener("abort", () => {
										reasons.push(ctx.signal.reason?.code);
										resolve(1);
									});
								}),
							{ timeout: 5 },
						),
					ok: (b) => b.task("ok", (n) => n),
				})
				.join("j", (all) => all)
				.build();
			const state = await runner.run(hang, "i", 1);
			expect(state).toMatchObject({ status: "failed", error: { code: "TaskTimedOut" } });
			expect(state.status === "failed" && state.error.message).toMatch(/"f\/slow\/slow" timed out/);
			expect(reasons).toEqual(["TaskTimedOut"]);
			expect((await snapshot("i")).attempts).toMatchObject([{ outcome: "timed_out" }]);
		});

		it("takes a task that falls silent as hung", async () => {
			const { runner, snapshot } = await makeWorld(open);
			const silent = flow<number>("silent")
				.task("t", (_, ctx) => new Promise((resolve) => ctx.signal.addEventListener("abort", resolve)), {
					heartbeatTimeout: 5,
				})
				.build();
			expect(await runner.run(silent, "i", 1)).toMatchObject({
				status: "failed",
				error: { code: "TaskTimedOut", message: expect.stringContaining("sent no heartbeat for 5 ms") },
			});
			expect((await snapshot("i")).attempts).toMatchObject([{ outcome: "timed_out" }]);
		});

		it("answers a timeout although the task ignores its abort", async () => {
			const { runner } = await makeWorld(open);
			const deaf = flow<number>("deaf")
				.task("t", () => new Promise<number>(() => undefined), { timeout: 5 })
				.build();
			expect(await runner.run(deaf, "i", 1)).toMatchObject({ status: "failed", error: { code: "TaskTimedOut" } });
		});

		it("does not wait in a runner for a backoff that only others can end", async () => {
			const { client, runner, worker } = await makeWorld(open);
			const down = (): number => {
				throw new Error("down");
			};
			const tagged = flow<number>("tagged")
				.task("t", down, { tags: ["gpu"], retry: { maxAttempts: 2, initialDelay: "1h" } })
				.build();
			await client.start(tagged, "i", 1);
			await worker([tagged], 1, ["gpu"]).tick();
			expect(await runner.resume(tagged, "i")).toMatchObject({ status: "waiting" });
		});

		it("lets a task within its timeout succeed", async () => {
			const { runner } = await makeWorld(open);
			const quick = flow<number>("quick")
				.task("t", async (n) => n, { timeout: "10s" })
				.build();
			expect(await runner.run(quick, "i", 1)).toEqual({ status: "completed", output: 1 });
		});

		it("counts a timeout as an attempt", async () => {
			const { client, worker, clock } = await makeWorld(open);
			let attempts = 0;
			const second = flow<number>("second")
				.task(
					"t",
					(n, ctx) => {
						attempts += 1;
						if (attempts === 2) return n;
						return new Promise<number>((_, reject) =>
							ctx?.signal.addEventListener("abort", () => reject(new Error("stopped"))),
						);
					},
					{ timeout: 5, retry: { maxAttempts: 2, initialDelay: 10 } },
				)
				.build();
			await client.start(second, "i", 3);
			const one = worker([second]);
			await one.tick();
			clock.advance(10);
			await one.tick();
			expect(await client.get("i")).toMatchObject({ status: "completed", output: 3 });
		});
	});
}
