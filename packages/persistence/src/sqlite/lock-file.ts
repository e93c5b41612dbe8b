import { randomUUID } from "node:crypto";
import { existsSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import path from "node:path";
import Sqlite from "better-sqlite3";
import type { Guards, Looked } from "../guards.ts";
import { BOOT_ID } from "../running-process.ts";
import type { Sql } from "../sql.ts";

/** Longer than any lease: whoever left such a file has no lease to be proven dead of. */
const STALE_AFTER_MS = 2 * 60 * 60 * 1000;

/**
 * An empty database file beside the store that this process keeps in an exclusive transaction: SQLite's own lock, which
 * the system frees with the process. No time passes between death and proof, and none can be lost while it lives.
 *
 * Only a process on the same running system sees such locks for certain; so the guard names the system, and a guard of
 * another (a share between machines, or before a restart) proves nothing.
 */
export class LockFile implements Guards {
	#lock: { readonly handle: Sqlite.Database; readonly file: string; readonly guard: string } | null = null;
	#failed = false;
	readonly #beside: string;

	constructor(readonly store: string) {
		this.#beside = `${path.basename(store)}-alive-`;
	}

	get own(): string | null {
		return this.#lock?.guard ?? null;
	}

	async hold(): Promise<string | null> {
		if (this.#lock !== null || this.#failed) return this.own;
		try {
			this.#lock = this.#take();
			this.#removeStale();
		} catch {
			// No room or no right to make a file here: leases alone decide.
			this.#failed = true;
		}
		return this.own;
	}

	look(_sql: Sql, guards: readonly string[]): Looked {
		return { dead: guards.filter((guard) => this.#isFree(guard)), doubtfulForMs: null };
	}

	close(): void {
		if (this.#lock === null) return;
		this.#lock.handle.close();
		rmSync(this.#lock.file, { force: true });
		this.#lock = null;
	}

	#take() {
		const name = `${this.#beside}${randomUUID()}`;
		const file = path.join(path.dirname(this.store), name);
		writeFileSync(file, "", { mode: 0o600, flag: "wx" });
		const handle = new Sqlite(file, { fileMustExist: true, timeout: 0 });
		handle.exec("BEGIN EXCLUSIVE");
		return { handle, file, guard: JSON.stringify([SYSTEM, name]) };
	}

	#isFree(guard: string): boolean {
		const [system, name] = JSON.parse(guard) as [string, string];
		if (system !== SYSTEM || !name.startsWith(this.#beside) || path.basename(name) !== name) return false;
		return isFree(path.join(path.dirname(this.store), name));
	}

	/** Files of processes that were killed long ago. */
	#removeStale(): void {
		const folder = path.dirname(this.store);
		for (const name of readdirSync(folder)) {
			if (!name.startsWith(this.#beside)) continue;
			const file = path.join(folder, name);
			if (Date.now() - statSync(file).mtimeMs > STALE_AFTER_MS && isFree(file)) rmSync(file, { force: true });
		}
	}
}

/** A file that is gone proves nothing: somebody may have removed it under a living process. */
function isFree(file: string): boolean {
	if (!existsSync(file)) return false;
	let handle: Sqlite.Database | null = null;
	try {
		handle = new Sqlite(file, { fileMustExist: true, timeout: 0 });
		handle.exec("BEGIN EXCLUSIVE");
		return true;
	} catch {
		// Held, or not to be told.
		return false;
	} finally {
		handle?.close();
	}
}

const SYSTEM = BOOT_ID ?? hostname();
