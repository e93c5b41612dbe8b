import type { Flush, Flushed } from "./flush/flush.ts";
import type { KnownRun } from "./flush/known-run.ts";

/** What the facets know of a database: one transaction's statements, and the few words that differ by dialect. */

export type SqlValue = string | number | Uint8Array | null;

/** SQLite answers at once, a server later; the facets await either. */
export type Awaitable<T> = T | Promise<T>;

/** The statements of one transaction. Values are bound to `?` placeholders in order. */
export interface Sql {
	readonly dialect: Dialect;
	all<Row>(text: string, ...values: readonly SqlValue[]): Awaitable<Row[]>;
	/** The first row, if there is one. */
	get<Row>(text: string, ...values: readonly SqlValue[]): Awaitable<Row | undefined>;
	/** Answers how many rows it changed. */
	run(text: string, ...values: readonly SqlValue[]): Awaitable<number>;
	/** Lets other processes know of this transaction once it has committed. */
	announce(): void;
}

/** SQL that has no spelling common to the databases. */
export interface Dialect {
	/** True if the text column is one of the strings. Binds one parameter: a JSON array of strings. */
	memberOf(column: string): string;
	/** True if every string of the JSON array in the column is one of the strings. Binds one parameter: such an array. */
	subsetOf(column: string): string;
	/**
	 * The rows of a JSON array of strings, as a table `named` with the column `value`. Binds one parameter: such an array.
	 */
	eachOf(named: string): string;
	/** What an order of rows with `owner IS NULL` begins with, so that the index of the queue is walked. */
	readonly queued: string;
	/** The function that finds a text in another: 1 is its beginning, 0 means nowhere. */
	readonly positionIn: "INSTR" | "STRPOS";
	/** The text with its ASCII letters in lower case. */
	lowered(text: string): string;
	/** Follows a table's name: which index is walked, where a planner without statistics may take another. */
	indexedBy(index: string): string;
	/** Null where a write transaction has the database to itself, so that no row needs a lock. */
	readonly rowLocks: RowLocks | null;
}

/** What ends a SELECT that locks what it finds. */
export interface RowLocks {
	/** Waits for whoever holds a row. */
	readonly wait: string;
	/** Passes over rows that others hold. The tables are locked in this order. */
	skip(...tables: readonly string[]): string;
}

/** Of a lease: whether it holds, and until when. */
export interface Renewed {
	readonly alive: boolean;
	readonly expiresAt: number;
}

/** Which runs are wanted: these, and the newest of these instances, unless it has very many open nodes. */
export interface WantedRuns {
	readonly runs: readonly string[];
	readonly instances: readonly string[];
}

/** A database that is open. Write transactions run one at a time and in order. */
export interface Database {
	/** For people: `sqlite:/path/to/file`. Never holds a password. */
	readonly name: string;
	/**
	 * Commits if the work resolves, else rolls back; `now` is the database's clock, read once, ms since the epoch. The
	 * work is done again where a conflict with another process or a lost connection undid it, or may have undone it.
	 */
	transaction<T>(work: (sql: Sql, now: number) => Promise<T>): Promise<T>;
	/** Renews a worker's lease, ahead of whatever waits in this process: a heartbeat that comes late loses every lease. */
	renew(workerId: string, leaseMs: number): Promise<Renewed>;
	/** Repeats a read that is made otherwise, as `transaction` does, while the database is away or busy. */
	patiently<T>(action: () => Promise<T>): Promise<T>;
	/** All statements of the work see one committed state. They must not write. */
	read<T>(work: (sql: Sql, now: number) => Promise<T>): Promise<T>;
	/** A read that needs no common state of its statements, and on a server has only one: no transaction is begun for it. */
	look<T>(work: (sql: Sql) => Promise<T>): Promise<T>;
	/**
	 * Writes a set of rows in one commit: on SQLite without an await between, on a server with one round trip. Never done
	 * again here: if it rejects, whether it was written is not known, and nothing of it may be believed.
	 */
	flush(flush: Flush): Promise<Flushed>;
	/** Whether what failed so may succeed a little later: the database was away, or others were in the way. */
	mayPass(error: unknown): boolean;
	/** Those of these runs that exist, each as it was at one moment. */
	load(wanted: WantedRuns): Promise<readonly KnownRun[]>;
	/** Calls the listener when another process may have committed. Answers the function that ends it. */
	watch(listener: () => void): () => void;
	/** Whether it would be told at this moment, as far as one can tell. When that ends, it is told once more. */
	readonly hearsOthers: boolean;
	close(): Promise<void>;
}
