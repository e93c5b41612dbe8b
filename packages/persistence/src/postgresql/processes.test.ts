import { systemClock, systemIds } from "@waymark/engine";
import type { PersistentBackend } from "@waymark/engine/backend";
import { describe, expect, it, onTestFinished } from "vitest";
import { openBackend } from "../open-backend.ts";
import { built, runProcess } from "../testing/child-process.ts";
import { createCommand, ready, settleCommand } from "../testing/commands.ts";
import { PostgresServer } from "../testing/postgres-server.ts";
import { temporaryFolder } from "../testing/temporary-folder.ts";
import { openPostgresStore } from "./open-store.ts";

const server = await PostgresServer.startOwn("durable");

const LEASE_MS = 60_000;
const CLAIM = { definitions: ["hash-1"], tags: [], runId: null };

async function opened(url: string): Promise<PersistentBackend> {
	const backend = await openBackend(url);
	onTestFinished(() => backend.close());
	return backend;
}

async function registered(backend: PersistentBackend, workerId: string, leaseMs = LEASE_MS): Promise<string> {
	await backend.registerWorker({ workerId, name: workerId, slots: 10, leaseMs });
	return workerId;
}

function ids(count: number, prefix = "i"): string[] {
	return Array.from({ length: count }, (_, i) => `${prefix}-${i}`);
}

/** Cuts every connection to that database but the caller's. */
function cutAll(url: string): Promise<unknown> {
	const database = new URL(url).pathname.slice(1);
	return server.sql(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
		WHERE datname = '${database}' AND pid <> pg_backend_pid()`);
}

/**
 * A process that claims until nothing is left, and prints the runs that it was given. It lives until all of them are done,
 * for what it holds would be taken over.
 */
function claimingProcess(url: string, name: string, all: readonly string[], folder: string): string {
	return `
		import { existsSync, writeFileSync } from "node:fs";
		import { openBackend } from ${built("index.js")};
		const backend = await openBackend(${JSON.stringify(url)});
		await backend.registerWorker({ workerId: "${name}", name: "${name}", slots: 10, leaseMs: 60_000 });
		const taken = [];
		for (let empty = 0; empty < 20; ) {
			const { grants } = await backend.claim({ ...${JSON.stringify(CLAIM)}, owner: "${name}", slots: 7 });
			for (const { runId } of grants) taken.push(runId);
			empty = grants.length === 0 ? empty + 1 : 0;
			if (grants.length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
		}
		console.log(JSON.stringify(taken));
		const done = (worker) => ${JSON.stringify(folder)} + "/" + worker;
		writeFileSync(done("${name}"), "");
		while (!${JSON.stringify(all)}.every((worker) => existsSync(done(worker)))) {
			await new Promise((resolve) => setTimeout(resolve, 10));
		}
		await backend.close();
	`;
}

describe("several processes on one PostgreSQL", () => {
	it("never give one node to two of them", async () => {
		const url = await server.createDatabase();
		const backend = await opened(url);
		await Promise.all(ids(200).map((id) => backend.create(createCommand(id))));
		const [names, folder] = [["p", "q", "r"], temporaryFolder()];
		const ended = await Promise.all(names.map((name) => runProcess(claimingProcess(url, name, names, folder))));
		const taken = ended.map(({ output }) => JSON.parse(output) as string[]);
		expect(taken.flat().sort()).toEqual(
			ids(200)
				.map((id) => `run-of-${id}`)
				.sort(),
		);
	}, 60_000);

	it("take over what one that was killed had in hand, and charge it", async () => {
		const url = await server.createDatabase();
		const backend = await opened(url);
		await backend.create(createCommand("i"));
		const killed = await runProcess(`
			import { openBackend } from ${built("index.js")};
			const backend = await openBackend(${JSON.stringify(url)});
			await backend.registerWorker({ workerId: "dead", name: "dead", slots: 1, leaseMs: 1000 });
			await backend.claim({ ...${JSON.stringify(CLAIM)}, owner: "dead", slots: 1 });
			process.kill(process.pid, "SIGKILL");
		`);
		expect(killed.signal).toBe("SIGKILL");
		const owner = await registered(backend, "heir");
		const since = performance.now();
		let grants = (await backend.claim({ ...CLAIM, owner, slots: 1 })).grants;
		while (grants.length === 0 && performance.now() - since < 5_000) {
			await new Promise((resolve) => setTimeout(resolve, 50));
			grants = (await backend.claim({ ...CLAIM, owner, slots: 1 })).grants;
		}
		expect(grants).toMatchObject([{ path: "a", attempt: 2, crashes: 1, epoch: 2 }]);
		expect(performance.now() - since).toBeLessThan(2_000);
		const stale = await backend.settle(settleCommand("run-of-i", "a", "dead", null));
		expect(stale).toEqual({ kind: "fenced" });
	}, 30_000);

	it("create exactly one of one id, and end no command with a deadlock", async () => {
		const url = await server.createDatabase();
		const backends = await Promise.all([1, 2, 3].map(() => opened(url)));
		const results = await Promise.all(
			ids(30).flatMap((id) => backends.map((b, i) => b.create(createCommand(id, { runId: `${id}-${i}` })))),
		);
		expect(results.filter(({ kind }) => kind === "created")).toHaveLength(30);
		expect(results.filter(({ kind }) => kind === "conflict")).toHaveLength(60);
		const request = { by: "ada", reason: null, expectedRunId: null };
		// Each process goes through the instances in another order.
		const answers = await Promise.all(
			backends.flatMap((b, i) =>
				ids(30)
					.sort((x, y) => (i === 0 ? 1 : -1) * x.localeCompare(y))
					.map((instanceId) =>
						i === 2
							? b.cancel({ ...request, requestId: `c-${instanceId}`, instanceId })
							: b.pause({ ...request, requestId: `p-${i}-${instanceId}`, instanceId }),
					),
			),
		);
		expect(new Set(answers.map(({ kind }) => kind))).not.toContain("not_found");
		expect((await backends[0]?.countInstances())?.byStatus).toMatchObject({ cancelled: 30 });
	}, 60_000);

	it("hear of each other's commits, also after the listening connection was cut", async () => {
		const url = await server.createDatabase();
		const [one, other] = [await opened(url), await opened(url)];
		let heard = 0;
		one.onHint(({ origin }) => {
			if (origin === "remote") heard += 1;
		});
		const until = async (count: number) => {
			for (let i = 0; i < 200 && heard < count; i++) await new Promise((resolve) => setTimeout(resolve, 25));
			expect(heard).toBeGreaterThanOrEqual(count);
		};
		await new Promise((resolve) => setTimeout(resolve, 200));
		await other.create(createCommand("a"));
		await until(1);
		await cutAll(url);
		await until(2);
		await other.create(createCommand("b"));
		await until(3);
	}, 30_000);
});

/** Drives chains of three to their end; each command once, as a worker would. */
async function driveChains(backend: PersistentBackend, owner: string, names: readonly string[]): Promise<string[]> {
	const kinds = await Promise.all(
		names.map(async (id) => {
			const grantTo = { owner, slots: 1 };
			const created = await backend.create(createCommand(id, { open: [ready("a")], grantTo }));
			const answers: string[] = [created.kind];
			for (const [path, next] of [
				["a", "b"],
				["b", "c"],
				["c", null],
			] as const) {
				answers.push((await backend.settle(settleCommand(`run-of-${id}`, path, owner, next))).kind);
			}
			return answers.join(" ");
		}),
	);
	return [...new Set(kinds)];
}

const ALL_WELL = ["created settled settled settled"];

describe("a PostgreSQL that fails", () => {
	it("loses nothing when all connections are cut again and again", async () => {
		const url = await server.createDatabase();
		const backend = await opened(url);
		const owner = await registered(backend, "w");
		let cutting = true;
		const cuts = (async () => {
			while (cutting) {
				await cutAll(url);
				await new Promise((resolve) => setTimeout(resolve, 150));
			}
		})();
		const kinds: string[] = [];
		for (let round = 0; round < 8; round++) {
			kinds.push(...(await driveChains(backend, owner, ids(40, `r${round}`))));
		}
		cutting = false;
		await cuts;
		expect([...new Set(kinds)]).toEqual(ALL_WELL);
		expect((await backend.countInstances()).byStatus).toMatchObject({ completed: 320 });
		expect(await server.sql("SELECT count(*)::int AS n FROM checkpoint", url)).toEqual([{ n: 960 }]);
		expect(await backend.listOrphans()).toEqual([]);
	}, 60_000);

	it("loses nothing when it is stopped at once and started again", async () => {
		const url = await server.createDatabase();
		const backend = await opened(url);
		const owner = await registered(backend, "w");
		const driven = driveChains(backend, owner, ids(300));
		await new Promise((resolve) => setTimeout(resolve, 60));
		await server.stop("SIGQUIT");
		await server.boot();
		expect(await driven).toEqual(ALL_WELL);
		expect((await backend.countInstances()).byStatus).toMatchObject({ completed: 300 });
	}, 60_000);

	it("leaves no lease behind that nobody knows of when the answer to a claim's commit is lost", async () => {
		const url = await server.createDatabase();
		const { store, release } = await openPostgresStore(url, { clock: null, ids: systemIds });
		onTestFinished(release);
		const backend = await opened(url);
		await backend.create(createCommand("i"));
		const owner = await registered(backend, "w");
		const { PrismaBackend } = await import("../prisma-backend.ts");
		let lost = false;
		// Commits, and then says that the connection was lost: the work is done again, as after a real loss.
		const transaction: typeof store.database.transaction = async (work) => {
			const answer = await store.database.transaction(work);
			if (lost) return answer;
			lost = true;
			return store.database.transaction(work);
		};
		const database = Object.assign(Object.create(store.database) as typeof store.database, { transaction });
		const { Committer } = await import("../committer.ts");
		const committer = new Committer(database, systemIds, () => {});
		const forgetful = new PrismaBackend({ ...store, committer }, async () => {});
		const { grants } = await forgetful.claim({ ...CLAIM, owner, slots: 5 });
		expect(lost).toBe(true);
		expect(grants).toMatchObject([{ path: "a", attempt: 1, crashes: 0 }]);
		expect(await backend.held(owner)).toMatchObject([{ path: "a", epoch: grants[0]?.epoch }]);
	}, 30_000);

	it("goes by its own clock, whatever this machine's says", async () => {
		const backend = await opened(await server.createDatabase());
		const now = Date.now;
		onTestFinished(() => {
			Date.now = now;
		});
		Date.now = () => now() + 3_600_000;
		const owner = await registered(backend, "w", 5_000);
		expect(await backend.heartbeat(owner, 5_000)).toMatchObject({ alive: true });
		expect(systemClock.now() - (await backend.claim({ ...CLAIM, owner, slots: 1 })).now).toBeGreaterThan(3_000_000);
	});
});
