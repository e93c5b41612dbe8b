import { randomUUID } from "node:crypto";
import { StoreUnusableError } from "@waymark/engine/backend";
import type pg from "pg";
import { type HistoryRow, type Migration, notMigrated, pendingMigrations } from "../migrations.ts";
import { pgCode } from "./postgres-errors.ts";

/** The lock that Prisma's CLI takes for the same purpose. */
export const MIGRATION_LOCK = 72_707_369;

/** Another process's migration is waited for longer than any row. */
const PATIENCE = "SET statement_timeout = 0; SET lock_timeout = '120s'; SET idle_in_transaction_session_timeout = 0";

/** So long at most do others stand behind a migration that waits for a table. */
const TABLE_LOCK_MS = 300;
const PAUSE_MS = 1_000;
const GIVE_UP_AFTER_MS = 120_000;

/** Exactly as Prisma's CLI creates it, so that `migrate status` and `migrate deploy` agree with what is done here. */
const HISTORY_TABLE = `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
    "id"                    VARCHAR(36) PRIMARY KEY NOT NULL,
    "checksum"              VARCHAR(64) NOT NULL,
    "finished_at"           TIMESTAMPTZ,
    "migration_name"        VARCHAR(255) NOT NULL,
    "logs"                  TEXT,
    "rolled_back_at"        TIMESTAMPTZ,
    "started_at"            TIMESTAMPTZ NOT NULL DEFAULT now(),
    "applied_steps_count"   INTEGER NOT NULL DEFAULT 0
)`;

/**
 * Applies what is missing, all in one transaction: one process migrates, others wait for its lock and find nothing to
 * do, and a process killed half way leaves the old schema. Answers the names applied. The client is good for nothing
 * else afterwards.
 */
export async function migrate(client: pg.Client, store: string, migrations: readonly Migration[]): Promise<string[]> {
	// A look without the lock: most starts find nothing to do, and may have no right to create.
	if ((await hasHistory(client)) && (await pending(client, store, migrations)).length === 0) {
		await checkSentinel(client, store);
		return [];
	}
	await client.query(PATIENCE);
	await client.query(`SELECT pg_advisory_lock(${MIGRATION_LOCK})`);
	try {
		return await applyBetweenOthers(client, store, migrations);
	} finally {
		await client.query(`SELECT pg_advisory_unlock(${MIGRATION_LOCK})`).catch(() => {});
	}
}

/** For who may not write: nothing may be missing. */
export async function requireMigrated(
	client: pg.Client,
	store: string,
	migrations: readonly Migration[],
): Promise<void> {
	const [missing] = (await hasHistory(client)) ? await pending(client, store, migrations) : migrations;
	if (missing !== undefined) throw notMigrated(store, missing);
	await checkSentinel(client, store);
}

/**
 * A table that somebody reads for long is asked for again and again rather than waited for: whoever works would queue up
 * behind the one that waits.
 */
async function applyBetweenOthers(
	client: pg.Client,
	store: string,
	migrations: readonly Migration[],
): Promise<string[]> {
	await client.query(`SET lock_timeout = ${TABLE_LOCK_MS}`);
	const since = performance.now();
	for (;;) {
		try {
			return await applyPending(client, store, migrations);
		} catch (error) {
			if (pgCode(error) !== "55P03" || performance.now() - since > GIVE_UP_AFTER_MS) throw error;
		}
		await new Promise((resolve) => setTimeout(resolve, PAUSE_MS * (0.5 + Math.random())));
	}
}

async function applyPending(client: pg.Client, store: string, migrations: readonly Migration[]): Promise<string[]> {
	await client.query("BEGIN");
	try {
		await client.query(HISTORY_TABLE);
		const missing = await pending(client, store, migrations);
		for (const migration of missing) await applyOne(client, migration);
		// The store's own row belongs to the first migration: without it a database that was emptied would pass for new.
		if (missing.length > 0 && missing[0] === migrations[0]) await client.query(FIRST_ROW, [randomUUID(), Date.now()]);
		await client.query("COMMIT");
		return missing.map(({ name }) => name);
	} catch (error) {
		await client.query("ROLLBACK").catch(() => {});
		throw error;
	}
}

const FIRST_ROW = `INSERT INTO store (store_id, created_at) VALUES ($1, $2)`;

async function applyOne(client: pg.Client, { name, sql, checksum }: Migration): Promise<void> {
	const startedAt = new Date();
	await client.query(sql);
	await client.query(
		`INSERT INTO _prisma_migrations (id, checksum, finished_at, migration_name, started_at, applied_steps_count)
		VALUES ($1, $2, clock_timestamp(), $3, $4, 1)`,
		[randomUUID(), checksum, name, startedAt],
	);
}

async function hasHistory(client: pg.Client): Promise<boolean> {
	const { rows } = await client.query<{ found: boolean }>(
		"SELECT to_regclass('_prisma_migrations') IS NOT NULL AS found",
	);
	return rows[0]?.found === true;
}

async function pending(client: pg.Client, store: string, migrations: readonly Migration[]): Promise<Migration[]> {
	const { rows } = await client.query<HistoryRow>("SELECT * FROM _prisma_migrations");
	return pendingMigrations(store, rows, migrations);
}

async function checkSentinel(client: pg.Client, store: string): Promise<void> {
	const { rowCount } = await client.query("SELECT 1 FROM store");
	if (rowCount === 1) return;
	throw new StoreUnusableError(store, "it has lost its contents. Restore a backup, or create the database anew.");
}
