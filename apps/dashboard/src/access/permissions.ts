import type { Access, Action, Role } from "../server/wire.ts";

/** Each role may do what those before it may. */
const RANK: Readonly<Record<Role, number>> = { viewer: 0, reader: 1, operator: 2, admin: 3 };

/** From the least to the most. */
export const ROLES = Object.keys(RANK) as readonly Role[];

/**
 * The least role that may. What takes work away, repeats it, is about many instances at once or shows what is hidden is for
 * admins. A node that is tried at once does what it would have done later, with the attempts that it has: that is an
 * operator's, as to unpause is.
 */
export const LEAST: Readonly<Record<Action, Role>> = {
	read: "viewer",
	data: "reader",
	signal: "operator",
	start: "operator",
	pause: "operator",
	unpause: "operator",
	retryNow: "operator",
	cancel: "admin",
	retry: "admin",
	reveal: "admin",
	bulk: "admin",
};

export interface Denial {
	readonly code: "ReadOnly" | "Forbidden";
	/** Fit to be shown: it ends with the way out. */
	readonly message: string;
}

/** Why that may not be done; null: it may. The server decides by it, and the pages say by it what would be refused. */
export function denialOf({ readOnly, user }: Access, action: Action): Denial | null {
	if (readOnly && action !== "read" && action !== "data") {
		if (action === "reveal") {
			return {
				code: "ReadOnly",
				message: "Read-only: who is shown what is hidden must be audited. Use one that may write.",
			};
		}
		return { code: "ReadOnly", message: "Read-only: this dashboard changes nothing. Use one that may." };
	}
	const least = LEAST[action];
	if (user === null || RANK[user.role] >= RANK[least]) return null;
	if (action === "data") {
		return {
			code: "Forbidden",
			message: `Hidden by policy: the role ${user.role} sees states, not data. Ask for the role ${least}.`,
		};
	}
	return {
		code: "Forbidden",
		message: `That needs the role ${least}, and yours is ${user.role}. Ask ${least === "admin" ? "an admin" : "an operator"}.`,
	};
}
