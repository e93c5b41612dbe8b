import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { EngineStand } from "./stand/engine-stand.ts";

const LANES = ["a", "b", "c"];
const OUTPUT = { start: true, a: "after", b: "after", c: "after" };

/** The work of one whole run of `lanes`: every task once. */
const WORK = [
	...LANES.flatMap((lane) => [`before`, `held`, `after`].map((id) => `lanes/${lane}/${id}`)),
	"merge",
].sort();

const pathsOf = (lines: readonly string[], instanceId: string) =>
	lines.filter((line) => line.startsWith(`${instanceId} `)).map((line) => line.split(" ")[1] ?? "");

describe("a worker process that is killed with SIGKILL in the middle of a fork", () => {
	let stand: EngineStand;
	beforeEach(async () => {
		stand = await EngineStand.open();
	});
	afterEach(() => stand.close());

	const openAll = (instanceId: string) => {
		for (const lane of LANES) stand.openGate(instanceId, `lanes/${lane}/held`);
	};
	const waitForHeld = (instanceId: string, lanes: readonly string[]) =>
		expect
			.poll(() => stand.running(instanceId), { timeout: 20_000, interval: 50 })
			.toEqual(lanes.map((lane) => `lanes/${lane}/held`));
	const resultOf = async (instanceId: string) => {
		const { status, output } = { output: undefined, ...(await stand.client.result(instanceId, { timeout: "40s" })) };
		return { status, output };
	};

	it("is followed by one that goes on, with the output and the work of an uninterrupted run", async () => {
		await stand.startWorker();
		await stand.client.start("lanes", "whole", { start: true });
		openAll("whole");
		const whole = await resultOf("whole");
		expect(whole).toEqual({ status: "completed", output: OUTPUT });

		await stand.client.start("lanes", "broken", { start: true });
		stand.openGate("broken", "lanes/a/held");
		await waitForHeld("broken", ["b", "c"]);
		await expect.poll(() => stand.recorded("broken"), { timeout: 10_000 }).toContain("lanes/a/after");
		await stand.killWorker("broken");
		await stand.startWorker();
		await waitForHeld("broken", ["b", "c"]);
		openAll("broken");
		expect(await resultOf("broken")).toEqual(whole);

		const wholeWork = pathsOf(stand.ledger(), "whole").sort();
		expect(wholeWork).toEqual(WORK);
		// What was checkpointed before the crash was not done again, and what ran was done once more, after it.
		expect(pathsOf(stand.ledger(), "broken").sort()).toEqual(wholeWork);
	});

	it("leaves the lost attempts in the history, and nothing stuck", async () => {
		await stand.startWorker();
		const { instance } = await stand.client.start("lanes", "lost", { start: true });
		await waitForHeld("lost", LANES);
		await stand.killWorker("lost");
		await stand.startWorker();
		await waitForHeld("lost", LANES);
		openAll("lost");
		expect(await resultOf("lost")).toEqual({ status: "completed", output: OUTPUT });
		const snapshot = await stand.backend.getSnapshot(instance.runId, 0);
		expect(snapshot?.attempts.map(({ path, attempt, outcome }) => [path, attempt, outcome]).sort()).toEqual(
			LANES.map((lane) => [`lanes/${lane}/held`, 1, "lost"]),
		);
		expect(snapshot?.checkpoints.find(({ path }) => path === "lanes/a/held")?.attempt).toBe(2);
		expect(await stand.backend.listOrphans()).toEqual([]);
	});
});
