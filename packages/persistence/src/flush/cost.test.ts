import { statSync } from "node:fs";
import { flow, PooledWorker, systemIds, WorkflowClient } from "@waymark/engine";
import type { PersistentBackend } from "@waymark/engine/backend";
import { FakeClock } from "@waymark/engine/testing";
import pg from "pg";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { openPostgresStore } from "../postgresql/open-store.ts";
import { PrismaBackend } from "../prisma-backend.ts";
import { createCommand, ready, settleCommand } from "../testing/commands.ts";
import { openTestStore } from "../testing/open-test-store.ts";
import { PostgresServer } from "../testing/postgres-server.ts";

/** What a step costs, in counts that no other load on the machine can touch. */

const server = await PostgresServer.start("fast");

const STEPS = 200;
const WARM_UP = 10;
/** A page of the log with its header. */
const FRAME_BYTES = 4096 + 24;

let chains = 0;

/** Starts a chain and answers a function that takes one step of it. The ids are as long as real ones. */
async function chain(backend: PersistentBackend, owner: string): Promise<() => Promise<void>> {
	chains += 1;
	const instanceId = `chain-${chains}`;
	const runId = systemIds.next();
	await backend.create(createCommand(instanceId, { runId, open: [ready("step-0")], grantTo: { owner, slots: 1 } }));
	let taken = 0;
	return async () => {
		const answer = await backend.settle(settleCommand(runId, `step-${taken}`, owner, `step-${taken + 1}`));
		taken += 1;
		expect(answer).toMatchObject({ kind: "settled", replayed: false, grants: [{ path: `step-${taken}` }] });
	};
}

async function registered(backend: PersistentBackend): Promise<string> {
	const workerId = systemIds.next();
	await backend.registerWorker({ workerId, name: "w", slots: 100, leaseMs: 60_000 });
	return workerId;
}

async function times(count: number, step: () => Promise<void>): Promise<void> {
	for (let i = 0; i < count; i++) await step();
}

describe("a step of a chain on SQLite", () => {
	it("writes three rows, prepares nothing, and costs the same pages however long the chain is", async () => {
		const { store, handle, file } = await openTestStore();
		const backend = new PrismaBackend(store, async () => {});
		const step = await chain(backend, await registered(backend));
		await times(WARM_UP, step);
		const changes = handle.prepare("SELECT total_changes()").pluck();
		const prepared = vi.spyOn(handle, "prepare");
		const pages: number[] = [];
		for (let round = 0; round < 3; round++) {
			handle.pragma("wal_checkpoint(TRUNCATE)");
			const before = changes.get() as number;
			prepared.mockClear();
			await times(STEPS, step);
			expect((changes.get() as number) - before).toBe(3 * STEPS);
			expect(prepared).not.toHaveBeenCalled();
			pages.push(statSync(`${file}-wal`).size / FRAME_BYTES / STEPS);
		}
		// Open nodes, checkpoints, the instance: one page of each, and those that checkpoints split.
		for (const perStep of pages) expect(perStep).toBeLessThan(4.3);
		expect((pages[2] ?? 0) / (pages[0] ?? 1)).toBeLessThan(1.1);
	});

	it("shares its pages with others in flight", async () => {
		const { store, handle, file } = await openTestStore();
		const backend = new PrismaBackend(store, async () => {});
		const owner = await registered(backend);
		const steps = await Promise.all(Array.from({ length: 100 }, () => chain(backend, owner)));
		const wave = async () => {
			await Promise.all(steps.map((step) => step()));
		};
		await wave();
		handle.pragma("wal_checkpoint(TRUNCATE)");
		await times(5, wave);
		expect(statSync(`${file}-wal`).size / FRAME_BYTES / 500).toBeLessThan(1);
	});
});

async function openPostgres(): Promise<{ backend: PersistentBackend; url: string }> {
	const { url, free } = await server.borrowDatabase();
	const { store, release } = await openPostgresStore(url, { clock: null, ids: systemIds });
	onTestFinished(async () => {
		await release();
		await free();
	});
	return { backend: new PrismaBackend(store, async () => {}), url };
}

/** What every client of this process asks, and what it has the server prepare. */
function spies() {
	const asked = vi.spyOn(pg.Client.prototype, "query");
	const connections = pg.Connection.prototype as unknown as { parse(query: unknown): void };
	const parsed = vi.spyOn(connections, "parse");
	onTestFinished(() => {
		asked.mockRestore();
		parsed.mockRestore();
	});
	return { asked, parsed };
}

/** How often this process waits for an answer of the server: statements that are sent together are one round trip. */
async function roundTrips(work: () => Promise<void>): Promise<number> {
	type Query = (...args: unknown[]) => Promise<unknown>;
	const client = pg.Client.prototype as unknown as { query: Query };
	const { query } = client;
	let underWay = 0;
	let trips = 0;
	const counting = vi.spyOn(client, "query").mockImplementation(function (this: unknown, ...args) {
		if (underWay === 0) trips += 1;
		underWay += 1;
		return query.apply(this, args).finally(() => {
			underWay -= 1;
		});
	});
	await work();
	counting.mockRestore();
	return trips;
}

async function walBytes(url: string, work: () => Promise<void>): Promise<number> {
	const at = async () => (await server.sql<{ lsn: string }>("SELECT pg_current_wal_insert_lsn() AS lsn", url))[0]?.lsn;
	const before = await at();
	await work();
	const [found] = await server.sql<{ n: string }>(`SELECT '${await at()}'::pg_lsn - '${before}'::pg_lsn AS n`, url);
	return Number(found?.n);
}

describe("a claim on PostgreSQL", () => {
	it("is five round trips, however much it takes", async () => {
		const { backend } = await openPostgres();
		const owner = await registered(backend);
		const command = { owner, slots: 100, definitions: [createCommand("x").definition.hash], tags: [], runId: null };
		const claimOf = async (count: number) => {
			for (let i = 0; i < count; i++) await backend.create(createCommand(`free-${count}-${i}`));
			return roundTrips(async () => {
				expect((await backend.claim(command)).grants).toHaveLength(count);
			});
		};
		await claimOf(1);
		expect(await claimOf(2)).toBeLessThanOrEqual(5);
		expect(await claimOf(50)).toBeLessThanOrEqual(5);
	});
});

describe("a step of a chain on PostgreSQL", () => {
	it("is one statement, prepared before, and costs the same log however long the chain is", async () => {
		const { backend, url } = await openPostgres();
		const { asked, parsed } = spies();
		const step = await chain(backend, await registered(backend));
		await times(WARM_UP, step);
		expect(parsed).toHaveBeenCalled();
		const bytes: number[] = [];
		for (let round = 0; round < 3; round++) {
			const perRound = await walBytes(url, async () => {
				asked.mockClear();
				parsed.mockClear();
				await times(STEPS, step);
				expect(asked).toHaveBeenCalledTimes(STEPS);
				expect(parsed).not.toHaveBeenCalled();
			});
			bytes.push(perRound / STEPS);
		}
		for (const perStep of bytes) expect(perStep).toBeLessThan(850);
		expect((bytes[2] ?? 0) / (bytes[0] ?? 1)).toBeLessThan(1.25);
	});

	it("is one statement for all that are in flight", async () => {
		const { backend, url } = await openPostgres();
		const owner = await registered(backend);
		const steps = await Promise.all(Array.from({ length: 100 }, () => chain(backend, owner)));
		const wave = async () => {
			await Promise.all(steps.map((step) => step()));
		};
		await wave();
		const { asked } = spies();
		const bytes = await walBytes(url, async () => {
			asked.mockClear();
			await times(5, wave);
			expect(asked).toHaveBeenCalledTimes(5);
		});
		expect(bytes / 500).toBeLessThan(800);
	});
});

const asking = flow<null>("asking").waitForSignal<number>("ask", "go", { timeout: "1h" }).build();

/** Starts instances beside a worker, and answers a function that sends one its signal and waits for its end. */
async function besideWorker(backend: PersistentBackend): Promise<(id: string) => Promise<() => Promise<void>>> {
	const clock = new FakeClock();
	const options = { workflows: [asking], clock, timers: clock };
	const [client, worker] = [new WorkflowClient(backend, options), new PooledWorker(backend, options)];
	await worker.start();
	onTestFinished(() => worker.stop());
	await expect.poll(() => backend.hearsOthers, { timeout: 10_000 }).toBe(true);
	return async (id) => {
		await client.start(asking, id, null);
		const result = client.result(id);
		// The waiter has looked once when this second look is answered.
		await client.get(id);
		return async () => {
			await client.sendSignal(id, "go", 7);
			expect(await result).toMatchObject({ status: "completed", output: { received: true, payload: 7 } });
		};
	};
}

describe("a signal beside the worker that runs its instance", () => {
	it("is four round trips on PostgreSQL, with the settle of its wait and the result", async () => {
		const { backend } = await openPostgres();
		const waiting = await besideWorker(backend);
		const warmUp = await waiting("warm-up");
		await warmUp();
		const answer = await waiting("measured");
		const { asked } = spies();
		await answer();
		// The run that waits; the signal, with the lease on its wait; the settle; the instance as it ended.
		expect(asked).toHaveBeenCalledTimes(4);
	});

	it("writes seven rows on SQLite, and prepares nothing", async () => {
		const { store, handle } = await openTestStore();
		const waiting = await besideWorker(new PrismaBackend(store, async () => {}));
		const warmUp = await waiting("warm-up");
		await warmUp();
		const answer = await waiting("measured");
		const changes = handle.prepare("SELECT total_changes()").pluck();
		const before = changes.get() as number;
		const prepared = vi.spyOn(handle, "prepare");
		await answer();
		// Signal, wait, instance; then checkpoint, wait, signal, instance.
		expect((changes.get() as number) - before).toBe(7);
		expect(prepared).not.toHaveBeenCalled();
	});
});
