import { type Clock, PooledWorker, systemClock, WorkflowClient } from "@waymark/engine";
import Sqlite from "better-sqlite3";
import { describe, expect, it, onTestFinished } from "vitest";
import { openBackend } from "../open-backend.ts";
import { faultWorkflows } from "../testing/faults/workflows.mjs";
import { brokenInvariants } from "../testing/invariants.ts";
import { temporaryFile } from "../testing/temporary-folder.ts";
import { until } from "../testing/until.ts";

const DAY_MS = 86_400_000;

describe("a machine whose clock is set back by a day", () => {
	it("goes on with what is ready at once, and with what sleeps when its clock says so; nothing is lost", async () => {
		let offset = 0;
		const clock: Clock = { now: () => systemClock.now() + offset, monotonic: systemClock.monotonic };
		const file = temporaryFile();
		const backend = await openBackend(`file:${file}`, { clock });
		const workflows = Object.values(faultWorkflows(`${file}.ledger`));
		const worker = new PooledWorker(backend, {
			...{ workflows, clock, lease: "1s", poll: "50ms" },
			log: { info: () => undefined, warn: () => undefined, error: () => undefined },
		});
		onTestFinished(async () => {
			await worker.stop({ drain: 0 });
			await backend.close();
		});
		const client = new WorkflowClient(backend, { workflows });
		await client.start("chain", "before", 1);
		await client.start("delayed", "sleeping", 1);
		await worker.start();
		await client.result("before", { timeout: "10s" });
		await until(
			async () => (await client.get("sleeping")).status === "waiting",
			() => "it does not sleep",
		);
		offset = -DAY_MS;
		await client.start("chain", "after", 1);
		expect(await client.result("after", { timeout: "10s" })).toMatchObject({ status: "completed", output: 5 });
		expect((await client.get("sleeping")).status).toBe("waiting");
		offset = 0;
		expect(await client.result("sleeping", { timeout: "10s" })).toMatchObject({ status: "completed", output: 3 });
		const handle = new Sqlite(file, { readonly: true });
		expect(await brokenInvariants((text) => handle.prepare(text).all())).toEqual([]);
		handle.close();
	}, 30_000);
});
