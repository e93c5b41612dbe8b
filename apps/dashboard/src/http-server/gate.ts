import { readCookie } from "./session-cookie.ts";
import type { Session } from "./sessions.ts";
import type { SignIn } from "./sign-in.ts";

/** What this process lets in, and whom. Next bundles a copy of everything it imports: this hangs on the process. */
export interface Gate {
	/** Nothing is ever changed, whoever asks. */
	readonly readOnly: boolean;
	/** Null: there is no sign-in, and whoever reaches the address is the local operator. */
	readonly signIn: SignIn | null;
	/** The Host values that are answered, each with the origin of its pages. */
	readonly origins: ReadonlyMap<string, string>;
	readonly cookie: string;
	/** Keys whose values are hidden besides those that always are (redaction/secret-names.ts); null: nothing is hidden. */
	readonly hides: readonly string[] | null;
}

const KEY = Symbol.for("waymark.dashboard.gate");

type Holder = { [KEY]?: Gate };

export function holdGate(gate: Gate): void {
	(globalThis as Holder)[KEY] = gate;
}

/** @throws Error before the server has opened: nobody is let in by a gate that is not there. */
export function currentGate(): Gate {
	const gate = (globalThis as Holder)[KEY];
	if (gate === undefined) throw new Error("The dashboard's gate is not there: start it by its own server.");
	return gate;
}

/** The session that a Cookie header belongs to, which is used by that. */
export function sessionOf({ signIn, cookie }: Gate, header: string | null): Session | null {
	const id = readCookie(header, cookie);
	return signIn === null || id === null ? null : signIn.sessions.use(id);
}
