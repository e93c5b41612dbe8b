import { systemIds } from "@waymark/engine";
import { FakeClock } from "@waymark/engine/testing";
import { onTestFinished } from "vitest";
import { Committer } from "../committer.ts";
import { openPostgresStore } from "../postgresql/open-store.ts";
import { PrismaBackend } from "../prisma-backend.ts";
import type { Database } from "../sql.ts";
import type { Store } from "../store.ts";
import { openTestStore } from "./open-test-store.ts";
import type { PostgresHost } from "./postgres-host.ts";

/** A backend whose ways to the database are counted, and may be met on the way. */
export interface Watched {
	readonly backend: PrismaBackend;
	readonly counts: { transactions: number; flushes: number; loads: number };
	/** Runs once, before the next flush is written. */
	beforeFlush: (() => Promise<unknown>) | null;
	/** The next flush is written, and its answer lost. */
	loseAnswer: boolean;
}

export interface WatchedStore {
	readonly clock: FakeClock;
	/** A backend with a committer of its own, as another process would have. */
	open(): Watched;
	sql<Row>(text: string): Promise<Row[]>;
}

export type OpenWatched = () => Promise<WatchedStore>;

function watch(store: Store): Watched {
	const { database } = store;
	const counts = { transactions: 0, flushes: 0, loads: 0 };
	const watched: Database = {
		name: database.name,
		transaction(work) {
			counts.transactions += 1;
			return database.transaction(work);
		},
		renew: (workerId, leaseMs) => database.renew(workerId, leaseMs),
		patiently: (action) => database.patiently(action),
		read: (work) => database.read(work),
		look: (work) => database.look(work),
		mayPass: (error) => database.mayPass(error),
		load(wanted) {
			counts.loads += 1;
			return database.load(wanted);
		},
		async flush(flush) {
			const { beforeFlush } = mine;
			mine.beforeFlush = null;
			await beforeFlush?.();
			counts.flushes += 1;
			const flushed = await database.flush(flush);
			if (!mine.loseAnswer) return flushed;
			mine.loseAnswer = false;
			throw new Error("The connection was lost.");
		},
		watch: (listener) => database.watch(listener),
		get hearsOthers() {
			return database.hearsOthers;
		},
		close: () => database.close(),
	};
	const committer = new Committer(watched, systemIds, (changes) => store.hints.announce(changes));
	const backend = new PrismaBackend({ ...store, database: watched, committer }, async () => {});
	const mine: Watched = { backend, counts, beforeFlush: null, loseAnswer: false };
	return mine;
}

function watchedStore(store: Store, clock: FakeClock): WatchedStore {
	return {
		clock,
		open: () => watch(store),
		sql: (text) => store.database.read(async (sql) => sql.all(text)),
	};
}

export async function openWatchedSqlite(): Promise<WatchedStore> {
	const clock = new FakeClock();
	return watchedStore((await openTestStore(undefined, { clock })).store, clock);
}

export async function openWatchedPostgres(server: PostgresHost): Promise<WatchedStore> {
	const clock = new FakeClock();
	const { url, free } = await server.borrowDatabase();
	const { store, release } = await openPostgresStore(url, { clock, ids: systemIds });
	onTestFinished(async () => {
		await release();
		await free();
	});
	return watchedStore(store, clock);
}
