import { systemClock, systemIds } from "@waymark/engine";
import type Sqlite from "better-sqlite3";
import { onTestFinished } from "vitest";
import { openSqliteStore, type SqliteOptions } from "../sqlite/open-store.ts";
import { SqliteDatabase } from "../sqlite/sqlite-database.ts";
import type { Store } from "../store.ts";
import { temporaryFile } from "./temporary-folder.ts";

interface TestStore {
	readonly store: Store;
	readonly database: SqliteDatabase;
	readonly handle: Sqlite.Database;
	readonly file: string;
}

/** An open store with its handle, closed when the test is over. */
export async function openTestStore(file = temporaryFile(), options: Partial<SqliteOptions> = {}): Promise<TestStore> {
	const { store, release } = await openSqliteStore(file, {
		durability: "full",
		readOnly: false,
		clock: systemClock,
		ids: systemIds,
		...options,
	});
	onTestFinished(release);
	const { database } = store;
	if (!(database instanceof SqliteDatabase)) throw new Error("The SQLite store stands on something else.");
	return { store, database, handle: database.handle, file };
}
