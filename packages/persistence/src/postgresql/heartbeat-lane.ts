import type pg from "pg";
import { Gate } from "../gate.ts";
import { discard } from "./connection.ts";

/**
 * A connection of its own for the few writes that must not wait for a long group commit, nor for readers: heartbeats.
 * Made with the first worker, so that a process without one has none.
 */
export class HeartbeatLane {
	readonly #gate = new Gate();
	#client: pg.Client | null = null;

	constructor(readonly connect: () => Promise<pg.Client>) {}

	async during<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
		const leave = await this.#gate.enter();
		try {
			return await work(await this.#connected());
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
