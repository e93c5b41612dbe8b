import { realpathSync, statfsSync } from "node:fs";
import path from "node:path";
import { type Clock, type Ids, InvalidArgumentError, StoreUnusableError } from "@waymark/engine/backend";
import type Sqlite from "better-sqlite3";
import { Committer } from "../committer.ts";
import { DeathWatch } from "../guards.ts";
import { Hints } from "../hints.ts";
import { migrationsFolder, readMigrations } from "../migrations.ts";
import { LazyReadClient } from "../read-client.ts";
import type { Store } from "../store.ts";
import { ValueReads } from "../value-reads.ts";
import { retryWhileBusy } from "./busy-retry.ts";
import { connect, type Durability } from "./connection.ts";
import { doubtAbout } from "./file-system.ts";
import { migrate, requireMigrated } from "./migrate.ts";
import { SqliteDatabase } from "./sqlite-database.ts";
import { ensureStoreFile, requireStoreFile } from "./store-file.ts";

export interface SqliteOptions {
	readonly durability: Durability;
	readonly readOnly: boolean;
	readonly clock: Clock;
	readonly ids: Ids;
}

interface Shared {
	readonly options: SqliteOptions;
	readonly opening: Promise<{ readonly store: Store; readonly close: () => Promise<void> }>;
	users: number;
}

/** One write connection per process and file, however often it is opened. By real path. */
const open = new Map<string, Shared>();

/** Files whose last user is leaving: the next one waits until that is done. */
const closing = new Map<string, Promise<void>>();

/** Opens the store, or joins those who have it open. `release` gives this user's share back; the last one closes it. */
export async function openSqliteStore(
	file: string,
	options: SqliteOptions,
): Promise<{ readonly store: Store; readonly release: () => Promise<void> }> {
	const key = realPath(file);
	await closing.get(key);
	let shared = open.get(key);
	if (shared === undefined) {
		shared = { options, opening: openStore(key, options), users: 0 };
		open.set(key, shared);
	}
	const mine = shared;
	checkSame(key, mine.options, options);
	mine.users += 1;
	try {
		const { store } = await mine.opening;
		return { store, release: () => leave(key, mine) };
	} catch (error) {
		await leave(key, mine);
		throw error;
	}
}

async function leave(key: string, shared: Shared): Promise<void> {
	shared.users -= 1;
	if (shared.users > 0) return;
	open.delete(key);
	const done = shared.opening.then(
		({ close }) => close(),
		() => {},
	);
	closing.set(key, done);
	await done;
	if (closing.get(key) === done) closing.delete(key);
}

/** The file itself may not exist yet; its folder must. */
function realPath(file: string): string {
	try {
		return realpathSync(file);
	} catch {
		try {
			return path.join(realpathSync(path.dirname(file)), path.basename(file));
		} catch {
			return path.resolve(file);
		}
	}
}

function checkSame(file: string, has: SqliteOptions, wants: SqliteOptions): void {
	const argument = (["readOnly", "durability", "clock"] as const).find((name) => has[name] !== wants[name]);
	if (argument === undefined) return;
	throw new InvalidArgumentError(
		argument,
		`sqlite:${file} is open in this process with another ${argument}. Open it with the same one everywhere.`,
	);
}

async function openStore(file: string, options: SqliteOptions) {
	const migrations = readMigrations(migrationsFolder("sqlite"));
	if (options.readOnly) requireStoreFile(file);
	else await ensureStoreFile(file, migrations);
	const name = `sqlite:${file}`;
	const doubt = doubtAbout(statfsSync(path.dirname(file)).type);
	if (doubt !== null) process.emitWarning(`${name}: ${doubt}`, { code: "WAYMARK_FILE_SYSTEM" });
	// Busy even to readers, while another process that was the last one folds the log in and leaves.
	const handle = await retryWhileBusy(name, () => connect(file, options.durability, options.readOnly));
	try {
		if (options.readOnly) await retryWhileBusy(name, () => requireMigrated(handle, name, migrations));
		else {
			await retryWhileBusy(name, () => handle.pragma("journal_mode = WAL"));
			await migrate(handle, name, migrations);
		}
		await retryWhileBusy(name, () => checkSentinel(handle, name));
	} catch (error) {
		handle.close();
		throw error;
	}
	return standOn(new SqliteDatabase(file, handle, options.clock), options);
}

function checkSentinel(handle: Sqlite.Database, name: string): void {
	if (handle.prepare("SELECT 1 FROM store").get() !== undefined) return;
	throw new StoreUnusableError(name, "the file has lost its contents. Restore a backup, or remove the file.");
}

function standOn(database: SqliteDatabase, options: SqliteOptions) {
	const hints = new Hints((listener) => database.watch(listener));
	const committer = new Committer(database, options.ids, (changes) => hints.announce(changes));
	const prisma = new LazyReadClient(async () => {
		const [{ SharedSqliteAdapter }, { PrismaClient }] = await Promise.all([
			import("./prisma-adapter.ts"),
			import("../generated/sqlite/client.ts"),
		]);
		return new PrismaClient({ adapter: new SharedSqliteAdapter(database) });
	});
	const close = async () => {
		await committer.drained();
		hints.close();
		await prisma.close();
		await database.close();
	};
	const values = new ValueReads(database, committer.recent);
	return { store: { database, committer, values, hints, prisma, deaths: new DeathWatch(database.guards) }, close };
}
