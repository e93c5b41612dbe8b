import { randomBytes } from "node:crypto";
import { setMaxListeners } from "node:events";
import type { Entry } from "./access-file.ts";
import type { User } from "./roles.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** Unused for this long it is over, and after this long whatever happens. */
const IDLE_MS = 12 * HOUR;
const LONGEST_MS = 7 * 24 * HOUR;
/** The one that was used longest ago makes room. */
const MOST = 2_000;

/** Somebody who has signed in, from one browser. */
export interface Session {
	readonly id: string;
	readonly user: User;
	/** Aborted when it ends, whoever or whatever ends it. */
	readonly ended: AbortSignal;
}

interface Held {
	readonly session: Session;
	readonly entry: Entry;
	readonly openedAt: number;
	readonly end: AbortController;
	usedAt: number;
}

/** Who is signed in: in memory alone, so that a restart signs everybody out. In the order of their use. */
export class Sessions {
	readonly #held = new Map<string, Held>();
	readonly #now: () => number;

	/** `now` is ms by any clock that goes on. */
	constructor(now: () => number = () => performance.now()) {
		this.#now = now;
	}

	get size(): number {
		return this.#held.size;
	}

	open(entry: Entry): Session {
		const id = randomBytes(32).toString("base64url");
		const end = new AbortController();
		// One listener for each stream that is open.
		setMaxListeners(0, end.signal);
		const { name, role } = entry;
		const session: Session = { id, user: { name, role }, ended: end.signal };
		const now = this.#now();
		this.#held.set(id, { session, entry, openedAt: now, usedAt: now, end });
		for (const oldest of this.#held.keys()) {
			if (this.#held.size <= MOST) break;
			this.end(oldest);
		}
		return session;
	}

	/** The session, which is used by that; null: there is none (any more). */
	use(id: string): Session | null {
		const held = this.#held.get(id);
		if (held === undefined || !this.#isFresh(held)) return null;
		held.usedAt = this.#now();
		this.#held.delete(id);
		this.#held.set(id, held);
		return held.session;
	}

	end(id: string): void {
		const held = this.#held.get(id);
		this.#held.delete(id);
		held?.end.abort();
	}

	/** Ends what is over by time, and those of people whose entry is not among these any more. */
	sweep(entries: readonly Entry[]): void {
		const byName = new Map(entries.map((entry) => [entry.name, entry]));
		for (const [id, held] of this.#held) {
			const now = byName.get(held.entry.name);
			const stays = now?.role === held.entry.role && now.hash.equals(held.entry.hash);
			if (!stays || !this.#isFresh(held)) this.end(id);
		}
	}

	#isFresh({ openedAt, usedAt }: Held): boolean {
		const now = this.#now();
		return now - usedAt < IDLE_MS && now - openedAt < LONGEST_MS;
	}
}
