import { StoreUnusableError } from "@waymark/engine/backend";
import Sqlite from "better-sqlite3";
import { withWayOut } from "./sqlite-errors.ts";

/** `full`: what is acknowledged survives power loss. `normal`: it survives a crash of the process, but the last moments may be lost with the power. */
export type Durability = "full" | "normal";

/** "Wymk": tells a Waymark database from other SQLite files. Never changes. */
export const APPLICATION_ID = 0x57796d6b;

/** Before it, two processes that write or checkpoint at one moment can damage the file (WAL reset). */
const OLDEST_SQLITE = [3, 51, 3] as const;

/** Pages of log before it is copied into the file: fewer, longer checkpoints suit small frequent commits. */
const CHECKPOINT_PAGES = 4000;

/**
 * Opens a connection with every setting that safety rests on. The file must exist. One that only reads still uses the
 * index of the log beside the file: it needs the right to write to the folder, or a process that has made one.
 */
export function connect(file: string, durability: Durability, readonly = false): Sqlite.Database {
	const store = `sqlite:${file}`;
	let database: Sqlite.Database | null = null;
	try {
		// A busy database is retried by timers, never by blocking the event loop inside SQLite.
		database = new Sqlite(file, { fileMustExist: true, timeout: 0, readonly });
		checkVersion(store, String(database.prepare("SELECT sqlite_version()").pluck().get()));
		database.pragma("foreign_keys = ON");
		// The compiled-in default of WAL is NORMAL.
		database.pragma(`synchronous = ${durability === "full" ? "FULL" : "NORMAL"}`);
		database.pragma(`wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
		database.pragma("trusted_schema = OFF");
		return database;
	} catch (error) {
		database?.close();
		throw withWayOut(store, error);
	}
}

export function checkVersion(store: string, version: string): void {
	const found = version.split(".").map(Number);
	for (const [i, least] of OLDEST_SQLITE.entries()) {
		const part = found[i] ?? 0;
		if (part > least) return;
		if (part < least) {
			throw new StoreUnusableError(
				store,
				`SQLite ${version} can damage a file that two processes use; ${OLDEST_SQLITE.join(".")} is needed. Reinstall better-sqlite3.`,
			);
		}
	}
}
