import { describe, expect, it } from "vitest";
import { FaultStage } from "../testing/faults/fault-stage.ts";
import { WorkerProgram } from "../testing/faults/worker-program.ts";
import { PostgresServer } from "../testing/postgres-server.ts";

const server = await PostgresServer.startOwn("durable");

/** Long enough to be killed in, and not to run out before. */
const KILLED_LEASE_MS = 10_000;
/** Long enough for another process to start in. */
const FROZEN_LEASE_MS = 6_000;

describe("a worker process that stands still for longer than its lease", () => {
	for (const point of ["claimed", "performed"] as const) {
		it(`between ${point === "claimed" ? "claim and start" : "task and settle"} changes nothing when it goes on, and works on`, async () => {
			const stage = await FaultStage.open(await server.createDatabase());
			await stage.forbidRewriting();
			const { url, ledger } = stage;
			const frozen = await WorkerProgram.start({ url, ledger, name: "same", freezeAt: point, slots: 1 });
			await stage.start("chain", 1);
			await frozen.says(/^frozen/);
			// The other process has the same name: nothing is fenced by it.
			const heir = await WorkerProgram.start({ url, ledger, name: "same", lease: 10_000 });
			await stage.allWell(60_000);
			const version = (await stage.client.get("chain-0"))?.instance.version;
			frozen.signal("SIGCONT");
			await frozen.says(/^thawed/);
			if (point === "performed") await frozen.says(/^fenced/);
			await frozen.says(/leases lost/);
			expect((await stage.client.get("chain-0"))?.instance.version).toBe(version);
			await heir.kill();
			await stage.start("chain", 1);
			await stage.allWell(60_000);
			expect(frozen.isAlive).toBe(true);
			expect(stage.linesOf("chain-0")).toHaveLength(point === "claimed" ? 4 : 5);
		}, 120_000);
	}
});

describe("a worker process that stands still for good", () => {
	it("is made up for within its lease and a second by one that polls once a minute", async () => {
		const stage = await FaultStage.open(await server.createDatabase());
		const { url, ledger } = stage;
		const frozen = await WorkerProgram.start({ url, ledger, freezeAt: "performed", slots: 1, lease: FROZEN_LEASE_MS });
		await stage.start("chain", 1);
		await frozen.says(/^frozen/);
		const since = performance.now();
		await WorkerProgram.start({ url, ledger, slots: 1, poll: 60_000 });
		const bound = await stage.recoveryBound(FROZEN_LEASE_MS);
		await stage.allWell(60_000);
		const recovery = Math.round(performance.now() - since);
		console.log(`SIGSTOP: made up for within ${recovery} ms`);
		expect(recovery).toBeLessThan(bound);
	}, 120_000);
});

describe("two worker processes with one name", () => {
	it("share the work, and neither passes the other's fence", async () => {
		const stage = await FaultStage.open(await server.createDatabase());
		await stage.forbidRewriting();
		const { url, ledger } = stage;
		const twins = await Promise.all(
			[1, 2].map(() => WorkerProgram.start({ url, ledger, name: "twin", pace: 20, lease: 10_000 })),
		);
		await stage.start("chain", 20);
		await stage.start("forked", 10);
		await stage.allWell(60_000);
		const workers = (await stage.backend.listWorkers()).map(({ name }) => name);
		expect(workers).toEqual(["twin", "twin"]);
		expect(stage.linesOf("")).toHaveLength(20 * 4 + 10 * 8);
		expect(twins.every((twin) => twin.isAlive)).toBe(true);
	}, 120_000);
});

describe("a worker process that is killed", () => {
	it("is made up for within its lease and a second", async () => {
		const stage = await FaultStage.open(await server.createDatabase());
		const { url, ledger } = stage;
		const victim = await WorkerProgram.start({ url, ledger, freezeAt: "performed", slots: 1, lease: KILLED_LEASE_MS });
		await stage.start("chain", 1);
		await victim.says(/^frozen/);
		await WorkerProgram.start({ url, ledger, slots: 1 });
		const bound = await stage.recoveryBound(KILLED_LEASE_MS);
		await victim.kill();
		const recovery = await stage.allWell(60_000);
		console.log(`SIGKILL: made up for within ${recovery} ms`);
		expect(recovery).toBeLessThan(bound);
	}, 120_000);
});
