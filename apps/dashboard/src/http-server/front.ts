import { randomBytes } from "node:crypto";
import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { isIP } from "node:net";
import { cleanHeaders } from "./clean-headers.ts";
import { passageOf } from "./door.ts";
import { type Gate, sessionOf } from "./gate.ts";
import { type Envelope, judge, type Refusal } from "./judge.ts";
import { REQUEST_MARKER } from "./same-origin.ts";
import { contentSecurityPolicy, SECURITY_HEADERS } from "./security-headers.ts";

export type NextHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** Everything passes here first: pages, API, static files and streams alike. */
export function frontListener(gate: Gate, next: NextHandler): RequestListener {
	return (request, response) => {
		const nonce = randomBytes(16).toString("base64");
		const policy = contentSecurityPolicy(nonce);
		response.setHeader("content-security-policy", policy);
		for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.setHeader(name, value);
		const verdict = judge(envelopeOf(request), gate.origins);
		if (verdict.kind === "refuse") {
			refuse(request, response, verdict);
			return;
		}
		if (gate.signIn !== null && stopped(gate, request, response)) return;
		const peer = peerOf(request, gate);
		cleanHeaders(request);
		request.headers["x-waymark-peer"] = peer;
		// Next takes the nonce for its own scripts out of this request header; the layout reads the other one.
		request.headers["content-security-policy"] = policy;
		request.headers["x-nonce"] = nonce;
		const caching = cachingOf(request.url ?? "");
		if (caching !== null) response.setHeader("cache-control", caching);
		next(request, response).catch((error: unknown) => {
			process.stderr.write(`dashboard: ${error instanceof Error ? error.message : "request failed"}\n`);
			if (response.headersSent) response.destroy();
			else answer(response, 500, "Internal", "The dashboard failed to answer. Try again.", true);
		});
	};
}

/** Whether the request ends here, because nobody has signed in. */
function stopped(gate: Gate, request: IncomingMessage, response: ServerResponse): boolean {
	const passage = passageOf({
		url: request.url ?? "",
		isRouterFetch: request.headers.rsc !== undefined,
		isSignedIn: sessionOf(gate, one(request, "cookie")) !== null,
	});
	switch (passage.kind) {
		case "open":
			return false;
		case "signed-out":
			refuse(request, response, SIGNED_OUT);
			return true;
		case "token-in-address":
			refuse(request, response, TOKEN_IN_ADDRESS);
			return true;
		case "login":
			response.setHeader("cache-control", "no-store");
			response.writeHead(303, { location: passage.location }).end();
			return true;
	}
}

const SIGNED_OUT = {
	status: 401,
	code: "SignedOut",
	message: "You are not signed in, or not any more. Sign in at /login.",
} as const;

const TOKEN_IN_ADDRESS = {
	status: 400,
	code: "BadRequest",
	message: "A token never stands in an address, where logs keep it. Have that one replaced, and sign in at /login.",
} as const;

/** Whose failures to sign in are counted together: behind a proxy on this machine, whoever came to that. */
function peerOf(request: IncomingMessage, { origins }: Gate): string {
	const peer = request.socket.remoteAddress ?? "";
	const isPublic = origins.get(request.headers.host ?? "")?.startsWith("https:") === true;
	const forwarded = one(request, "x-forwarded-for")?.split(",").at(-1)?.trim() ?? "";
	return isPublic && isLoopback(peer) && isIP(forwarded) !== 0 ? forwarded : peer;
}

function isLoopback(address: string): boolean {
	return address === "::1" || /^(::ffff:)?127\./.test(address);
}

/** Compression would hold a stream's events back until there are enough of them; `no-transform` keeps Next from it. */
function cachingOf(url: string): string | null {
	if (!url.startsWith("/api/")) return null;
	return /\/stream(?:\?|$)/.test(url) ? "no-store, no-transform" : "no-store";
}

function envelopeOf(request: IncomingMessage): Envelope {
	const hosts: string[] = [];
	for (let at = 0; at < request.rawHeaders.length; at += 2) {
		if (request.rawHeaders[at]?.toLowerCase() === "host") hosts.push(request.rawHeaders[at + 1] ?? "");
	}
	return {
		hosts,
		method: request.method ?? "",
		url: request.url ?? "",
		origin: one(request, "origin"),
		secFetchSite: one(request, "sec-fetch-site"),
		marker: one(request, REQUEST_MARKER),
		contentType: one(request, "content-type"),
		contentEncoding: one(request, "content-encoding"),
		contentLength: one(request, "content-length"),
	};
}

function one(request: IncomingMessage, name: string): string | null {
	const value = request.headers[name];
	return value === undefined ? null : Array.isArray(value) ? value.join(", ") : value;
}

type Answered = Refusal | typeof SIGNED_OUT | typeof TOKEN_IN_ADDRESS;

function refuse(
	request: IncomingMessage,
	response: ServerResponse,
	refusal: Pick<Answered, "status" | "code" | "message">,
): void {
	if (refusal.status === 405) response.setHeader("allow", "GET, HEAD, POST");
	// The rest of the body is not read: the connection cannot be used again.
	response.setHeader("connection", "close");
	answer(response, refusal.status, refusal.code, refusal.message, request.url?.startsWith("/api/") === true);
	request.resume();
}

function answer(response: ServerResponse, status: number, code: string, message: string, json: boolean): void {
	response.statusCode = status;
	response.setHeader("cache-control", "no-store");
	response.setHeader("content-type", json ? "application/json; charset=utf-8" : "text/plain; charset=utf-8");
	response.end(json ? JSON.stringify({ error: { code, message } }) : `${message}\n`);
}
