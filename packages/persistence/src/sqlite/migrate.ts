import { randomUUID } from "node:crypto";
import { StoreUnusableError } from "@waymark/engine/backend";
import type Sqlite from "better-sqlite3";
import { type HistoryRow, type Migration, notMigrated, pendingMigrations } from "../migrations.ts";
import { retryWhileBusy } from "./busy-retry.ts";

/** Exactly as Prisma's CLI creates it, so that `migrate status` and `migrate deploy` agree with what is done here. */
const HISTORY_TABLE = `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
    "id"                    TEXT PRIMARY KEY NOT NULL,
    "checksum"              TEXT NOT NULL,
    "finished_at"           DATETIME,
    "migration_name"        TEXT NOT NULL,
    "logs"                  TEXT,
    "rolled_back_at"        DATETIME,
    "started_at"            DATETIME NOT NULL DEFAULT current_timestamp,
    "applied_steps_count"   INTEGER UNSIGNED NOT NULL DEFAULT 0
)`;

/**
 * Applies what is missing, all in one transaction: one process migrates, others wait for its lock and find nothing to
 * do, and a process killed half way leaves the old schema. Answers the names applied.
 */
export async function migrate(
	handle: Sqlite.Database,
	store: string,
	migrations: readonly Migration[],
): Promise<string[]> {
	return retryWhileBusy(store, () => {
		// A look without the lock: most starts find nothing to do and need not wait for writers.
		if (hasHistory(handle) && pending(handle, store, migrations).length === 0) return [];
		// Tables are rebuilt by migrations; the pragma does nothing inside a transaction.
		handle.pragma("foreign_keys = OFF");
		try {
			return applyPending(handle, store, migrations);
		} finally {
			handle.pragma("foreign_keys = ON");
		}
	});
}

/** For who may not write: nothing may be missing. */
export function requireMigrated(handle: Sqlite.Database, store: string, migrations: readonly Migration[]): void {
	const [missing] = hasHistory(handle) ? pending(handle, store, migrations) : migrations;
	if (missing !== undefined) throw notMigrated(store, missing);
}

function applyPending(handle: Sqlite.Database, store: string, migrations: readonly Migration[]): string[] {
	handle.exec("BEGIN IMMEDIATE");
	try {
		handle.exec(HISTORY_TABLE);
		const missing = pending(handle, store, migrations);
		for (const migration of missing) applyOne(handle, migration);
		const broken = handle.pragma("foreign_key_check") as unknown[];
		if (broken.length > 0) {
			throw new StoreUnusableError(store, "its rows do not fit the new schema. Restore a backup, and report this.");
		}
		handle.exec("COMMIT");
		return missing.map(({ name }) => name);
	} catch (error) {
		if (handle.inTransaction) handle.exec("ROLLBACK");
		throw error;
	}
}

function applyOne(handle: Sqlite.Database, { name, sql, checksum }: Migration): void {
	const startedAt = Date.now();
	handle.exec(sql);
	handle
		.prepare(
			`INSERT INTO _prisma_migrations (id, checksum, finished_at, migration_name, started_at, applied_steps_count)
			VALUES (?, ?, ?, ?, ?, 1)`,
		)
		.run(randomUUID(), checksum, Date.now(), name, startedAt);
}

function hasHistory(handle: Sqlite.Database): boolean {
	const table = handle.prepare("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = '_prisma_migrations'");
	return table.get() !== undefined;
}

function pending(handle: Sqlite.Database, store: string, migrations: readonly Migration[]): Migration[] {
	const history = handle.prepare("SELECT * FROM _prisma_migrations").all() as HistoryRow[];
	return pendingMigrations(store, history, migrations);
}
