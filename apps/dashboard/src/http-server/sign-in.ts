import { timingSafeEqual } from "node:crypto";
import { statSync } from "node:fs";
import { type Entry, readAccessFile } from "./access-file.ts";
import { FailureLimit } from "./failure-limit.ts";
import type { User } from "./roles.ts";
import { type Session, Sessions } from "./sessions.ts";
import { hashOf, isToken } from "./tokens.ts";

/** How soon a changed file, or that a session's time is up, takes effect. */
const LOOK_MS = 2_000;

export type Exchange =
	| { readonly kind: "signed-in"; readonly session: Session }
	| { readonly kind: "wrong" }
	/** Too many wrong ones from that peer: a right one is not looked at either. */
	| { readonly kind: "wait" };

/** Who may sign in, who has, and who tries too often. */
export class SignIn {
	readonly sessions: Sessions;
	readonly #limit: FailureLimit;
	#entries: readonly Entry[];

	constructor(entries: readonly Entry[], now?: () => number) {
		this.#entries = entries;
		this.sessions = new Sessions(now);
		this.#limit = new FailureLimit(now);
	}

	get users(): readonly User[] {
		return this.#entries.map(({ name, role }) => ({ name, role }));
	}

	/** A session for the token of somebody. Takes as long whoever it is, and whether it is anybody. */
	exchange(token: string, peer: string): Exchange {
		if (this.#limit.isReached(peer)) return { kind: "wait" };
		const hash = hashOf(token);
		let found: Entry | null = null;
		for (const entry of this.#entries) if (timingSafeEqual(entry.hash, hash)) found = entry;
		if (found === null || !isToken(token)) {
			this.#limit.failed(peer);
			return { kind: "wrong" };
		}
		return { kind: "signed-in", session: this.sessions.open(found) };
	}

	/** Takes another list: whoever is not in it as before is signed out. */
	replace(entries: readonly Entry[]): void {
		this.#entries = entries;
		this.sessions.sweep(entries);
	}

	/** Follows the file for as long as the process lives. A file that cannot be used changes nothing, and is told of. */
	follow(path: string, tell: (message: string) => void): () => void {
		// The first look reads it once more: it may have changed since it was read.
		let seen: string | null = null;
		const look = () => {
			const stamp = stampOf(path);
			if (stamp !== seen) {
				seen = stamp;
				const read = readAccessFile(path);
				if (read.kind === "entries") this.replace(read.entries);
				else tell(`${read.message} Until then those who could sign in still can.`);
			}
			this.sessions.sweep(this.#entries);
		};
		const looks = setInterval(look, LOOK_MS);
		looks.unref();
		return () => clearInterval(looks);
	}
}

/** Differs when the file is another, or was written or given other rights since. */
function stampOf(path: string): string {
	const found = statSync(path, { throwIfNoEntry: false });
	return found === undefined ? "" : `${found.ino} ${found.size} ${found.mtimeMs} ${found.ctimeMs}`;
}
