import { describe, expect, it, onTestFinished } from "vitest";
import { openBackend } from "../open-backend.ts";
import { createCommand } from "../testing/commands.ts";
import { FaultStage } from "../testing/faults/fault-stage.ts";
import { startFaultWorker } from "../testing/faults/fault-worker.ts";
import { PostgresServer } from "../testing/postgres-server.ts";
import { TcpProxy } from "../testing/tcp-proxy.ts";
import { until } from "../testing/until.ts";

const server = await PostgresServer.startOwn("durable");

const LEASE_MS = 6_000;

describe("a network that swallows everything", () => {
	it("is survived: within a lease and a second of its recovery the work goes on, on new connections", async () => {
		const stage = await FaultStage.open(await server.createDatabase());
		const proxy = await TcpProxy.before(stage.url);
		const { warnings } = await startFaultWorker(proxy.url, stage.ledger, { lease: LEASE_MS, poll: 500, pace: 300 });
		const bound = await stage.recoveryBound(LEASE_MS);
		await stage.start("chain", 20);
		await until(
			async () => (await stage.completed()) > 0,
			() => "nothing was done before the fault",
		);
		proxy.swallow();
		// Longer than the lease: what ran is lost, and must be told so.
		await until(
			() => warnings.some((warning) => warning.startsWith("leases lost")),
			() => warnings.join("\n"),
		);
		const done = await stage.completed();
		proxy.heal();
		const since = performance.now();
		await stage.start("chain", 1);
		await until(
			async () => (await stage.completed()) > done,
			() => "nothing goes on",
		);
		const recovery = performance.now() - since;
		console.log(`silent network: work went on ${Math.round(recovery)} ms after it healed`);
		expect(recovery).toBeLessThan(bound);
		await stage.allWell(60_000);
	}, 180_000);

	it("ends no command twice and answers the reads that met it", async () => {
		const url = await server.createDatabase();
		const proxy = await TcpProxy.before(url);
		const backend = await openBackend(proxy.url);
		onTestFinished(() => backend.close());
		await Promise.all([backend.countInstances(), backend.getInstance("i")]);
		proxy.swallow();
		const calls = [
			backend.create(createCommand("i")).then(({ kind }) => kind),
			backend.getInstance("other"),
			backend.heartbeat("nobody", 5_000).then(({ alive }) => alive),
		];
		await new Promise((resolve) => setTimeout(resolve, 500));
		proxy.heal();
		expect(await Promise.all(calls)).toEqual(["created", null, false]);
		// A client that met the silence would answer with what it was asked before.
		expect(await backend.getInstance("i")).toMatchObject({ instanceId: "i" });
		expect((await backend.countInstances()).byStatus.pending).toBe(1);
	}, 120_000);

	it("holds up nobody who closes", async () => {
		const proxy = await TcpProxy.before(await server.createDatabase());
		const backend = await openBackend(proxy.url);
		await Promise.all([backend.countInstances(), backend.getInstance("i"), backend.heartbeat("nobody", 5_000)]);
		proxy.swallow();
		const since = performance.now();
		await backend.close();
		expect(performance.now() - since).toBeLessThan(5_000);
	}, 30_000);
});
