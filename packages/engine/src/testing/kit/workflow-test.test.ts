import { describe, expect, it } from "vitest";
import { flow } from "../../core/builder/flow.ts";
import { FakeClock } from "../fake-clock.ts";
import { WorkflowTest } from "./workflow-test.ts";

describe("WorkflowTest", () => {
	it("lets each timer fire at its own time when much time passes at once", async () => {
		const clock = new FakeClock();
		const began = clock.now();
		const woken: [string, number][] = [];
		const workflow = flow<number>("timers")
			.fork("f", {
				late: (b) => b.delay("d", "2d").task("t", () => woken.push(["late", clock.now() - began])),
				early: (b) => b.delay("d", "1h").task("t", () => woken.push(["early", clock.now() - began])),
			})
			.join("j", () => woken.length)
			.build();
		const test = new WorkflowTest(workflow, { clock });
		await test.start(1);
		expect(await test.advance("36500d")).toEqual({ status: "completed", output: 2 });
		expect(woken).toEqual([
			["early", 3_600_000],
			["late", 2 * 86_400_000],
		]);
	});

	it("waits for user code that takes real time", async () => {
		const workflow = flow<number>("real")
			.task("t", (n) => new Promise<number>((resolve) => setTimeout(() => resolve(n + 1), 30)))
			.delay("d", "1h")
			.build();
		const test = new WorkflowTest(workflow);
		expect(await test.start(1)).toMatchObject({ status: "in_progress" });
		expect(await test.untilParked()).toEqual({ status: "completed", output: 2 });
	});

	it("keeps a hanging task's lease through hours, until its timeout", async () => {
		const workflow = flow<number>("hangs")
			.task("t", () => new Promise<number>(() => undefined), { timeout: "5h" })
			.build();
		const test = new WorkflowTest(workflow);
		await test.start(1);
		expect(await test.advance("4h")).toMatchObject({ status: "in_progress" });
		expect(await test.advance("1h")).toMatchObject({ status: "failed", error: { code: "TaskTimedOut" } });
		expect((await test.snapshot()).attempts).toMatchObject([{ attempt: 1, outcome: "timed_out" }]);
	});

	it("stops where only an operator can go on, and goes on from there", async () => {
		const workflow = flow<number>("paused")
			.delay("d", "1h")
			.task("t", (n) => n)
			.build();
		const test = new WorkflowTest(workflow);
		await test.start(3);
		await test.client.pause("test");
		expect(await test.untilParked()).toMatchObject({ status: "paused" });
		await test.client.unpause("test");
		expect(await test.untilParked()).toEqual({ status: "completed", output: 3 });
	});
});
