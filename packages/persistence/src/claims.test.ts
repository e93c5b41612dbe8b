import { systemIds } from "@waymark/engine";
import { expect, it, onTestFinished } from "vitest";
import { openPostgresStore } from "./postgresql/open-store.ts";
import { PrismaBackend } from "./prisma-backend.ts";
import type { Store } from "./store.ts";
import { createCommand } from "./testing/commands.ts";
import { openTestStore } from "./testing/open-test-store.ts";
import { PostgresServer } from "./testing/postgres-server.ts";

const server = await PostgresServer.start("fast");

const MANY = 50;
const OWNED = "SELECT path FROM open_node WHERE owner IS NOT NULL";

/** Fifty are free to be taken, but from `refuse` on no instance can be written. */
async function claimRefused(store: Store, refuse: () => unknown): Promise<void> {
	const backend = new PrismaBackend(store, async () => {});
	await backend.registerWorker({ workerId: "w", name: "w", slots: MANY, leaseMs: 60_000 });
	for (let i = 0; i < MANY; i++) await backend.create(createCommand(`order-${i}`));
	await refuse();
	const definitions = [createCommand("any").definition.hash];
	const claim = backend.claim({ owner: "w", slots: MANY, definitions, tags: [], runId: null });
	await expect(claim).rejects.toThrow();
}

it("grants nothing on SQLite when the instances of what it takes cannot be written", async () => {
	const { store, handle } = await openTestStore();
	await claimRefused(store, () =>
		handle.exec("CREATE TRIGGER refuse BEFORE UPDATE ON instance BEGIN SELECT RAISE(ABORT, 'refused'); END"),
	);
	expect(handle.prepare(OWNED).all()).toEqual([]);
});

it("grants nothing on PostgreSQL when the instances of what it takes cannot be written", async () => {
	const url = await server.createDatabase();
	const { store, release } = await openPostgresStore(url, { clock: null, ids: systemIds, readOnly: false });
	onTestFinished(release);
	await claimRefused(store, () =>
		server.sql("ALTER TABLE instance ADD CONSTRAINT refuse CHECK (version < 2) NOT VALID", url),
	);
	expect(await server.sql(OWNED, url)).toEqual([]);
});
