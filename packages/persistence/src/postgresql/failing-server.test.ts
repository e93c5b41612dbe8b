import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it, onTestFinished } from "vitest";
import { openBackend } from "../open-backend.ts";
import { createCommand } from "../testing/commands.ts";
import { FaultStage } from "../testing/faults/fault-stage.ts";
import { startFaultWorker } from "../testing/faults/fault-worker.ts";
import { WorkerProgram } from "../testing/faults/worker-program.ts";
import { PostgresServer } from "../testing/postgres-server.ts";
import { TcpProxy } from "../testing/tcp-proxy.ts";
import { temporaryFile } from "../testing/temporary-folder.ts";
import { until } from "../testing/until.ts";
import { MIGRATION_LOCK } from "./migrate.ts";

const server = await PostgresServer.startOwn("durable");

/** Cuts every connection to that database but the caller's. */
async function cutAll(url: string): Promise<number> {
	const database = new URL(url).pathname.slice(1);
	const cut = await server.sql(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
		WHERE datname = '${database}' AND pid <> pg_backend_pid()`);
	return cut.length;
}

const EVERYTHING = { statuses: [], workflows: [], limit: 10, cursor: null };
const MIX = ["chain", "forked", "flaky", "delayed", "looped"] as const;

describe("a PostgreSQL that cuts, restarts or refuses", () => {
	it("loses nothing of two worker processes when it ends all sessions each second", async () => {
		const stage = await FaultStage.open(await server.createDatabase());
		await stage.forbidRewriting();
		const { url, ledger } = stage;
		const workers = await Promise.all([1, 2].map(() => WorkerProgram.start({ url, ledger, pace: 60, lease: 2_000 })));
		for (const name of MIX) await stage.start(name, 60);
		let seconds = 0;
		while (seconds < 20 && (await stage.completed()) < stage.started.length) {
			await cutAll(url);
			seconds += 1;
			await sleep(1_000);
		}
		expect(seconds).toBeGreaterThan(2);
		await stage.allWell(60_000);
		expect(workers.every((worker) => worker.isAlive)).toBe(true);
	}, 180_000);

	it("loses nothing of a burst when it is stopped at once and started again, and takes up work within a second", async () => {
		const stage = await FaultStage.open(await server.createDatabase());
		await stage.forbidRewriting();
		const { url, ledger } = stage;
		const workers = await Promise.all([1, 2].map(() => WorkerProgram.start({ url, ledger, pace: 40, lease: 5_000 })));
		for (const name of MIX) await stage.start(name, 30);
		await until(
			async () => (await stage.completed()) > 10,
			() => "nothing began",
		);
		await server.stop("SIGQUIT");
		await server.boot();
		const since = performance.now();
		const before = await stage.completed();
		await until(
			async () => (await stage.completed()) > before,
			() => "nothing goes on",
		);
		console.log(
			`immediate restart: work went on ${Math.round(performance.now() - since)} ms after the server was back`,
		);
		await stage.allWell(60_000);
		expect(workers.every((worker) => worker.isAlive)).toBe(true);
	}, 180_000);

	it("is left alone while it is read-only for ten seconds, and loses nothing", async () => {
		const stage = await FaultStage.open(await server.createDatabase());
		const database = new URL(stage.url).pathname.slice(1);
		const { warnings } = await startFaultWorker(stage.url, stage.ledger, { pace: 20, slots: 2, lease: "1s" });
		const bound = await stage.recoveryBound(1_000);
		await stage.start("chain", 60);
		await until(
			async () => (await stage.completed()) > 0,
			() => "nothing began",
		);
		const readOnly = async (is: "on" | "off") => {
			await server.sql(`ALTER DATABASE ${database} SET default_transaction_read_only = ${is}`);
			await cutAll(stage.url);
		};
		await readOnly("on");
		await until(
			() => warnings.some((warning) => warning.startsWith("leases lost")),
			() => warnings.join("\n"),
		);
		const stuck = await stage.completed();
		await sleep(10_000);
		expect(await stage.completed()).toBe(stuck);
		await readOnly("off");
		const since = performance.now();
		await until(
			async () => (await stage.completed()) > stuck,
			() => "nothing goes on",
		);
		const recovery = performance.now() - since;
		console.log(`read-only: work went on ${Math.round(recovery)} ms after it took writes again`);
		// The longest pause between two tries comes on top.
		expect(recovery).toBeLessThan(bound + 1_500);
		await stage.allWell(60_000);
	}, 120_000);

	it("cuts connections that are idle, and no process dies of it", async () => {
		const url = await server.createDatabase();
		const program = await WorkerProgram.start({ url, ledger: temporaryFile(), lease: 60_000 });
		const backend = await openBackend(url);
		onTestFinished(() => backend.close());
		const heard: unknown[] = [];
		const hear = (error: unknown) => heard.push(error);
		process.on("uncaughtExceptionMonitor", hear);
		onTestFinished(() => void process.off("uncaughtExceptionMonitor", hear));
		onTestFinished(backend.onHint(() => undefined));
		// Every kind that this process can have: writer, readers, lists, heartbeats, lock and listener.
		await backend.registerWorker({ workerId: "w", name: "w", slots: 1, leaseMs: 60_000 });
		await Promise.all([backend.getInstance("i"), backend.listInstances(EVERYTHING), backend.heartbeat("w", 60_000)]);
		await until(
			() => backend.hearsOthers,
			() => "it does not listen",
		);
		for (let round = 0; round < 3; round += 1) {
			expect(await cutAll(url)).toBeGreaterThan(3);
			await until(
				() => backend.hearsOthers,
				() => "it does not listen again",
			);
			expect(await backend.heartbeat("w", 60_000)).toMatchObject({ alive: true });
		}
		expect(heard).toEqual([]);
		expect(program.isAlive).toBe(true);
	}, 60_000);

	it("is opened by a process whose session is cut while it waits for another one's migration", async () => {
		const url = await server.createEmptyDatabase();
		const opening = await server.session(async (other) => {
			await other.query(`SELECT pg_advisory_lock(${MIGRATION_LOCK})`);
			const opened = openBackend(url);
			const cut = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
				WHERE datname = current_database() AND wait_event = 'advisory'`;
			for (let times = 0; times < 3; times += 1) {
				await until(
					async () => (await other.query(cut)).rowCount === 1,
					() => "it does not wait for the migration",
				);
			}
			// The lock goes with the session.
			return { opened };
		}, url);
		const backend = await opening.opened;
		onTestFinished(() => backend.close());
		expect(await backend.getInstance("i")).toBeNull();
	}, 60_000);

	it("answers the reads of a page, Prisma's too, on new connections when those were cut", async () => {
		const url = await server.createDatabase();
		const proxy = await TcpProxy.before(url);
		const backend = await openBackend(proxy.url);
		onTestFinished(() => backend.close());
		await backend.create(createCommand("i"));
		const page = () =>
			Promise.all([
				backend.listInstances(EVERYTHING),
				backend.countInstances(),
				backend.getDefinition("hash-1"),
				backend.listWorkers(),
			]);
		for (const cut of [() => cutAll(url), async () => proxy.cut()]) {
			await page();
			// Once while they are idle, once while they are at work.
			await cut();
			expect((await page())[1].byStatus.pending).toBe(1);
			const asked = page();
			await cut();
			expect((await asked)[0].instances).toHaveLength(1);
		}
	}, 60_000);
});
