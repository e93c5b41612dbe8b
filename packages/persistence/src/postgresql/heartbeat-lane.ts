import type pg from "pg";
import { Gate } from "../gate.ts";
import type { Sql } from "../sql.ts";
import { discard } from "./connection.ts";
import { PostgresSql } from "./postgres-sql.ts";

/**
 * A connection of its own for the few writes that must not wait for a long group commit, nor for readers: heartbeats.
 * Made with the first worker, so that a process without one has none.
 */
export class HeartbeatLane {
	readonly #gate = new Gate();
	#client: pg.Client | null = null;

	constructor(
		readonly connect: () => Promise<pg.Client>,
		/** Begins a transaction and answers the time. */
		readonly begin: (client: pg.Client) => Promise<number>,
	) {}

	async transaction<T>(work: (sql: Sql, now: number) => Promise<T>): Promise<T> {
		const leave = await this.#gate.enter();
		try {
			const client = await this.#connected();
			const now = await this.begin(client);
			const answer = await work(new PostgresSql(client), now);
			await client.query("COMMIT");
			return answer;
		} catch (error) {
			// What state it is in need not be known.
			if (this.#client !== null) discard(this.#client);
			this.#client = null;
			throw error;
		} finally {
			leave();
		}
	}

	/** Connects, unless it is connected. */
	async open(): Promise<void> {
		const leave = await this.#gate.enter();
		try {
			await this.#connected();
		} finally {
			leave();
		}
	}

	async #connected(): Promise<pg.Client> {
		this.#client ??= await this.connect();
		return this.#client;
	}

	async close(): Promise<void> {
		const leave = await this.#gate.enter();
		if (this.#client !== null) discard(this.#client);
		this.#client = null;
		leave();
	}
}
