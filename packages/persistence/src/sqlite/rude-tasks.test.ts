import { writeFileSync } from "node:fs";
import { WorkflowClient } from "@waymark/engine";
import { describe, expect, it } from "vitest";
import { FaultStage } from "../testing/faults/fault-stage.ts";
import { rudeWorkflows } from "../testing/faults/rude-workflows.mjs";
import { WorkerProgram } from "../testing/faults/worker-program.ts";
import { brokenInvariants } from "../testing/invariants.ts";
import { temporaryFile } from "../testing/temporary-folder.ts";

async function staged() {
	const stage = await FaultStage.open(`file:${temporaryFile()}`);
	await stage.forbidRewriting();
	const until = `${stage.ledger}.until`;
	const client = new WorkflowClient(stage.backend, { workflows: Object.values(rudeWorkflows(until)) });
	const launch = (lease: number) =>
		WorkerProgram.start({ url: stage.url, ledger: stage.ledger, name: `lease-${lease}`, slots: 1, lease });
	const secondAttempt = async (id: string) => {
		expect(await client.result(id, { timeout: "30s" })).toMatchObject({ status: "completed", output: 2 });
		expect(await stage.query("SELECT path, attempt, outcome FROM attempt")).toEqual([
			{ path: "t", attempt: 1, outcome: "lost" },
		]);
		expect(await brokenInvariants(stage.query)).toEqual([]);
		expect(await stage.backend.listOrphans()).toEqual([]);
	};
	return { client, launch, secondAttempt, until };
}

describe("a task that blocks the event loop for more than its lease", () => {
	it("loses it: that is reported, its result is refused, the second attempt wins, and its worker works on", async () => {
		const { client, launch, secondAttempt, until } = await staged();
		const blocked = await launch(1_000);
		await client.start("blocking", "i", null);
		await launch(20_000);
		await secondAttempt("i");
		writeFileSync(until, "");
		await blocked.says(/^fenced t/);
		await blocked.says(/leases lost/);
		expect(blocked.isAlive).toBe(true);
	}, 120_000);
});

describe("a task that ends its process", () => {
	for (const [name, code] of [
		["exiting", 0],
		["throwing", 1],
		["rejecting", 1],
	] as const) {
		it(`by ${name} is an attempt that was lost, and another process makes the next`, async () => {
			const { client, launch, secondAttempt } = await staged();
			const victim = await launch(1_000);
			await client.start(name, "i", null);
			expect(await victim.ended).toEqual({ code, signal: null });
			await launch(20_000);
			await secondAttempt("i");
		}, 120_000);
	}
});
