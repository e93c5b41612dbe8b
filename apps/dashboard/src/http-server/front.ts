import { randomBytes } from "node:crypto";
import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { allowedHosts } from "./allowed-hosts.ts";
import { cleanHeaders } from "./clean-headers.ts";
import { type Envelope, judge, type Refusal } from "./judge.ts";
import { REQUEST_MARKER } from "./same-origin.ts";
import { contentSecurityPolicy, SECURITY_HEADERS } from "./security-headers.ts";

export type NextHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** Everything passes here first: pages, API, static files and streams alike. */
export function frontListener(port: number, next: NextHandler): RequestListener {
	const hosts = allowedHosts(port);
	return (request, response) => {
		const nonce = randomBytes(16).toString("base64");
		const policy = contentSecurityPolicy(nonce);
		response.setHeader("content-security-policy", policy);
		for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.setHeader(name, value);
		const verdict = judge(envelopeOf(request), hosts);
		if (verdict.kind === "refuse") {
			refuse(request, response, verdict);
			return;
		}
		cleanHeaders(request);
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

function refuse(request: IncomingMessage, response: ServerResponse, refusal: Refusal): void {
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
