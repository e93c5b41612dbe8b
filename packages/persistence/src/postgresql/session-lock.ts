import { createHash, randomUUID } from "node:crypto";
import type pg from "pg";
import type { Guards, Looked } from "../guards.ts";
import { type Fate, fateOf, OWN_PROCESS, type ProcessName } from "../running-process.ts";
import type { Sql } from "../sql.ts";
import { discard } from "./connection.ts";

/** A lock that is free may have been lost with its connection by a process that lives: it gets this long to take it again. */
const BENEFIT_OF_DOUBT_MS = 1_000;
const LOOK_EVERY_MS = 30_000;
const FIRST_PAUSE_MS = 10;
const LONGEST_PAUSE_MS = 2_000;

/** Differs from server to server and from start to start: with the server all its locks are gone, and that proves nothing. */
const SERVER = "(extract(epoch FROM pg_postmaster_start_time()) * 1000000)::bigint::text";

/** Of a guard `g`: some other session vouches for its process. Asked of the few locks that are free. */
const VOUCHED = `EXISTS (
	SELECT 1 FROM pg_locks l WHERE l.locktype = 'advisory' AND l.objsubid = 1 AND l.granted
		AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
		AND ((l.classid::bigint << 32) | l.objid::bigint) = ((g::jsonb ->> 1)::bigint # 1))`;

/**
 * A session's advisory lock on a connection of its own. The server frees it when the process dies, and also when only
 * the connection does: then it is taken again at once. A second session vouches for the process meanwhile, for one that
 * stands still cannot take anything again. Where both are gone, whoever runs on the same system sees for itself whether
 * the process is; all others give the benefit of the doubt. Should they take over a living one's leases, the fence keeps
 * its results out, and its next heartbeat says that the lease is gone.
 */
export class SessionLock implements Guards {
	readonly #key: string;
	/** Of the lock by which other sessions vouch. */
	readonly #voucher: string;
	#client: pg.Client | null = null;
	/** Resolves when that client has ended. */
	#gone: Promise<void> = Promise.resolve();
	#guard: string | null = null;
	#holding: Promise<void> | null = null;
	#ended = false;
	#wake: () => void = () => {};
	/** Since when each lock of others has been seen free. */
	readonly #freeSince = new Map<string, number>();

	constructor(
		readonly connect: () => Promise<pg.Client>,
		/** Opens another session, that vouches. */
		readonly openVoucher: () => Promise<unknown>,
		/** The lock was lost for a moment: whoever runs tasks should look whether they are still theirs. */
		readonly regained: () => void,
	) {
		const key = createHash("sha256").update(randomUUID()).digest().readBigInt64BE(0);
		this.#key = key.toString();
		this.#voucher = (key ^ 1n).toString();
	}

	get own(): string | null {
		return this.#guard;
	}

	async hold(): Promise<string | null> {
		if (this.#guard !== null || this.#ended) return this.#guard;
		try {
			await this.#take();
			this.#holding ??= this.#keep();
			await this.openVoucher();
		} catch {
			// No connection to be had now: this worker's lease alone decides.
		}
		return this.#guard;
	}

	/** From now on that session says that this process lives, for as long as it is there. */
	async vouch(client: pg.Client): Promise<void> {
		// Shared: an older session that the server has not missed yet does not stand in the way.
		await client.query("SELECT pg_advisory_lock_shared($1)", [this.#voucher]);
	}

	async look(sql: Sql, guards: readonly string[]): Promise<Looked> {
		// Trying takes the lock until this transaction ends, so that its process cannot take it again while it is robbed;
		// shared, so that several who look do not take each other for it.
		const free = await sql.all<{ guard: string }>(
			`SELECT g AS guard FROM jsonb_array_elements_text(?::jsonb) g
			WHERE CASE WHEN g::jsonb ->> 0 = ${SERVER} THEN
				CASE WHEN pg_try_advisory_xact_lock_shared((g::jsonb ->> 1)::bigint) THEN NOT ${VOUCHED} ELSE FALSE END
			ELSE FALSE END`,
			JSON.stringify(guards),
		);
		const now = performance.now();
		const found = new Set(free.map(({ guard }) => guard));
		for (const known of this.#freeSince.keys()) if (!found.has(known)) this.#freeSince.delete(known);
		const dead: string[] = [];
		let doubtfulForMs: number | null = null;
		for (const guard of found) {
			const fate = fateBehind(guard);
			// One that lives and has no session will have one again, or die.
			const since = fate === "lives" ? now : (this.#freeSince.get(guard) ?? now);
			this.#freeSince.set(guard, since);
			const left = fate === "gone" ? 0 : since + BENEFIT_OF_DOUBT_MS - now;
			if (left <= 0) dead.push(guard);
			else doubtfulForMs = Math.min(doubtfulForMs ?? left, left);
		}
		return { dead, doubtfulForMs };
	}

	async close(): Promise<void> {
		this.#ended = true;
		this.#wake();
		if (this.#client !== null) discard(this.#client);
		this.#client = null;
		await this.#holding;
	}

	/** Takes the lock on a new connection, and tells what others must look for where that has changed. */
	async #take(): Promise<void> {
		const client = await this.connect();
		const gone = new Promise<void>((resolve) => client.once("end", resolve));
		try {
			const { rows } = await client.query<{ server: string }>(`SELECT ${SERVER} AS server, pg_advisory_lock($1)`, [
				this.#key,
			]);
			const guard = guardOf(rows[0]?.server ?? "", this.#key);
			if (this.#guard !== null && this.#guard !== guard) {
				await client.query("UPDATE worker SET guard = $1 WHERE guard = $2", [guard, this.#guard]);
			}
			if (this.#ended) throw new Error("closed meanwhile");
			this.#client = client;
			this.#gone = gone;
			this.#guard = guard;
		} catch (error) {
			discard(client);
			throw error;
		}
	}

	/** Takes it again whenever its connection is lost. */
	async #keep(): Promise<void> {
		let pause = FIRST_PAUSE_MS;
		while (!this.#ended) {
			try {
				if (this.#client === null) {
					await this.#take();
					this.regained();
				}
				await this.#lost();
				pause = FIRST_PAUSE_MS;
			} catch {
				await this.#sleep(pause * (0.5 + Math.random()));
				pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
			}
		}
	}

	/** Resolves when the connection has ended. A silent one is found by a look. */
	async #lost(): Promise<void> {
		const client = this.#client;
		if (client === null) return;
		const look = setInterval(() => void client.query("SELECT 1").catch(() => discard(client)), LOOK_EVERY_MS);
		look.unref();
		await this.#gone;
		clearInterval(look);
		if (this.#client === client) this.#client = null;
	}

	#sleep(ms: number): Promise<void> {
		return new Promise((resolve) => {
			const timer = setTimeout(resolve, ms);
			this.#wake = () => {
				clearTimeout(timer);
				resolve();
			};
		});
	}
}

/** How others find the lock, and on the same system the process. */
function guardOf(server: string, key: string): string {
	return JSON.stringify(OWN_PROCESS === null ? [server, key] : [server, key, OWN_PROCESS]);
}

function fateBehind(guard: string): Fate {
	const [, , name] = JSON.parse(guard) as readonly [server: string, key: string, process?: ProcessName];
	// A lock of this very process that is free belonged to a store that it has closed.
	return name === undefined || name[2] === process.pid ? "unknown" : fateOf(name);
}
