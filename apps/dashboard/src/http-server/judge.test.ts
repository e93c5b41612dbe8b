import { describe, expect, it } from "vitest";
import { allowedHosts } from "./allowed-hosts.ts";
import { type Envelope, judge, MAX_BODY_BYTES } from "./judge.ts";

const PORT = 4173;
const HOSTS = allowedHosts(PORT);

const POST: Envelope = {
	hosts: ["127.0.0.1:4173"],
	method: "POST",
	url: "/api/instances/order-1/pause",
	origin: "http://127.0.0.1:4173",
	secFetchSite: "same-origin",
	marker: "1",
	contentType: "application/json",
	contentEncoding: null,
	contentLength: "2",
};

function statusOf(request: Partial<Envelope>): number {
	const verdict = judge({ ...POST, ...request }, HOSTS);
	return verdict.kind === "pass" ? 200 : verdict.status;
}

describe("the Host list", () => {
	it.each(["127.0.0.1:4173", "localhost:4173", "[::1]:4173"])("answers to %s", (host) => {
		expect(statusOf({ hosts: [host], method: "GET", url: "/instances" })).toBe(200);
	});

	it.each([
		"evil.com",
		"evil.com:4173",
		"127.0.0.1",
		"127.0.0.1:4174",
		"127.0.0.1.evil.com:4173",
		"localhost.:4173",
		"LOCALHOST:4173",
		"0.0.0.0:4173",
		"[::]:4173",
		"[::ffff:127.0.0.1]:4173",
		"2130706433:4173",
		"",
	])("does not answer to %j, whatever is asked", (host) => {
		for (const url of ["/", "/api/instances", "/api/instances/a/stream", "/_next/static/x.js"]) {
			expect(statusOf({ hosts: [host], method: "GET", url })).toBe(421);
		}
		expect(statusOf({ hosts: [host] })).toBe(421);
	});

	it("wants exactly one Host", () => {
		expect(statusOf({ hosts: [], method: "GET" })).toBe(421);
		expect(statusOf({ hosts: ["127.0.0.1:4173", "127.0.0.1:4173"], method: "GET" })).toBe(421);
	});

	it("answers to the public name of a proxy, whose pages are https alone", () => {
		const hosts = allowedHosts(PORT, ["waymark.example.com"]);
		const ask = (host: string, origin: string) => {
			const verdict = judge({ ...POST, hosts: [host], origin, secFetchSite: null }, hosts);
			return verdict.kind === "pass" ? 200 : verdict.status;
		};
		expect(ask("waymark.example.com", "https://waymark.example.com")).toBe(200);
		expect(ask("waymark.example.com", "http://waymark.example.com")).toBe(403);
		expect(ask("waymark.example.com", "http://127.0.0.1:4173")).toBe(403);
		expect(ask("waymark.example.com:4173", "https://waymark.example.com:4173")).toBe(421);
		expect(ask("127.0.0.1:4173", "https://waymark.example.com")).toBe(403);
		expect(ask("127.0.0.1:4173", "http://127.0.0.1:4173")).toBe(200);
	});

	it("leaves the port out only where browsers do", () => {
		expect(allowedHosts(80).has("localhost")).toBe(true);
		expect(HOSTS.has("localhost")).toBe(false);
	});
});

describe("the matrix of hosts, origins, fetch sites, methods and content types", () => {
	const hosts = ["127.0.0.1:4173", "localhost:4173", "evil.com", "127.0.0.1:9999", "localhost.:4173"];
	const origins = [null, "http://127.0.0.1:4173", "http://localhost:4173", "null", "https://evil.com"];
	const sites = [null, "same-origin", "same-site", "cross-site", "none"];
	const methods = ["GET", "POST", "PUT", "OPTIONS"];
	const types = [null, "application/json", "text/plain", "application/x-www-form-urlencoded"];

	it("lets only the allowed cells through", () => {
		let passed = 0;
		for (const host of hosts)
			for (const origin of origins)
				for (const secFetchSite of sites)
					for (const method of methods)
						for (const contentType of types)
							for (const marker of ["1", null]) {
								const request = { hosts: [host], origin, secFetchSite, method, contentType, marker };
								const known = host === "127.0.0.1:4173" || host === "localhost:4173";
								const own = origin === `http://${host}`;
								const ours =
									marker === "1" &&
									(secFetchSite === "same-origin" ? own || origin === null : secFetchSite === null && own);
								const read = method === "GET";
								const write = method === "POST" && ours && contentType === "application/json";
								const expected = known && (read || write);
								expect(statusOf(request) === 200, JSON.stringify(request)).toBe(expected);
								if (expected) passed += 1;
							}
		// 2 hosts × (5 origins × 5 sites × 4 types × 2 markers reads, and 3 of all those as writes).
		expect(passed).toBe(2 * (200 + 3));
	});
});

describe("a POST", () => {
	it("passes from our own page", () => {
		expect(statusOf({})).toBe(200);
		expect(statusOf({ contentType: "application/json; charset=utf-8" })).toBe(200);
	});

	it.each(["same-site", "cross-site", "none"])("is refused from a %s page", (secFetchSite) => {
		expect(statusOf({ secFetchSite })).toBe(403);
	});

	it("is refused from another port of localhost, which shares its cookies with us", () => {
		expect(statusOf({ origin: "http://127.0.0.1:9999", secFetchSite: null })).toBe(403);
	});

	it("needs the marker, which a form cannot send", () => {
		expect(statusOf({ marker: null })).toBe(403);
	});

	it("must be plain JSON", () => {
		for (const contentType of [
			null,
			"text/plain",
			"application/jsonp",
			"multipart/form-data",
			"application/json; charset=utf-7",
		]) {
			expect(statusOf({ contentType })).toBe(415);
		}
		expect(statusOf({ contentEncoding: "gzip" })).toBe(415);
	});

	it("is refused by its announced size before a byte is read", () => {
		expect(statusOf({ contentLength: String(MAX_BODY_BYTES) })).toBe(200);
		expect(statusOf({ contentLength: String(MAX_BODY_BYTES + 1) })).toBe(413);
	});

	it("goes to the API only", () => {
		expect(statusOf({ url: "/instances" })).toBe(405);
	});
});

it.each(["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", ""])("answers %s nowhere", (method) => {
	expect(statusOf({ method })).toBe(405);
});

it("wants a path, not an address of its own", () => {
	expect(statusOf({ method: "GET", url: "http://evil.com/" })).toBe(400);
	expect(statusOf({ method: "GET", url: "*" })).toBe(400);
});
