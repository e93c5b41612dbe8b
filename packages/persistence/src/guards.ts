import type { CommitContext } from "./commit-context.ts";
import { OWNS_NODES } from "./owned-nodes.ts";
import type { Awaitable, Sql } from "./sql.ts";

/**
 * Proof of death before a lease runs out. A process holds one lock for as long as it lives, which its workers name when
 * they register; the operating system or the server frees it the moment the process is gone. A free lock proves that
 * those workers are dead. A lock that is held proves nothing: then, as without any, the lease decides.
 */
export interface Guards {
	/** Takes this process's lock, once. Answers how others find it; null: there is none to be had. */
	hold(): Promise<string | null>;
	/** The same, as it is now; null before `hold`. */
	readonly own: string | null;
	/** Which of these locks of other processes are free. */
	look(sql: Sql, guards: readonly string[]): Awaitable<Looked>;
}

export interface Looked {
	/** Whose processes are gone. */
	readonly dead: readonly string[];
	/** How long from now until a lock that is free now will prove it, in ms; null: none is in doubt. */
	readonly doubtfulForMs: number | null;
}

const NOTHING: Looked = { dead: [], doubtfulForMs: null };

/** A worker that is alive and holds something. */
interface Holder {
	readonly worker_id: string;
	readonly guard: string | null;
	readonly expires_at: number;
}

export interface OthersLooked {
	/** Leases were ended: what was read of workers before is out of date. */
	readonly ended: boolean;
	/** Null: nobody's death is in doubt. */
	readonly lookAgainAt: number | null;
	/** When the first lease of another worker that holds something runs out; null: none holds anything. */
	readonly othersUntil: number | null;
}

/** A look costs a statement, and a claim is frequent. */
const LOOK_EVERY_MS = 100;

/** Looks after the leases of other processes, now and then, in the claims of this one. */
export class DeathWatch {
	#lookedAt = Number.NEGATIVE_INFINITY;
	/** As of that look. */
	#holders: readonly Holder[] = [];

	constructor(
		readonly guards: Guards,
		readonly monotonic: () => number = () => performance.now(),
	) {}

	/**
	 * Ends the leases of workers that are proven dead: their expiry is moved to the past, and all that follows from an
	 * expired lease follows.
	 */
	async endLeasesOfDead(ctx: CommitContext, self: string): Promise<OthersLooked> {
		const { lookAgainAt, ended } = await this.#look(ctx);
		const ends = this.#holders
			.filter(({ worker_id, expires_at }) => worker_id !== self && expires_at >= ctx.now)
			.map(({ expires_at }) => expires_at);
		return { ended, lookAgainAt, othersUntil: ends.length === 0 ? null : Math.min(...ends) };
	}

	/** Its first statement is sent before it is awaited. */
	async #look(ctx: CommitContext): Promise<Pick<OthersLooked, "ended" | "lookAgainAt">> {
		if (this.monotonic() - this.#lookedAt < LOOK_EVERY_MS) return { ended: false, lookAgainAt: null };
		this.#lookedAt = this.monotonic();
		this.#holders = await readHolders(ctx.sql, ctx.now);
		const named = this.#holders.flatMap(({ guard }) => (guard === null || guard === this.guards.own ? [] : [guard]));
		const others = [...new Set(named)];
		const { dead, doubtfulForMs } = others.length === 0 ? NOTHING : await this.guards.look(ctx.sql, others);
		for (const guard of dead) {
			await ctx.sql.run(
				"UPDATE worker SET expires_at = ? WHERE guard = ? AND expires_at >= ?",
				ctx.now - 1,
				guard,
				ctx.now,
			);
		}
		if (dead.length > 0) {
			ctx.forgetWorkers();
			this.#holders = this.#holders.filter(({ guard }) => guard === null || !dead.includes(guard));
		}
		// Whatever was left out by haste is looked at with the next claim.
		if (doubtfulForMs !== null) this.#lookedAt = Number.NEGATIVE_INFINITY;
		const lookAgainAt = doubtfulForMs === null ? null : ctx.now + Math.ceil(doubtfulForMs);
		return { ended: dead.length > 0, lookAgainAt };
	}
}

/** The workers whose leases hold and who own nodes. */
export async function readHolders(sql: Sql, now: number): Promise<Holder[]> {
	return sql.all<Holder>(
		`SELECT worker_id, guard, expires_at FROM worker WHERE expires_at >= ? AND ${OWNS_NODES}`,
		now,
	);
}
