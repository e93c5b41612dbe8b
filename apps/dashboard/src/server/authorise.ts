import { type Denial, denialOf } from "../access/permissions.ts";
import { currentGate, sessionOf } from "../http-server/gate.ts";
import { isSameOrigin, REQUEST_MARKER } from "../http-server/same-origin.ts";
import { ApiError } from "./api-error.ts";
import type { Access, Action } from "./wire.ts";

/** Who asks. */
export interface Actor {
	/** As the audit records it. */
	readonly by: string;
	readonly access: Access;
	/** Aborted when they are signed out; null: there is no sign-in. */
	readonly ended: AbortSignal | null;
	/** Of their session; null: there is no sign-in. */
	readonly session: string | null;
}

/** Who asks, and why they may not. */
export interface Admission extends Actor {
	readonly denial: Denial | null;
}

/**
 * The one question before every read and every change: who asks, and may they? Without a sign-in whoever reaches the
 * address is the local operator. Changes must come from our own pages, whatever the server in front has checked already.
 */
export function authorise(request: Request, action: Action): Actor {
	const { denial, ...actor } = admit(request, action);
	if (denial !== null) refuse(actor, action, denial);
	return actor;
}

/** What no audit can hold is in the log. */
export function refuse({ by }: Pick<Actor, "by">, action: Action, { code, message }: Denial): never {
	if (action !== "data") process.stderr.write(`dashboard: refused ${action} to ${by}: ${message}\n`);
	throw new ApiError(code, message);
}

/** The same for who has more to do with a refusal than to pass it on. */
export function admit(request: Request, action: Action): Admission {
	const actor = actorOf(request.headers);
	if (action !== "read" && action !== "data") requireOwnPage(request);
	return { ...actor, denial: denialOf(actor.access, action) };
}

/** Changes come from our own pages. */
export function requireOwnPage({ headers }: Request): void {
	const own = isSameOrigin({
		own: currentGate().origins.get(headers.get("host") ?? "") ?? "",
		origin: headers.get("origin"),
		secFetchSite: headers.get("sec-fetch-site"),
		marker: headers.get(REQUEST_MARKER),
	});
	if (own) return;
	throw new ApiError("Forbidden", "Changes are accepted from the dashboard's own pages only. Open it and try there.");
}

/** Who sent these headers. Only the session tells: nothing else in a request says who somebody is. */
export function actorOf(headers: Pick<Headers, "get">): Actor {
	const gate = currentGate();
	const { readOnly, signIn } = gate;
	if (signIn === null) return { by: "local operator", access: { readOnly, user: null }, ended: null, session: null };
	const session = sessionOf(gate, headers.get("cookie"));
	if (session === null) {
		throw new ApiError("SignedOut", "You are not signed in, or not any more. Sign in at /login.");
	}
	return { by: session.user.name, access: { readOnly, user: session.user }, ended: session.ended, session: session.id };
}
