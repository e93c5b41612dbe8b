import pg from "pg";
import { describe, expect, it, onTestFinished } from "vitest";
import { migrationsFolder, readMigrations } from "../migrations.ts";
import { openBackend } from "../open-backend.ts";
import { createCommand } from "../testing/commands.ts";
import { FaultStage } from "../testing/faults/fault-stage.ts";
import { startFaultWorker } from "../testing/faults/fault-worker.ts";
import { PostgresServer } from "../testing/postgres-server.ts";
import { TcpProxy } from "../testing/tcp-proxy.ts";
import { until } from "../testing/until.ts";
import { migrate } from "./migrate.ts";

const server = await PostgresServer.startOwn("durable");

async function session(url: string): Promise<pg.Client> {
	const client = new pg.Client(url);
	await client.connect();
	onTestFinished(() => client.end());
	return client;
}

const CLAIM = { definitions: ["hash-1"], tags: [], runId: null };

describe("a heartbeat", () => {
	it("waits neither for a group commit that hangs nor for readers that are busy", async () => {
		const url = await server.createDatabase();
		const backend = await openBackend(url);
		onTestFinished(() => backend.close());
		await backend.create(createCommand("held"));
		await backend.registerWorker({ workerId: "w", name: "w", slots: 1, leaseMs: 60_000 });
		await backend.heartbeat("w", 60_000);
		const other = await session(url);
		await other.query("BEGIN; SELECT 1 FROM instance FOR UPDATE; LOCK TABLE checkpoint IN ACCESS EXCLUSIVE MODE");
		const behind = { requestId: "r", instanceId: "held", by: "ada", reason: null, expectedRunId: null };
		const hanging = [
			backend.cancel(behind),
			...Array.from({ length: 500 }, (_, i) => backend.create(createCommand(`queued-${i}`))),
			...Array.from({ length: 8 }, () => backend.readOutputs("run-of-held", ["a"])),
		];
		await new Promise((resolve) => setTimeout(resolve, 100));
		const since = performance.now();
		for (let beat = 0; beat < 5; beat++) {
			expect(await backend.heartbeat("w", 60_000)).toMatchObject({ alive: true });
		}
		const took = performance.now() - since;
		console.log(`five heartbeats behind a hanging group commit and readers: ${Math.round(took)} ms`);
		expect(took).toBeLessThan(1_500);
		await other.query("COMMIT");
		await Promise.all(hanging);
	}, 90_000);

	it("that began before its lease ran out is waited for by whoever would end what the worker runs", async () => {
		const url = await server.createDatabase();
		const backend = await openBackend(url);
		onTestFinished(() => backend.close());
		await backend.registerWorker({ workerId: "w", name: "w", slots: 1, leaseMs: 1_000 });
		await backend.create(createCommand("i"));
		await backend.claim({ ...CLAIM, owner: "w", slots: 1 });
		const request = { requestId: "r", instanceId: "i", by: "ada", reason: null, expectedRunId: null };
		expect(await backend.pause(request)).toMatchObject({ instance: { control: "pausing" } });
		// The heartbeat of a process that stands still between its statement and its commit.
		const late = await session(url);
		await late.query("BEGIN; UPDATE worker SET expires_at = expires_at + 3600000 WHERE worker_id = 'w'");
		await until(
			async () => ((await backend.listWorkers())[0]?.expiresAt ?? 0) < Date.now(),
			() => "the lease does not run out",
		);
		const reaped = backend.reap();
		await until(
			async () => (await server.sql("SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock'")).length > 0,
			() => "nobody waits for the heartbeat",
		);
		await late.query("COMMIT");
		expect(await reaped).toBe(0);
		expect(await backend.held("w")).toMatchObject([{ path: "a", control: "pausing" }]);
	}, 90_000);
});

describe("other sessions in the way", () => {
	it("are waited for, deadlocked with and time out, and nothing is lost", async () => {
		const stage = await FaultStage.open(await server.createDatabase());
		const { warnings } = await startFaultWorker(stage.url, stage.ledger, { pace: 10, slots: 20, lease: "15s" });
		const others = await Promise.all([1, 2, 3].map(() => session(stage.url)));
		let going = true;
		const met: string[] = [];
		/** Takes rows in an order that nobody else does, and holds them. */
		const disturb = async (client: pg.Client, order: string, table: string) => {
			while (going) {
				try {
					await client.query("BEGIN ISOLATION LEVEL SERIALIZABLE");
					for (let i = 0; i < 3; i++) {
						await client.query(`SELECT 1 FROM ${table} ORDER BY ${order} LIMIT 5 OFFSET ${i * 5} FOR UPDATE`);
						await new Promise((resolve) => setTimeout(resolve, 30));
					}
					await client.query("COMMIT");
				} catch (error) {
					met.push(String((error as { code?: string }).code));
					await client.query("ROLLBACK");
				}
				await new Promise((resolve) => setTimeout(resolve, 20));
			}
		};
		const disturbing = Promise.all(
			["run_id DESC", "updated_at", "random()"].map((order, i) => disturb(others[i] as pg.Client, order, "instance")),
		);
		for (const name of ["chain", "forked", "flaky"] as const) await stage.start(name, 15);
		// One lock that outlasts the patience of a statement: 55P03.
		const long = await session(stage.url);
		await long.query("BEGIN; LOCK TABLE open_node IN ACCESS EXCLUSIVE MODE");
		await new Promise((resolve) => setTimeout(resolve, 3_500));
		await long.query("COMMIT");
		await until(
			async () => (await stage.completed()) >= 30,
			() => "nothing gets past them",
			60_000,
		);
		going = false;
		await disturbing;
		await stage.allWell(60_000);
		expect(met.length).toBeGreaterThan(0);
		expect(warnings.filter((warning) => warning.startsWith("leases lost"))).toEqual([]);
	}, 120_000);

	it("that read for long hold no work up", async () => {
		const stage = await FaultStage.open(await server.createDatabase());
		const reader = await session(stage.url);
		await reader.query("BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT count(*) FROM instance, open_node");
		await startFaultWorker(stage.url, stage.ledger, { slots: 20 });
		await stage.start("chain", 50);
		await stage.start("forked", 20);
		await stage.allWell(60_000);
		await reader.query("SELECT count(*) FROM checkpoint; COMMIT");
	}, 90_000);

	it("may migrate while workers are at work, also past a session that reads for long: nobody stands still for it", async () => {
		const stage = await FaultStage.open(await server.createDatabase());
		const { warnings } = await startFaultWorker(stage.url, stage.ledger, { pace: 10, slots: 20, lease: "15s" });
		await stage.start("chain", 20);
		const reader = await session(stage.url);
		await reader.query("BEGIN; SELECT count(*) FROM open_node");
		const later = {
			name: "99990101000000_later",
			checksum: "x",
			sql: "ALTER TABLE open_node ADD COLUMN later integer; ALTER TABLE instance ADD COLUMN later integer",
		};
		const migrating = migrate(await session(stage.url), "store", [
			...readMigrations(migrationsFolder("postgresql")),
			later,
		]);
		await until(
			async () => (await server.sql("SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock'")).length > 0,
			() => "the migration does not wait for the reader",
		);
		await stage.start("forked", 20);
		await stage.allWell(60_000);
		await reader.query("COMMIT");
		expect(await migrating).toEqual([later.name]);
		await stage.start("chain", 5);
		await stage.allWell(60_000);
		expect(warnings.filter((warning) => warning.startsWith("leases lost"))).toEqual([]);
	}, 120_000);
});

describe("many connections at one moment", () => {
	it("are made when the server has room again", async () => {
		const url = await server.createDatabase();
		const backend = await openBackend(url);
		onTestFinished(() => backend.close());
		const role = `few_${process.pid}`;
		await server.sql(`CREATE ROLE ${role} LOGIN SUPERUSER`);
		const limited = new URL(url);
		limited.username = role;
		const cramped = await openBackend(limited.href);
		onTestFinished(() => cramped.close());
		const database = new URL(url).pathname.slice(1);
		await server.sql(
			`ALTER ROLE ${role} NOSUPERUSER; ALTER ROLE ${role} CONNECTION LIMIT 0;
			GRANT ALL ON ALL TABLES IN SCHEMA public TO ${role}`,
			url,
		);
		await server.sql(
			`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '${role}' AND datname = '${database}'`,
		);
		const created = cramped.create(createCommand("i"));
		const counted = cramped.countInstances();
		await new Promise((resolve) => setTimeout(resolve, 300));
		await server.sql(`ALTER ROLE ${role} CONNECTION LIMIT 20`);
		expect(await created).toMatchObject({ kind: "created" });
		expect((await counted).byStatus).toMatchObject({ pending: expect.any(Number) });
	}, 90_000);

	it("wait for each other in a crowd of readers, and none is told that the server is away", async () => {
		const url = await server.createDatabase();
		const proxy = await TcpProxy.before(url);
		const backend = await openBackend(proxy.url);
		onTestFinished(() => backend.close());
		const reads = Array.from({ length: 3_000 }, (_, i) =>
			i % 10 === 0 ? backend.countInstances() : backend.getInstance(`i-${i}`),
		);
		let most = 0;
		const looking = setInterval(() => {
			most = Math.max(most, proxy.connections);
		}, 10);
		await Promise.all(reads);
		clearInterval(looking);
		expect(most).toBeLessThan(10);
	}, 90_000);
});
