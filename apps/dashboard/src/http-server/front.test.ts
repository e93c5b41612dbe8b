import { createServer, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { allowedHosts } from "./allowed-hosts.ts";
import { frontListener } from "./front.ts";
import type { Gate } from "./gate.ts";
import { SignIn } from "./sign-in.ts";
import { hashOf, newToken } from "./tokens.ts";

/** Without a sign-in. */
function openGate(of: number): Gate {
	return { readOnly: false, signIn: null, origins: allowedHosts(of, ["waymark.example.com"]), cookie: "c", hides: [] };
}

/** Stands where Next stands: answers with the headers that reached it. */
let server: Server;
let port = 0;

beforeAll(async () => {
	server = createServer({ requireHostHeader: false });
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	port = (server.address() as AddressInfo).port;
	server.on(
		"request",
		frontListener(openGate(port), async (incoming, response) => {
			if (incoming.url === "/boom") throw new Error("broken inside");
			response.end(JSON.stringify(incoming.headers));
		}),
	);
});

afterAll(async () => {
	server.closeAllConnections();
	await new Promise((resolve) => server.close(resolve));
});

interface Answer {
	readonly status: number;
	readonly headers: Readonly<Record<string, string | string[] | undefined>>;
	readonly body: string;
}

function ask(path: string, headers: Record<string, string> = {}, method = "GET", body = ""): Promise<Answer> {
	return new Promise((resolve, reject) => {
		const outgoing = request(
			{ host: "127.0.0.1", port, path, method, headers: { host: `127.0.0.1:${port}`, ...headers } },
			(response) => {
				let text = "";
				response.setEncoding("utf8");
				response.on("data", (part: string) => {
					text += part;
				});
				response.on("end", () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }));
			},
		);
		outgoing.on("error", reject);
		outgoing.end(body);
	});
}

function nonceOf(policy: unknown): string {
	return /'nonce-([^']+)'/.exec(String(policy))?.[1] ?? "";
}

describe("the front", () => {
	it("keeps compression away from streams, and everything of the API out of caches", async () => {
		const caching = async (path: string) => (await ask(path)).headers["cache-control"];
		expect(await caching("/api/instances/a/stream?since=3")).toBe("no-store, no-transform");
		expect(await caching("/api/instances/a")).toBe("no-store");
		expect(await caching("/instances")).toBeUndefined();
	});

	it("gives every answer its own nonce, the same in the policy and for the page", async () => {
		const [first, second] = await Promise.all([ask("/instances"), ask("/instances")]);
		const nonce = nonceOf(first.headers["content-security-policy"]);
		expect(nonce).toHaveLength(24);
		expect(JSON.parse(first.body)).toMatchObject({
			"x-nonce": nonce,
			"content-security-policy": first.headers["content-security-policy"],
		});
		expect(nonceOf(second.headers["content-security-policy"])).not.toBe(nonce);
	});

	it("lets no script and no style element in without it, and nobody frame the page", async () => {
		const { headers } = await ask("/instances");
		const policy = String(headers["content-security-policy"]);
		expect(policy).toContain("default-src 'none'");
		expect(policy).not.toMatch(/(script-src|style-src) [^;]*unsafe/);
		expect(policy).toContain("frame-ancestors 'none'");
		expect(headers).toMatchObject({ "x-frame-options": "DENY", "x-content-type-options": "nosniff" });
		expect(Object.keys(headers).filter((name) => name.startsWith("access-control"))).toEqual([]);
	});

	it("does not take a nonce from outside", async () => {
		const spoofed = { "x-nonce": "mine", "content-security-policy": "script-src 'nonce-mine'" };
		expect((await ask("/instances", spoofed)).body).not.toContain("mine");
	});

	it("answers a foreign Host with 421 and nothing else, pages, API and static files alike", async () => {
		for (const path of ["/", "/api/instances", "/_next/static/a.js"]) {
			const answer = await ask(path, { host: "evil.com" });
			expect(answer.status).toBe(421);
			expect(answer.body).not.toContain("x-nonce");
		}
	});

	it("speaks JSON to the API and text to a reader", async () => {
		const api = await ask("/api/instances", {}, "DELETE");
		expect(JSON.parse(api.body)).toMatchObject({ error: { code: "MethodNotAllowed" } });
		expect(api.headers.allow).toBe("GET, HEAD, POST");
		const page = await ask("/instances", { host: "evil.com" });
		expect(page.headers["content-type"]).toMatch(/^text\/plain/);
	});

	it("never lets an API answer be cached", async () => {
		expect((await ask("/api/instances")).headers["cache-control"]).toBe("no-store");
	});

	it("says nothing of an error inside", async () => {
		const answer = await ask("/boom");
		expect(answer.status).toBe(500);
		expect(answer.body).not.toContain("broken inside");
	});
});

describe("whose failures are counted together", () => {
	const peerOf = async (headers: Record<string, string>) => {
		const { body } = await ask("/instances", headers);
		return (JSON.parse(body) as Record<string, string>)["x-waymark-peer"];
	};

	it("is who connects, whatever they say of themselves", async () => {
		expect(await peerOf({})).toBe("127.0.0.1");
		expect(await peerOf({ "x-waymark-peer": "10.1.1.1", "x-forwarded-for": "10.1.1.1" })).toBe("127.0.0.1");
	});

	it("is who came to the proxy on this machine, as the proxy says last", async () => {
		const host = "waymark.example.com";
		expect(await peerOf({ host, "x-forwarded-for": "1.1.1.1, 203.0.113.9" })).toBe("203.0.113.9");
		expect(await peerOf({ host, "x-forwarded-for": "not an address" })).toBe("127.0.0.1");
		expect(await peerOf({ host })).toBe("127.0.0.1");
	});
});

describe("the front with a sign-in", () => {
	const token = newToken();
	const signIn = new SignIn([{ name: "mira", role: "viewer", hash: hashOf(token) }]);
	let closed: Server;
	let at = 0;

	beforeAll(async () => {
		closed = createServer({ requireHostHeader: false });
		await new Promise<void>((resolve) => closed.listen(0, "127.0.0.1", resolve));
		at = (closed.address() as AddressInfo).port;
		const gate = { readOnly: false, signIn, origins: allowedHosts(at), cookie: "c", hides: [] };
		closed.on(
			"request",
			frontListener(gate, async (_incoming, response) => {
				response.end("inside");
			}),
		);
	});
	afterAll(() => new Promise((resolve) => closed.close(resolve)));

	const visit = (path: string, headers: Record<string, string> = {}, method = "GET") =>
		fetch(`http://127.0.0.1:${at}${path}`, { method, headers, redirect: "manual" });

	it("brings people to the sign-in and tells programs, and nobody else gets in", async () => {
		const page = await visit("/instances?status=failed");
		expect(page.status).toBe(303);
		expect(page.headers.get("location")).toBe("/login?next=%2Finstances%3Fstatus%3Dfailed");
		const api = await visit("/api/instances");
		expect(api.status).toBe(401);
		expect(await api.json()).toMatchObject({ error: { code: "SignedOut" } });
		expect((await visit("/instances", { rsc: "1", "sec-fetch-site": "same-origin" })).status).toBe(401);
		expect((await visit("/instances", {}, "HEAD")).status).toBe(303);
	});

	it("lets a session in, and nothing that only looks like one", async () => {
		const exchange = signIn.exchange(token, "peer");
		if (exchange.kind !== "signed-in") throw new Error("it was not let in");
		const cookie = `c=${exchange.session.id}`;
		expect(await (await visit("/instances", { cookie })).text()).toBe("inside");
		for (const wrong of [`c=${token}`, `${cookie}x`, `C=${exchange.session.id}`, `${cookie}; ${cookie}`]) {
			expect((await visit("/api/instances", { cookie: wrong })).status).toBe(401);
		}
		expect((await visit("/api/instances", { authorization: `Bearer ${token}` })).status).toBe(401);
		signIn.sessions.end(exchange.session.id);
		expect((await visit("/api/instances", { cookie })).status).toBe(401);
	});

	it("refuses a token in an address, signed in or not", async () => {
		expect((await visit(`/login?token=${token}`)).status).toBe(400);
		expect((await visit(`/api/instances?token=${token}`)).status).toBe(400);
	});
});
