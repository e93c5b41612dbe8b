import { randomInt, randomUUID } from "node:crypto";
import { closeSync, constants, copyFileSync, fsyncSync, linkSync, openSync, readSync, rmSync, statSync } from "node:fs";
import path from "node:path";
import { StoreUnusableError } from "@waymark/engine/backend";
import type { Migration } from "../migrations.ts";
import { APPLICATION_ID, connect, type Durability } from "./connection.ts";
import { isForeignLog } from "./foreign-log.ts";
import { migrate } from "./migrate.ts";

const MAGIC = "SQLite format 3\0";
const APPLICATION_ID_AT = 68;
const HEADER_BYTES = 100;
const LARGEST_MARK = 2 ** 31 - 1;

/** Makes sure that there is a Waymark database at that path, and refuses anything else that is there. */
export async function ensureStoreFile(file: string, migrations: readonly Migration[]): Promise<void> {
	const store = `sqlite:${file}`;
	const folder = statSync(path.dirname(file), { throwIfNoEntry: false });
	if (folder === undefined || !folder.isDirectory()) {
		throw new StoreUnusableError(store, `there is no folder ${path.dirname(file)}. Create it first.`);
	}
	if (statSync(file, { throwIfNoEntry: false }) === undefined) await createStoreFile(file, migrations);
	checkStoreFile(file, store);
}

/** The same for who may not create one. */
export function requireStoreFile(file: string): void {
	const store = `sqlite:${file}`;
	if (statSync(file, { throwIfNoEntry: false }) === undefined) {
		throw new StoreUnusableError(store, "there is no file to read. Start a worker on it first, which makes it.");
	}
	checkStoreFile(file, store);
}

/**
 * A new database is made complete under another name and then linked to its own: whoever sees the file sees a whole
 * one, and of several processes that create it at one moment one wins and the others use its file.
 */
async function createStoreFile(file: string, migrations: readonly Migration[]): Promise<void> {
	const draft = `${file}.new-${randomUUID()}`;
	try {
		// Readable by its owner only, from the first moment; SQLite gives its log files the same mode.
		closeSync(openSync(draft, "wx", 0o600));
		await fillDraft(draft, migrations);
		publish(draft, file);
		sync(path.dirname(file));
	} catch (error) {
		if (StoreUnusableError.is(error)) throw error;
		const because = "it cannot be created there. Check the permissions of the folder, and the space on the disk.";
		throw new StoreUnusableError(`sqlite:${file}`, because, { cause: error });
	} finally {
		for (const suffix of ["", "-wal", "-shm", "-journal"]) rmSync(draft + suffix, { force: true });
	}
}

async function fillDraft(draft: string, migrations: readonly Migration[]): Promise<void> {
	const durability: Durability = "full";
	const handle = connect(draft, durability);
	try {
		handle.pragma(`application_id = ${APPLICATION_ID}`);
		// By which its log is known.
		handle.pragma(`user_version = ${randomInt(1, LARGEST_MARK)}`);
		await migrate(handle, `sqlite:${draft}`, migrations);
		handle.prepare("INSERT INTO store (store_id, created_at) VALUES (?, ?)").run(randomUUID(), Date.now());
		// Kept in the file; set last, so that the draft has no log to lose.
		handle.pragma("journal_mode = WAL");
	} finally {
		handle.close();
	}
	sync(draft);
}

function publish(draft: string, file: string): void {
	try {
		linkSync(draft, file);
	} catch (error) {
		const code = error instanceof Error && "code" in error ? error.code : null;
		if (code === "EEXIST") return;
		if (code !== "EPERM" && code !== "ENOTSUP" && code !== "ENOSYS") throw error;
		// No hard links on this file system: a copy that never overwrites is the next best.
		copyUnlessThere(draft, file);
	}
}

function copyUnlessThere(draft: string, file: string): void {
	try {
		copyFileSync(draft, file, constants.COPYFILE_EXCL);
	} catch (error) {
		if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
	}
}

function sync(target: string): void {
	const descriptor = openSync(target, "r");
	try {
		fsyncSync(descriptor);
	} finally {
		closeSync(descriptor);
	}
}

/** Looks before SQLite does: it would take an empty file for an empty database, and any database for ours. */
function checkStoreFile(file: string, store: string): void {
	const found = statSync(file);
	if (found.isDirectory()) throw new StoreUnusableError(store, "it is a folder. Name a file in it.");
	if (!found.isFile()) throw new StoreUnusableError(store, "it is not a regular file. Name another.");
	if (found.size === 0) {
		const because = "the file is empty, though it once may have held data. Restore a backup, or remove the file.";
		throw new StoreUnusableError(store, because);
	}
	const header = readHeader(file, store);
	if (header.toString("latin1", 0, MAGIC.length) !== MAGIC) {
		throw new StoreUnusableError(store, "the file is not a SQLite database. Name another file, or move this one away.");
	}
	if (header.readInt32BE(APPLICATION_ID_AT) !== APPLICATION_ID) {
		throw new StoreUnusableError(store, "the file belongs to another program. Name another file.");
	}
	if (isForeignLog(file)) {
		const because = `the log beside it, ${file}-wal, is another store's. Put back the log that belongs to it, or move that one away: what this store was told last may be missing then.`;
		throw new StoreUnusableError(store, because);
	}
}

function readHeader(file: string, store: string): Buffer {
	const header = Buffer.alloc(HEADER_BYTES);
	try {
		const descriptor = openSync(file, "r");
		try {
			readSync(descriptor, header, 0, HEADER_BYTES, 0);
		} finally {
			closeSync(descriptor);
		}
		return header;
	} catch (cause) {
		throw new StoreUnusableError(store, "it cannot be read. Check the permissions of the file.", { cause });
	}
}
