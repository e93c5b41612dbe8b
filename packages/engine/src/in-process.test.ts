import { describe, expect, it } from "vitest";
import { flow } from "./core/builder/flow.ts";
import { runInProcess } from "./in-process.ts";

describe("runInProcess", () => {
	const workflow = flow<number>("quick")
		.task("t", (n) => n + 1)
		.delay("nap", "30d")
		.waitForSignal<number>("ask", "more", { timeout: "48h" })
		.task("sum", (answer) => (answer.received ? answer.payload : -1))
		.build();

	it("parks like any other run", async () => {
		expect(await runInProcess(workflow, 1)).toMatchObject({ status: "waiting", waits: [{ path: "nap" }] });
	});

	it("skips time when asked to, and finds the signals that it was given", async () => {
		expect(await runInProcess(workflow, 1, { skipTime: true, signals: { more: [7] } })).toEqual({
			status: "completed",
			output: 7,
		});
	});

	it("lets a wait time out when nothing comes", async () => {
		expect(await runInProcess(workflow, 1, { skipTime: true })).toEqual({ status: "completed", output: -1 });
	});

	it("does not sit out a backoff when time is skipped", async () => {
		let attempts = 0;
		const flaky = flow<number>("flaky")
			.task(
				"t",
				(n) => {
					attempts += 1;
					if (attempts < 3) throw new Error("not yet");
					return n;
				},
				{ retry: { maxAttempts: 3, initialDelay: "1h" } },
			)
			.build();
		expect(await runInProcess(flaky, 5, { skipTime: true })).toEqual({ status: "completed", output: 5 });
	});
});
