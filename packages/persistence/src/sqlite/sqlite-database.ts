import type { Clock } from "@waymark/engine/backend";
import type Sqlite from "better-sqlite3";
import type { Flush, Flushed } from "../flush/flush.ts";
import type { KnownRun } from "../flush/known-run.ts";
import { loadRuns } from "../flush/load-runs.ts";
import { Gate } from "../gate.ts";
import { renewLease } from "../renew-lease.ts";
import type { Database, Renewed, Sql, WantedRuns } from "../sql.ts";
import { retryWhileBusy } from "./busy-retry.ts";
import { watchCommits } from "./commit-watch.ts";
import { LockFile } from "./lock-file.ts";
import { asRefusal, isBusy } from "./sqlite-errors.ts";
import { writeFlush } from "./sqlite-flush.ts";
import { SqliteSql } from "./sqlite-sql.ts";

/**
 * The one connection of this process to a file. Two would block each other: the second waits inside SQLite, on the very
 * event loop that the first needs to finish. So everything, Prisma too, goes through this handle and its gate.
 */
export class SqliteDatabase implements Database {
	readonly name: string;
	readonly gate = new Gate();
	readonly guards: LockFile;
	readonly #sql: SqliteSql;
	readonly #dataVersion: Sqlite.Statement<[]>;
	readonly #totalChanges: Sqlite.Statement<[]>;

	constructor(
		readonly file: string,
		readonly handle: Sqlite.Database,
		readonly clock: Clock,
	) {
		this.name = `sqlite:${file}`;
		this.#sql = new SqliteSql(handle);
		this.#totalChanges = handle.prepare<[]>("SELECT total_changes()").pluck();
		this.#dataVersion = handle.prepare<[]>("PRAGMA data_version").pluck();
		this.guards = new LockFile(file);
	}

	/** IMMEDIATE: a transaction that reads first and writes later can be refused in the middle, with no way to wait. */
	transaction<T>(work: (sql: Sql, now: number) => Promise<T>): Promise<T> {
		return this.#within("BEGIN IMMEDIATE", work);
	}

	/** Before what waits at the gate: behind one group commit at most. */
	renew(workerId: string, leaseMs: number): Promise<Renewed> {
		return this.#within(
			"BEGIN IMMEDIATE",
			(sql, now) => renewLease(sql, { text: "?", value: now }, workerId, leaseMs),
			"urgent",
		);
	}

	/** Whatever enters through `begin` waits for a busy database there. */
	patiently<T>(action: () => Promise<T>): Promise<T> {
		return action();
	}

	read<T>(work: (sql: Sql, now: number) => Promise<T>): Promise<T> {
		return this.#within("BEGIN", work);
	}

	look<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
		return this.#alone(() => work(this.#sql));
	}

	load(wanted: WantedRuns): Promise<readonly KnownRun[]> {
		return this.#alone(() => loadRuns(this.#sql, wanted));
	}

	async flush(flush: Flush): Promise<Flushed> {
		const leave = await this.begin("BEGIN IMMEDIATE");
		try {
			const now = Math.round(this.clock.now());
			const refused = writeFlush(this.#sql, flush, now);
			this.#sql.run("COMMIT");
			return { now, refused };
		} catch (error) {
			if (this.handle.inTransaction) this.#sql.run("ROLLBACK");
			throw error;
		} finally {
			leave();
		}
	}

	/** A busy file is met when the flush begins, and is waited for there. */
	mayPass(error: unknown): boolean {
		return isBusy(error);
	}

	/** Statements that read between the transactions of others. */
	async #alone<T>(work: () => Promise<T>): Promise<T> {
		return retryWhileBusy(this.name, async () => {
			const leave = await this.gate.enter();
			try {
				return await work();
			} finally {
				leave();
			}
		});
	}

	/** Enters the gate and begins. While another process holds the lock, others of this process get their turn. */
	async begin(statement: "BEGIN" | "BEGIN IMMEDIATE", urgency: "usual" | "urgent" = "usual"): Promise<() => void> {
		return retryWhileBusy(this.name, async () => {
			const leave = await this.gate.enter(urgency);
			try {
				this.#sql.run(statement);
				return leave;
			} catch (error) {
				leave();
				throw error;
			}
		});
	}

	/** The file is looked at. */
	readonly hearsOthers = true;

	watch(listener: () => void): () => void {
		return watchCommits(this, listener);
	}

	dataVersion(): unknown {
		try {
			return this.gate.busy ? null : this.#dataVersion.get();
		} catch (error) {
			if (isBusy(error)) return null;
			throw error;
		}
	}

	get rowsWritten(): unknown {
		return this.#totalChanges.get();
	}

	async close(): Promise<void> {
		const leave = await this.gate.enter();
		this.guards.close();
		this.handle.close();
		leave();
	}

	/** A busy database is met at the first statement that takes the lock; by then the work has written nothing. */
	#within<T>(
		statement: "BEGIN" | "BEGIN IMMEDIATE",
		work: (sql: Sql, now: number) => Promise<T>,
		urgency: "usual" | "urgent" = "usual",
	): Promise<T> {
		return retryWhileBusy(this.name, async () => {
			const leave = await this.begin(statement, urgency);
			try {
				const answer = await work(this.#sql, Math.round(this.clock.now()));
				this.#sql.run("COMMIT");
				return answer;
			} catch (error) {
				if (this.handle.inTransaction) this.#sql.run("ROLLBACK");
				throw asRefusal(error);
			} finally {
				leave();
			}
		});
	}
}
