import type { IncomingMessage } from "node:http";

/** Headers that steer Next from inside, or that only a proxy in front of us may set. Nobody outside has a reason to send them. */
const NEVER =
	/^(x-middleware-|x-forwarded-|x-nextjs-|x-invoke-|x-nonce$|x-waymark-peer$|next-action$|content-security-policy)/;
/** The App Router's own navigations send these. */
const SAME_ORIGIN_ONLY = /^(rsc$|next-router-|next-url$|next-hmr-)/;

export function cleanHeaders(request: IncomingMessage): void {
	const ownPage = request.headers["sec-fetch-site"] === "same-origin";
	for (const name of Object.keys(request.headers)) {
		if (NEVER.test(name) || (!ownPage && SAME_ORIGIN_ONLY.test(name))) delete request.headers[name];
	}
}
