import { isSameOrigin, REQUEST_MARKER } from "../http-server/same-origin.ts";
import { ApiError } from "./api-error.ts";
import type { ActionKind } from "./wire.ts";

export type Action = "read" | "signal" | "start" | ActionKind;

/** Who asks, as the audit records it. */
export interface Actor {
	readonly by: string;
}

/**
 * The one question before every read and every change. Whoever reaches the loopback address is the local operator
 * until there is a sign-in; changes must come from our own pages, whatever the server in front has checked already.
 */
export function authorise(request: Request, action: Action): Actor {
	if (action !== "read" && !fromOwnPage(request)) {
		throw new ApiError("Forbidden", "Changes are accepted from the dashboard's own pages only. Open it and try there.");
	}
	return { by: "local operator" };
}

function fromOwnPage({ headers }: Request): boolean {
	return isSameOrigin({
		host: headers.get("host") ?? "",
		origin: headers.get("origin"),
		secFetchSite: headers.get("sec-fetch-site"),
		marker: headers.get(REQUEST_MARKER),
	});
}
