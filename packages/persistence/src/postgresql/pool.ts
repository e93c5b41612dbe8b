import pg from "pg";
import { discard } from "./connection.ts";

/** A server that is there says goodbye within that time. */
const GOODBYE_MS = 1_000;

/**
 * Connections that read. Whoever finds none free waits here and not in the pool, whose patience is meant for a server
 * that does not answer: a crowd of readers is no dead server.
 */
export class ReadPool {
	readonly pool: pg.Pool;
	readonly #clients = new Set<pg.Client>();
	readonly #waiting: (() => void)[] = [];
	#free: number;

	constructor(config: pg.PoolConfig & { readonly max: number }) {
		this.#free = config.max;
		this.pool = new pg.Pool({ ...config, idleTimeoutMillis: 30_000 });
		// A connection that is lost while idle is replaced when it is next needed; unheard, the event ends the process.
		this.pool.on("error", () => {});
		this.pool.on("connect", (client) => {
			client.on("error", () => {});
			this.#clients.add(client as pg.Client);
		});
		this.pool.on("remove", (client) => this.#clients.delete(client as pg.Client));
	}

	/** For as long as the action takes, one connection is there for it, if it takes no more than one at a time. */
	async during<T>(action: () => Promise<T>): Promise<T> {
		if (this.#free > 0) this.#free -= 1;
		else await new Promise<void>((resolve) => this.#waiting.push(resolve));
		try {
			return await action();
		} finally {
			const next = this.#waiting.shift();
			if (next === undefined) this.#free += 1;
			else next();
		}
	}

	end(): Promise<void> {
		return endSoon(this.pool.end(), () => {
			for (const client of this.#clients) discard(client);
		});
	}
}

/** Ends a connection politely, if the other side still answers. */
export function endClient(client: pg.Client): Promise<void> {
	return endSoon(client.end(), () => discard(client));
}

async function endSoon(ending: Promise<void>, cutOff: () => void): Promise<void> {
	const late = setTimeout(cutOff, GOODBYE_MS);
	await ending.catch(() => {});
	clearTimeout(late);
}
