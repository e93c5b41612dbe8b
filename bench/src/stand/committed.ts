import Sqlite from "better-sqlite3";
import pg from "pg";
import { pause } from "./load.ts";

/** How often the committed state is looked at while a scenario waits for it. */
const LOOK_EVERY_MS = 5;
/** A count of 10,000 rows takes up to 1 ms of the machine that is measured: far from the end it is made less often. */
const LOOK_AT_LEAST_EVERY_MS = 250;
const WITHIN_MS = 600_000;

const COMPLETED = "SELECT count(*) AS n FROM instance WHERE status = 'completed'";
const CHECKPOINTS = "SELECT count(*) AS n FROM checkpoint";

/** What the database held when the scenario was over, by a connection of its own. */
export interface CommittedState {
	readonly completed: number;
	readonly checkpoints: number;
}

/** Sees what is committed, by a connection that has no part in the work and is left out of every count. */
export abstract class Committed {
	/** The first row. */
	abstract one<Row extends object>(text: string): Promise<Row>;
	abstract close(): Promise<void>;

	async state(): Promise<CommittedState> {
		const completed = await this.one<{ n: number }>(COMPLETED);
		const checkpoints = await this.one<{ n: number }>(CHECKPOINTS);
		return { completed: Number(completed.n), checkpoints: Number(checkpoints.n) };
	}

	/** Resolves when a look finds that many instances completed. */
	async untilCompleted(instances: number): Promise<void> {
		const since = performance.now();
		let before: number | null = null;
		for (;;) {
			const n = Number((await this.one<{ n: number }>(COMPLETED)).n);
			if (n >= instances) return;
			const ms = performance.now() - since;
			if (ms > WITHIN_MS) throw new Error(`After ${WITHIN_MS} ms: ${n} instead of ${instances} completed.`);
			before ??= n;
			// Half of the time that the rest takes if it goes on like this.
			const halfOfRest = n > before ? ((instances - n) * ms) / (n - before) / 2 : 0;
			await pause(Math.min(Math.max(halfOfRest, LOOK_EVERY_MS), LOOK_AT_LEAST_EVERY_MS));
		}
	}

	/** Resolves when the count that `text` names as `n` is as wanted. */
	async until(text: string, isEnough: (n: number) => boolean, what: string): Promise<void> {
		const since = performance.now();
		for (;;) {
			const { n } = await this.one<{ n: number }>(text);
			if (isEnough(Number(n))) return;
			if (performance.now() - since > WITHIN_MS) throw new Error(`After ${WITHIN_MS} ms: ${n} instead of ${what}.`);
			await pause(LOOK_EVERY_MS);
		}
	}
}

export class CommittedInSqlite extends Committed {
	readonly #handle: Sqlite.Database;

	/** `own` tells the counters which handle to leave out. */
	constructor(file: string, own: WeakSet<object>) {
		super();
		this.#handle = new Sqlite(file, { timeout: 5_000 });
		own.add(this.#handle);
	}

	async one<Row extends object>(text: string): Promise<Row> {
		return this.#handle.prepare(text).get() as Row;
	}

	async close(): Promise<void> {
		this.#handle.close();
	}
}

export class CommittedInPostgres extends Committed {
	readonly #client: pg.Client;

	private constructor(client: pg.Client) {
		super();
		this.#client = client;
	}

	static async connect(url: string, own: WeakSet<object>): Promise<CommittedInPostgres> {
		const client = new pg.Client(url);
		own.add(client);
		await client.connect();
		return new CommittedInPostgres(client);
	}

	async one<Row extends object>(text: string): Promise<Row> {
		return (await this.#client.query(text)).rows[0] as Row;
	}

	close(): Promise<void> {
		return this.#client.end();
	}
}
