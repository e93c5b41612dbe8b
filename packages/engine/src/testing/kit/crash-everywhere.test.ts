import { describe, expect, it } from "vitest";
import { flow } from "../../core/builder/flow.ts";
import { again, done } from "../../core/builder/loop-result.ts";
import { CrashDifferenceError, crashAtEveryCheckpoint } from "./crash-everywhere.ts";

describe("crashAtEveryCheckpoint", () => {
	it("finds the same end through retries, a wait, a route, a loop and a child", async () => {
		const inner = flow<number>("inner")
			.task("twice", (n) => n * 2)
			.build();
		const workflow = flow<number>("whole")
			.task(
				"flaky",
				(n, { attempt }) => {
					if (attempt === 1) throw new Error("not yet");
					return n;
				},
				{ retry: { maxAttempts: 5 } },
			)
			.waitForSignal<number>("ask", "s")
			.route("which", (n) => (n > 1 ? "big" : "small"), {
				big: (b) => b.child("inner", inner),
				small: (b) => b.task("s", (n) => n),
			})
			.loop(
				"count",
				(b) =>
					b.task("up", ({ value }) => (value > 5 ? done(value) : again({ case: "small" as const, value: value + 1 }))),
				{
					maxIterations: 9,
				},
			)
			.build();
		const report = await crashAtEveryCheckpoint(workflow, 1, { signals: { s: [2] } });
		// flaky twice, ask, the key, the child's task, three rounds: each before and after.
		expect(report).toEqual({ state: { status: "completed", output: 6 }, crashes: 16 });
	});

	it("says at which checkpoint a task that cannot bear a crash was killed", async () => {
		let calls = 0;
		const workflow = flow<number>("careless")
			.task("fine", (n) => n)
			.task("counts", () => {
				calls += 1;
				return calls;
			})
			.build();
		const reset = () => {
			calls = 0;
		};
		const crashing = crashAtEveryCheckpoint(workflow, 1, { reset });
		await expect(crashing).rejects.toThrow(CrashDifferenceError);
		await expect(crashing).rejects.toMatchObject({ moment: { settle: 2, side: "before" } });
	});

	it("counts a crash against a limit of one attempt", async () => {
		const workflow = flow<number>("once")
			.task("t", (n) => n, { retry: { maxAttempts: 1 } })
			.build();
		await expect(crashAtEveryCheckpoint(workflow, 1)).rejects.toThrow(/allow it another attempt/);
	});
});
