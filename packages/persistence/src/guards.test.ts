import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { systemIds } from "@waymark/engine";
import type { PersistentBackend } from "@waymark/engine/backend";
import { describe, expect, it, onTestFinished } from "vitest";
import { openBackend } from "./open-backend.ts";
import { openPostgresStore } from "./postgresql/open-store.ts";
import { PrismaBackend } from "./prisma-backend.ts";
import { OWN_PROCESS } from "./running-process.ts";
import { built, runProcess } from "./testing/child-process.ts";
import { createCommand, settleCommand } from "./testing/commands.ts";
import { openTestStore } from "./testing/open-test-store.ts";
import { PostgresServer } from "./testing/postgres-server.ts";
import { temporaryFile, temporaryFolder } from "./testing/temporary-folder.ts";

const server = await PostgresServer.startOwn("durable");

const LONG_LEASE_MS = 600_000;
const CLAIM = { definitions: ["hash-1"], tags: [], runId: null, slots: 2_000 };
const worker = (workerId: string) => ({ workerId, name: workerId, slots: 2_000, leaseMs: LONG_LEASE_MS });

const STORES = [
	["SQLite", async () => `file:${temporaryFile()}`],
	["PostgreSQL", () => server.createDatabase()],
] as const;

async function opened(url: string): Promise<PersistentBackend> {
	const backend = await openBackend(url);
	onTestFinished(() => backend.close());
	return backend;
}

/** Claims as a worker does, at once and when told to look again, until it has that many leases. */
async function claimUntil(backend: PersistentBackend, owner: string, count: number, mostMs: number) {
	const since = performance.now();
	const grants = [];
	for (;;) {
		const { grants: taken, nextDueAt, now } = await backend.claim({ ...CLAIM, owner });
		grants.push(...taken);
		const ms = performance.now() - since;
		if (grants.length >= count || ms > mostMs) return { grants, ms };
		await new Promise((resolve) => setTimeout(resolve, nextDueAt === null ? 50 : Math.max(nextDueAt - now, 1)));
	}
}

/** A process that takes a lease on everything, and is killed or lives until the test is over. */
function leaseHolding(url: string, then: string) {
	return runProcess(`
		import { openBackend } from ${built("index.js")};
		const backend = await openBackend(${JSON.stringify(url)});
		await backend.registerWorker(${JSON.stringify(worker("other"))});
		await backend.claim(${JSON.stringify({ ...CLAIM, owner: "other" })});
		${then}
	`);
}

describe.each(STORES)("the leases of a process on %s", (_name, url) => {
	it("are free soon after its death, a thousand of them, and the crash is charged", async () => {
		const address = await url();
		const backend = await opened(address);
		await Promise.all(Array.from({ length: 1_000 }, (_, n) => backend.create(createCommand(`i-${n}`))));
		const killed = await leaseHolding(address, `process.kill(process.pid, "SIGKILL");`);
		expect(killed.signal).toBe("SIGKILL");
		await backend.registerWorker(worker("heir"));
		const { grants, ms } = await claimUntil(backend, "heir", 1_000, 45_000);
		expect(grants).toHaveLength(1_000);
		expect(new Set(grants.map(({ attempt, crashes, epoch }) => `${attempt} ${crashes} ${epoch}`))).toEqual(
			new Set(["2 1 2"]),
		);
		// Far from the ten minutes of the lease, however busy this machine is.
		expect(ms).toBeLessThan(45_000);
		expect(await backend.heartbeat("other", LONG_LEASE_MS)).toMatchObject({ alive: false });
		expect(await backend.settle(settleCommand("run-of-i-0", "a", "other", null))).toEqual({ kind: "fenced" });
	}, 90_000);

	it("are its own while it lives, however silent it is", async () => {
		const address = await url();
		const backend = await opened(address);
		await backend.create(createCommand("i"));
		const sign = path.join(temporaryFolder(), "die");
		const living = leaseHolding(
			address,
			`import { existsSync } from "node:fs";
			setInterval(() => existsSync(${JSON.stringify(sign)}) && process.kill(process.pid, "SIGKILL"), 20);`,
		);
		await holds(backend, 1);
		await backend.registerWorker(worker("heir"));
		expect((await claimUntil(backend, "heir", 1, 900)).grants).toEqual([]);
		writeFileSync(sign, "");
		expect((await living).signal).toBe("SIGKILL");
		expect((await claimUntil(backend, "heir", 1, 10_000)).grants).toMatchObject([{ crashes: 1 }]);
	}, 60_000);
});

async function holds(backend: PersistentBackend, count: number): Promise<void> {
	for (;;) {
		if ((await backend.listWorkers()).some(({ held }) => held === count)) return;
		await new Promise((resolve) => setTimeout(resolve, 20));
	}
}

describe("on SQLite", () => {
	it("a lock file that is gone, or of another system, proves nothing", async () => {
		const { store, handle, file } = await openTestStore();
		const backend = new PrismaBackend(store, async () => {});
		await backend.create(createCommand("i"));
		await leaseHolding(`file:${file}`, `process.kill(process.pid, "SIGKILL");`);
		const guard = handle.prepare("SELECT guard FROM worker WHERE worker_id = 'other'").pluck().get() as string;
		const [, name] = JSON.parse(guard) as [string, string];
		const lockFile = path.join(path.dirname(file), name);
		await backend.registerWorker(worker("heir"));
		handle.prepare("UPDATE worker SET guard = ? WHERE worker_id = 'other'").run(JSON.stringify(["elsewhere", name]));
		expect((await claimUntil(backend, "heir", 1, 300)).grants).toEqual([]);
		handle.prepare("UPDATE worker SET guard = ? WHERE worker_id = 'other'").run(guard);
		renameSync(lockFile, `${lockFile}.away`);
		expect((await claimUntil(backend, "heir", 1, 300)).grants).toEqual([]);
		renameSync(`${lockFile}.away`, lockFile);
		expect((await claimUntil(backend, "heir", 1, 10_000)).grants).toHaveLength(1);
	}, 30_000);
});

const LOCK_SESSIONS = "pid IN (SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND mode = 'ExclusiveLock')";

describe("on PostgreSQL", () => {
	async function holder(url: string) {
		const { store, release } = await openPostgresStore(url, { clock: null, ids: systemIds });
		onTestFinished(release);
		const backend = new PrismaBackend(store, async () => {});
		await backend.create(createCommand("i"));
		await backend.registerWorker(worker("holder"));
		expect((await backend.claim({ ...CLAIM, owner: "holder" })).grants).toHaveLength(1);
		return { backend };
	}

	it("a process whose lock's connection is cut keeps its leases, for it takes the lock again", async () => {
		const url = await server.createDatabase();
		const { backend } = await holder(url);
		const heir = await opened(url);
		await heir.registerWorker(worker("heir"));
		for (let round = 0; round < 5; round += 1) {
			await server.sql(
				`SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'
					AND database = (SELECT oid FROM pg_database WHERE datname = '${new URL(url).pathname.slice(1)}')`,
			);
			expect((await claimUntil(heir, "heir", 1, 200)).grants).toEqual([]);
		}
		expect(await backend.heartbeat("holder", LONG_LEASE_MS)).toMatchObject({ alive: true });
	}, 30_000);

	it("a server that was restarted took all locks with it, and that proves nobody's death", async () => {
		const url = await server.createDatabase();
		const { backend } = await holder(url);
		const heir = await opened(url);
		await heir.registerWorker(worker("heir"));
		await server.stop("SIGQUIT");
		await server.boot();
		expect((await claimUntil(heir, "heir", 1, 1_000)).grants).toEqual([]);
		expect(await backend.heartbeat("holder", LONG_LEASE_MS)).toMatchObject({ alive: true });
		const current = () =>
			server.sql<{ current: boolean }>(
				`SELECT DISTINCT guard::jsonb ->> 0 = (extract(epoch FROM pg_postmaster_start_time()) * 1000000)::bigint::text
					AS current FROM worker`,
				url,
			);
		await expect.poll(current, { timeout: 10_000 }).toEqual([{ current: true }]);
	}, 30_000);

	/** Lets the worker of the other process seem to run on another system. */
	const elsewhere = (url: string) =>
		server.sql("UPDATE worker SET guard = (guard::jsonb - 2)::text WHERE worker_id = 'other'", url);

	/** Kills a process with a lease; resolves when the server knows. */
	async function killed(url: string) {
		const locks = `SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND database =
			(SELECT oid FROM pg_database WHERE datname = current_database())`;
		await leaseHolding(url, `process.kill(process.pid, "SIGKILL");`);
		await expect.poll(() => server.sql(locks, url), { timeout: 10_000 }).toEqual([]);
	}

	it.runIf(OWN_PROCESS !== null)(
		"a process of the same system that is gone is known to be dead at the first look",
		async () => {
			const url = await server.createDatabase();
			const backend = await opened(url);
			await backend.create(createCommand("i"));
			await killed(url);
			await backend.registerWorker(worker("heir"));
			expect((await backend.claim({ ...CLAIM, owner: "heir" })).grants).toMatchObject([{ path: "a", crashes: 1 }]);
		},
		30_000,
	);

	it("a process of another system that is gone gets the benefit of the doubt", async () => {
		const url = await server.createDatabase();
		const backend = await opened(url);
		await backend.create(createCommand("i"));
		await killed(url);
		await elsewhere(url);
		await backend.registerWorker(worker("heir"));
		expect(await backend.claim({ ...CLAIM, owner: "heir" })).toMatchObject({
			grants: [],
			nextDueAt: expect.any(Number),
		});
		expect((await claimUntil(backend, "heir", 1, 20_000)).grants).toMatchObject([{ path: "a", crashes: 1 }]);
	}, 30_000);

	/** A process with a lease that stands still, its sessions that match cut; `goOn` lets it go on and answers its heartbeat. */
	async function standingStill(url: string, cut: string) {
		const folder = temporaryFolder();
		const [pidFile, sign] = [path.join(folder, "pid"), path.join(folder, "go-on")];
		const holding = leaseHolding(
			url,
			`import { existsSync, renameSync, writeFileSync } from "node:fs";
			await backend.heartbeat("other", ${LONG_LEASE_MS});
			writeFileSync(${JSON.stringify(`${pidFile}.new`)}, String(process.pid));
			renameSync(${JSON.stringify(`${pidFile}.new`)}, ${JSON.stringify(pidFile)});
			setInterval(async () => {
				if (!existsSync(${JSON.stringify(sign)})) return;
				console.log((await backend.heartbeat("other", ${LONG_LEASE_MS})).alive);
				process.exit();
			}, 20);`,
		);
		await expect.poll(() => existsSync(pidFile), { timeout: 20_000 }).toBe(true);
		const pid = Number(readFileSync(pidFile, "utf8"));
		process.kill(pid, "SIGSTOP");
		const name = new URL(url).pathname.slice(1);
		await server.sql(
			`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
			WHERE datname = '${name}' AND ${cut}`,
		);
		return async () => {
			writeFileSync(sign, "");
			process.kill(pid, "SIGCONT");
			return (await holding).output.trim();
		};
	}

	it("a process that stands still keeps its leases when only its lock's session is cut", async () => {
		const url = await server.createDatabase();
		const backend = await opened(url);
		await backend.create(createCommand("i"));
		await backend.registerWorker(worker("heir"));
		const goOn = await standingStill(url, LOCK_SESSIONS);
		expect((await claimUntil(backend, "heir", 1, 3_000)).grants).toEqual([]);
		expect(await goOn()).toBe("true");
	}, 60_000);

	it.runIf(OWN_PROCESS !== null)(
		"one that stands still on the same system is seen to live, though its sessions are all cut",
		async () => {
			const url = await server.createDatabase();
			const backend = await opened(url);
			await backend.create(createCommand("i"));
			await backend.registerWorker(worker("heir"));
			const goOn = await standingStill(url, "TRUE");
			expect((await claimUntil(backend, "heir", 1, 3_000)).grants).toEqual([]);
			expect(await goOn()).toBe("true");
		},
		60_000,
	);

	it("a process that stands still elsewhere and whose sessions are all cut is taken for dead, and is fenced", async () => {
		const url = await server.createDatabase();
		const backend = await opened(url);
		await backend.create(createCommand("i"));
		await backend.registerWorker(worker("heir"));
		const goOn = await standingStill(url, "TRUE");
		await elsewhere(url);
		expect((await claimUntil(backend, "heir", 1, 20_000)).grants).toMatchObject([{ path: "a", crashes: 1 }]);
		expect(await goOn()).toBe("false");
		expect(await backend.settle(settleCommand("run-of-i", "a", "other", null))).toEqual({ kind: "fenced" });
		expect(await backend.held("other")).toEqual([]);
	}, 60_000);
});
