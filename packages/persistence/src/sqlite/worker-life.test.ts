import { describe, expect, it } from "vitest";
import { FaultStage } from "../testing/faults/fault-stage.ts";
import { WorkerProgram } from "../testing/faults/worker-program.ts";
import { temporaryFile } from "../testing/temporary-folder.ts";
import { until } from "../testing/until.ts";

/** Long enough that nothing here is explained by its expiry. */
const LEASE_MS = 60_000;

async function busyWorker(pace: number) {
	const stage = await FaultStage.open(`file:${temporaryFile()}`);
	const { url, ledger } = stage;
	const program = await WorkerProgram.start({ url, ledger, pace, lease: LEASE_MS, slots: 2 });
	await stage.start("chain", 6);
	await until(
		async () => (await stage.backend.listWorkers())[0]?.held === 2,
		() => "nothing runs",
	);
	return { stage, program };
}

describe("a worker process that is told to end", () => {
	it("by SIGTERM lets what runs end, gives the rest back uncharged, and exits with 0", async () => {
		const { stage, program } = await busyWorker(300);
		program.signal("SIGTERM");
		expect(await program.ended).toEqual({ code: 0, signal: null });
		expect(await stage.backend.listWorkers()).toEqual([]);
		const { url, ledger } = stage;
		await WorkerProgram.start({ url, ledger, lease: LEASE_MS });
		// No lease had to run out, and what had begun was ended: nothing was done twice.
		await stage.allWell(60_000);
		expect(stage.linesOf("")).toHaveLength(6 * 4);
		expect(await stage.query("SELECT * FROM attempt")).toEqual([]);
	}, 120_000);

	it("by a second SIGTERM gives its leases back at once, and exits with 1", async () => {
		const { stage, program } = await busyWorker(600_000);
		program.signal("SIGTERM");
		await program.says(/^stopping/);
		program.signal("SIGTERM");
		expect(await program.ended).toEqual({ code: 1, signal: null });
		expect(await stage.backend.listWorkers()).toEqual([]);
		const { url, ledger } = stage;
		await WorkerProgram.start({ url, ledger, lease: LEASE_MS });
		await stage.allWell(60_000);
		expect(await stage.query("SELECT * FROM attempt")).toEqual([]);
	}, 120_000);
});
