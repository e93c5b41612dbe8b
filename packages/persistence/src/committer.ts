import type { Ids } from "@waymark/engine/backend";
import { StoreUnusableError } from "@waymark/engine/backend";
import { CommitContext, type HintCause, type Lease, type Touches } from "./commit-context.ts";
import { Flusher, type SimpleCommand } from "./flush/flusher.ts";
import { RecentValues } from "./flush/recent-values.ts";
import type { Database } from "./sql.ts";
import { takeBackClaims } from "./take-back-claims.ts";

type Body<T> = (ctx: CommitContext) => Promise<T>;

interface Queued {
	readonly cause: HintCause;
	readonly touches: Touches;
	readonly simple: SimpleCommand | null;
	readonly body: Body<unknown>;
	readonly resolve: (answer: unknown) => void;
	readonly reject: (error: unknown) => void;
}

interface Written {
	/** In the order of the group. */
	readonly answers: readonly unknown[];
	readonly changes: CommitContext["changes"];
}

/** Bounds one transaction, so that a flood neither holds the database nor the event loop for long. */
const LARGEST_BATCH = 500;

/** Where connections are cut faster than a group is written, its halves may pass. */
const MOST_TRIES = 3;

/**
 * Group commit by back-pressure. Commands queue; a flush takes what is queued and makes it one transaction; the next
 * one begins when that has returned. A lone command is not kept waiting, and a slow disk makes larger groups.
 */
export class Committer {
	readonly #queue: Queued[] = [];
	#pumping: Promise<void> | null = null;
	readonly #flusher: Flusher;
	/** What was recorded here of instances that go on. */
	readonly recent = new RecentValues();

	constructor(
		readonly database: Database,
		readonly ids: Ids,
		readonly announce: (changes: ReadonlyMap<string, ReadonlySet<HintCause>>) => void,
	) {
		this.#flusher = new Flusher(database, this.recent, announce);
	}

	/**
	 * Resolves when the command is durable. Rejects if it could not be written; then it has changed nothing. `simple`
	 * says the same as `body`, for the set-based way. `call`: told as soon as it is over.
	 */
	submit<T>(
		cause: HintCause,
		touches: Touches,
		body: Body<T>,
		simple: SimpleCommand | null = null,
		call: { end(): void } | null = null,
	): Promise<T> {
		return new Promise<T>((resolve, reject) => {
			this.#queue.push({
				cause,
				touches,
				simple,
				body,
				resolve(answer) {
					call?.end();
					resolve(answer as T);
				},
				reject(error) {
					call?.end();
					reject(error);
				},
			});
			this.#pumping ??= this.#pump();
		});
	}

	/** Resolves when nothing is queued any more. */
	async drained(): Promise<void> {
		while (this.#pumping !== null) await this.#pumping;
	}

	async #pump(): Promise<void> {
		while (this.#queue.length > 0) {
			// Lets all that this turn of the event loop still has to say join the group.
			await new Promise((resolve) => setImmediate(resolve));
			const left = await this.#flusher.flush(this.#queue.splice(0, LARGEST_BATCH));
			if (left.length > 0) await this.#commit(left);
		}
		this.#pumping = null;
	}

	/** A group that fails is split until the command at fault stands alone; the others commit. */
	async #commit(group: readonly Queued[], claimedBefore: Lease[] = []): Promise<void> {
		let written: Written;
		try {
			written = await this.#write(group, claimedBefore);
		} catch (error) {
			if (group.length === 1 || StoreUnusableError.is(error)) {
				for (const { reject } of group) reject(error);
				return;
			}
			const middle = group.length >>> 1;
			await this.#commit(group.slice(0, middle), claimedBefore);
			await this.#commit(group.slice(middle));
			return;
		}
		group.forEach(({ resolve }, i) => {
			resolve(written.answers[i]);
		});
		this.announce(written.changes);
	}

	/** `claimedBefore`: leases of tries that may have committed unacknowledged. */
	#write(group: readonly Queued[], claimedBefore: Lease[]): Promise<Written> {
		let tries = 0;
		return this.database.transaction(async (sql, now) => {
			tries += 1;
			if (tries > MOST_TRIES && group.length > 1) throw new Error("A group was undone again and again.");
			const ctx = new CommitContext(sql, now, this.ids);
			await ctx.lockAhead(group.map(({ touches }) => touches));
			await takeBackClaims(ctx, claimedBefore);
			const answers: unknown[] = [];
			for (const { cause, body } of group) {
				ctx.cause = cause;
				answers.push(await body(ctx));
			}
			await ctx.writeBack();
			this.#flusher.forget(ctx.changes.keys());
			for (const runId of ctx.deleted) this.recent.forget(runId);
			claimedBefore.push(...ctx.claimed);
			if (ctx.changes.size > 0) sql.announce();
			return { answers, changes: ctx.changes };
		});
	}
}
