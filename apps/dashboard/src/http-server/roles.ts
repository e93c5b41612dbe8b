/** What somebody who signs in may be, from the least to the most. What each may do stands in `access/permissions.ts`. */
export const ROLES = ["viewer", "reader", "operator", "admin"] as const;

export type Role = (typeof ROLES)[number];

/** Somebody who may sign in, as the audit names them. */
export interface User {
	readonly name: string;
	readonly role: Role;
}
