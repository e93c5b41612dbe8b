/** Who may do what, and who asks. */
import type { Role, User } from "../../http-server/roles.ts";
import type { ActionKind } from "./commands.ts";

export type { Role, User };

/**
 * What may be allowed or not. `read`: states. `data`: inputs, outputs, payloads of signals, stacks of errors. `reveal`:
 * what is hidden in them.
 */
export type Action = "read" | "data" | "reveal" | "signal" | "start" | "bulk" | "retryNow" | ActionKind;

/** What decides what may be done here. */
export interface Access {
	/** Nothing is changed here, whoever asks. */
	readonly readOnly: boolean;
	/** Null: there is no sign-in, and whoever reaches the address is the local operator. */
	readonly user: User | null;
}

/** `GET /api/session`: who this browser is signed in as. */
export interface SessionAnswer {
	readonly user: User | null;
}

/** `POST /api/session`: signs in. The answer sets the cookie. */
export interface SignInBody {
	readonly token: string;
}

/** What the settings tell of access. Users, without anything secret, are told to admins. */
export interface AccessOverview extends Access {
	readonly hasSignIn: boolean;
	readonly users: readonly User[] | null;
	/** What keys end with whose values are hidden; null: nothing is hidden. */
	readonly hides: readonly string[] | null;
}
