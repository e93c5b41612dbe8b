import type { IncomingMessage } from "node:http";
import { expect, it } from "vitest";
import { cleanHeaders } from "./clean-headers.ts";

function cleaned(headers: Record<string, string>): readonly string[] {
	const request = { headers: { ...headers } } as unknown as IncomingMessage;
	cleanHeaders(request);
	return Object.keys(request.headers);
}

it("drops what steers Next from inside, whoever sends it", () => {
	const spoofed = {
		"x-middleware-subrequest": "1",
		"x-forwarded-host": "evil.com",
		"next-action": "abc",
		"x-nonce": "mine",
		"content-security-policy": "script-src *",
	};
	expect(cleaned({ ...spoofed, "sec-fetch-site": "same-origin", accept: "*/*" })).toEqual(["sec-fetch-site", "accept"]);
});

it("keeps the router's own headers for our pages only", () => {
	const router = { rsc: "1", "next-router-state-tree": "[]", "next-url": "/" };
	expect(cleaned({ ...router, "sec-fetch-site": "same-origin" })).toHaveLength(4);
	expect(cleaned({ ...router, "sec-fetch-site": "cross-site" })).toEqual(["sec-fetch-site"]);
	expect(cleaned(router)).toEqual([]);
});
