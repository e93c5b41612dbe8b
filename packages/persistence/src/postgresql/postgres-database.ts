import { randomUUID } from "node:crypto";
import type { Clock } from "@waymark/engine/backend";
import type pg from "pg";
import type { Flush, Flushed } from "../flush/flush.ts";
import type { KnownRun } from "../flush/known-run.ts";
import { loadRuns } from "../flush/load-runs.ts";
import { Gate } from "../gate.ts";
import { renewLease } from "../renew-lease.ts";
import type { Database, Renewed, Sql, WantedRuns } from "../sql.ts";
import { clientConfig, connect, discard, LEISURELY, PROMPT, storeName, WRITING } from "./connection.ts";
import { ROW_TYPES, type RowTypes } from "./flush-parts.ts";
import { FLUSH_SETTINGS, flushStatement } from "./flush-text.ts";
import { flushValues } from "./flush-values.ts";
import { HeartbeatLane } from "./heartbeat-lane.ts";
import { CHANNEL, Listener } from "./listener.ts";
import { endClient, ReadPool } from "./pool.ts";
import { faultOf } from "./postgres-errors.ts";
import { PostgresSql } from "./postgres-sql.ts";
import { retryWhileAway } from "./retry.ts";
import { SessionLock } from "./session-lock.ts";

type Work<T> = (sql: Sql, now: number) => Promise<T>;

/** Reads at one moment. Lists and counts, which may take long, have their own, so that no task waits for a page. */
const READERS = 3;
const LISTERS = 2;

/**
 * Locks order the writers. Every statement sees what was committed before it began, so after a wait what was waited for.
 * `READ WRITE` is not said: it would overrule whoever has made the database read-only.
 */
const WRITE = "BEGIN ISOLATION LEVEL READ COMMITTED";
const READ = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
const NOW = "floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint";
const CLOCK = `SELECT ${NOW} AS now`;
/** Binds the injected clock's time, or null. */
const MOMENT = `COALESCE(?::bigint, ${NOW})`;

/** One connection that writes, one for heartbeats, a few that read, and one that listens while somebody watches. */
export class PostgresDatabase implements Database {
	readonly name: string;
	/** For Prisma. */
	readonly listers: ReadPool;
	readonly guards: SessionLock;
	readonly #readers: ReadPool;
	readonly #heartbeats: HeartbeatLane;
	readonly #gate = new Gate();
	readonly #self = randomUUID();
	readonly #listeners = new Set<Listener>();
	/** The connections that are set up for flushes. */
	readonly #tuned = new WeakMap<pg.Client, RowTypes>();
	#writer: pg.Client | null;

	constructor(
		readonly url: string,
		/** Null: the database's own, as it must be wherever several machines share one. */
		readonly clock: Clock | null,
		writer: pg.Client,
	) {
		this.name = storeName(url);
		this.#writer = writer;
		this.listers = new ReadPool({ ...clientConfig(url, LEISURELY), max: LISTERS });
		this.#readers = new ReadPool({ ...clientConfig(url, PROMPT), max: READERS });
		this.guards = new SessionLock(
			() => connect(this.url, PROMPT),
			() => this.#heartbeats.open(),
			() => {
				for (const listener of this.#listeners) listener.heard();
			},
		);
		this.#heartbeats = new HeartbeatLane(() => this.#vouching());
	}

	transaction<T>(work: Work<T>): Promise<T> {
		return retryWhileAway(this.name, async () => {
			const leave = await this.#gate.enter();
			try {
				return await this.#write(work);
			} finally {
				leave();
			}
		});
	}

	renew(workerId: string, leaseMs: number): Promise<Renewed> {
		const moment = { text: MOMENT, value: this.clock === null ? null : Math.round(this.clock.now()) };
		return retryWhileAway(this.name, () =>
			this.#heartbeats.during((client) => renewLease(new PostgresSql(client), moment, workerId, leaseMs)),
		);
	}

	patiently<T>(action: () => Promise<T>): Promise<T> {
		return retryWhileAway(this.name, () => this.listers.during(action));
	}

	read<T>(work: Work<T>): Promise<T> {
		return retryWhileAway(this.name, () => this.#readers.during(() => this.#read(work)));
	}

	look<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
		const read = (client: pg.ClientBase) => work(new PostgresSql(client));
		return retryWhileAway(this.name, () => this.#readers.during(() => this.#reading(read)));
	}

	#read<T>(work: Work<T>): Promise<T> {
		return this.#reading(async (client) => {
			const now = await this.#begin(client, READ);
			const answer = await work(new PostgresSql(client), now);
			await client.query("COMMIT");
			return answer;
		});
	}

	async #reading<T>(read: (client: pg.ClientBase) => Promise<T>): Promise<T> {
		const client = await this.#readers.pool.connect();
		try {
			const answer = await read(client);
			client.release();
			return answer;
		} catch (error) {
			// A new connection costs little, and what state this one is in need not be known.
			client.release(true);
			throw error;
		}
	}

	async load(wanted: WantedRuns): Promise<readonly KnownRun[]> {
		return this.#autonomous((client) => loadRuns(new PostgresSql(client), wanted));
	}

	async flush(flush: Flush): Promise<Flushed> {
		const now = this.clock === null ? null : Math.round(this.clock.now());
		return this.#autonomous(async (client, types) => {
			const { parts, parameters } = flushValues(flush, types);
			const values = [now, [...flush.owners], CHANNEL, this.#self, ...parameters];
			const statement = { ...flushStatement(parts), values };
			const { rows } = await client.query<{ now: number; refused: string[] }>(statement);
			const [row] = rows;
			if (row === undefined) throw new Error("The server did not answer a flush.");
			return { now: row.now, refused: new Set(row.refused) };
		});
	}

	mayPass(error: unknown): boolean {
		return faultOf(error) !== "final";
	}

	watch(listener: () => void): () => void {
		const mine = new Listener(() => connect(this.url, PROMPT), this.#self, listener);
		this.#listeners.add(mine);
		return () => {
			void mine.end().then(() => this.#listeners.delete(mine));
		};
	}

	get hearsOthers(): boolean {
		return this.#listeners.size > 0 && [...this.#listeners].every(({ isListening }) => isListening);
	}

	async close(): Promise<void> {
		const leave = await this.#gate.enter();
		try {
			await Promise.all([...this.#listeners].map((listener) => listener.end()));
			await Promise.all([this.listers.end(), this.#readers.end(), this.#heartbeats.close(), this.guards.close()]);
			if (this.#writer !== null) await endClient(this.#writer);
			this.#writer = null;
		} finally {
			leave();
		}
	}

	/** One statement that is its own transaction, on the writing connection. */
	async #autonomous<T>(work: (client: pg.Client, types: RowTypes) => Promise<T>): Promise<T> {
		const leave = await this.#gate.enter();
		try {
			const client = await this.#writing();
			try {
				return await work(client, this.#tuned.get(client) ?? (await this.#tune(client)));
			} catch (error) {
				await this.#rollBack(client, error);
				throw error;
			}
		} finally {
			leave();
		}
	}

	async #tune(client: pg.Client): Promise<RowTypes> {
		await client.query(FLUSH_SETTINGS);
		const { rows } = await client.query<RowTypes>(ROW_TYPES);
		const [types] = rows;
		if (types === undefined) throw new Error("The server did not tell its types.");
		this.#tuned.set(client, types);
		return types;
	}

	/** A connection by which others see that this process lives. */
	async #vouching(): Promise<pg.Client> {
		const client = await connect(this.url, PROMPT);
		try {
			await this.guards.vouch(client);
			return client;
		} catch (error) {
			discard(client);
			throw error;
		}
	}

	async #writing(): Promise<pg.Client> {
		this.#writer ??= await connect(this.url, WRITING);
		return this.#writer;
	}

	async #write<T>(work: Work<T>): Promise<T> {
		const client = await this.#writing();
		try {
			const now = await this.#begin(client, WRITE);
			const sql = new PostgresSql(client);
			const answer = await work(sql, now);
			// One round trip, and at most one notification for the whole group. It reaches nobody unless the commit does.
			await client.query(sql.announced ? `NOTIFY ${CHANNEL}, '${this.#self}'; COMMIT` : "COMMIT");
			return answer;
		} catch (error) {
			await this.#rollBack(client, error);
			throw error;
		}
	}

	async #begin(client: pg.ClientBase, statement: string): Promise<number> {
		if (this.clock !== null) {
			await client.query(statement);
			return Math.round(this.clock.now());
		}
		// Two statements in one round trip answer with two results, which the driver's types do not know.
		const results = (await client.query(`${statement}; ${CLOCK}`)) as unknown as pg.QueryResult<{ now: number }>[];
		const now = results[1]?.rows[0]?.now;
		if (now === undefined) throw new Error("The server did not tell its time.");
		return now;
	}

	/** After a lost connection nobody knows what the client would answer next: it is not used again. */
	async #rollBack(client: pg.Client, error: unknown): Promise<void> {
		try {
			if (faultOf(error) !== "away") {
				await client.query("ROLLBACK");
				return;
			}
		} catch {
			// It is discarded below.
		}
		discard(client);
		if (this.#writer === client) this.#writer = null;
	}
}
