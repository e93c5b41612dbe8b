import { flow, PooledWorker, systemIds, WorkflowClient } from "@waymark/engine";
import type { PersistentBackend } from "@waymark/engine/backend";
import { FakeClock } from "@waymark/engine/testing";
import { describe, expect, it, onTestFinished } from "vitest";
import { openPostgresStore } from "./postgresql/open-store.ts";
import { PrismaBackend } from "./prisma-backend.ts";
import { PostgresServer } from "./testing/postgres-server.ts";
import { openWatchedPostgres, openWatchedSqlite } from "./testing/watched-store.ts";

const server = await PostgresServer.start("fast");

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** Two backends on one database, as a worker's process and somebody else's have them. Their clock stands still. */
interface Two {
	readonly clock: FakeClock;
	readonly mine: PersistentBackend;
	readonly other: PersistentBackend;
}

async function twoServers(): Promise<Two> {
	const clock = new FakeClock();
	const { url, free } = await server.borrowDatabase();
	const stores = [
		await openPostgresStore(url, { clock, ids: systemIds }),
		await openPostgresStore(url, { clock, ids: systemIds }),
	];
	onTestFinished(async () => {
		for (const { release } of stores) await release();
		await free();
	});
	const [mine, other] = stores.map(({ store }) => new PrismaBackend(store, async () => {}));
	if (mine === undefined || other === undefined) throw new Error("two stores were opened");
	return { clock, mine, other };
}

async function oneStore(open: typeof openWatchedSqlite): Promise<Two> {
	const store = await open();
	return { clock: store.clock, mine: store.open().backend, other: store.open().backend };
}

const PLACES: readonly { readonly where: string; readonly open: () => Promise<Two> }[] = [
	{ where: "beside it, on SQLite", open: () => oneStore(openWatchedSqlite) },
	{ where: "beside it, on PostgreSQL", open: () => oneStore(() => openWatchedPostgres(server)) },
	{ where: "over another connection to PostgreSQL", open: twoServers },
];

describe("a worker that waits for the next attempt of a node", () => {
	it.each(PLACES)("is woken when somebody wants it now: $where", async ({ open }) => {
		const { clock, mine, other } = await open();
		let isUp = false;
		const attempts: number[] = [];
		const workflow = flow<number>("calling")
			.task(
				"call",
				(n, ctx) => {
					attempts.push(ctx.attempt);
					if (!isUp) throw new Error("down");
					return n + 1;
				},
				{ retry: { maxAttempts: 9, initialDelay: "1h" } },
			)
			.build();
		const worker = new PooledWorker(mine, { workflows: [workflow], log: silent, clock, timers: clock });
		await worker.start();
		onTestFinished(() => worker.stop());
		await expect.poll(() => mine.hearsOthers, { timeout: 10_000 }).toBe(true);
		const client = new WorkflowClient(other, { clock, timers: clock });
		await client.start(workflow, "i", 1);
		const status = async () => (await client.get("i")).status;
		await expect.poll(status, { timeout: 10_000 }).toBe("waiting");
		isUp = true;
		const presses = await Promise.allSettled([1, 2, 3].map(() => client.retryNow("i", "call")));
		// No time passes by that clock: neither a timer nor a poll can have woken it.
		await expect.poll(status, { timeout: 10_000 }).toBe("completed");
		expect(attempts).toEqual([1, 2]);
		const changed = presses.map((press) => press.status === "fulfilled" && press.value.changed);
		expect(changed.filter(Boolean)).toHaveLength(1);
	});
});
