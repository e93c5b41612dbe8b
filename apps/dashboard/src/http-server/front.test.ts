import { createServer, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { frontListener } from "./front.ts";

/** Stands where Next stands: answers with the headers that reached it. */
let server: Server;
let port = 0;

beforeAll(async () => {
	server = createServer({ requireHostHeader: false });
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	port = (server.address() as AddressInfo).port;
	server.on(
		"request",
		frontListener(port, async (incoming, response) => {
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
