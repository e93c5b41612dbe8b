import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startDashboard } from "./stand/dashboard-stand.ts";
import { EngineStand } from "./stand/engine-stand.ts";
import { GuardedStand } from "./stand/guarded-stand.ts";

let engine: EngineStand;
let guarded: GuardedStand;

beforeAll(async () => {
	engine = await EngineStand.open();
	guarded = await GuardedStand.open(engine);
	await engine.client.start("tour", "order-1", {});
}, 60_000);

afterAll(async () => {
	await guarded.close();
	await engine.close();
});

const codeOf = async (answer: Response) => ((await answer.json()) as { error: { code: string } }).error.code;

describe("a session", () => {
	it("is a cookie of this port that no script reads, and ends for good with the sign-out", async () => {
		const answer = await guarded.exchange(guarded.tokens.rolf);
		const { port } = new URL(guarded.url);
		expect(answer.headers.get("set-cookie")).toMatch(
			new RegExp(`^waymark-session-${port}=[\\w-]{43}; Path=/; HttpOnly; SameSite=Strict$`),
		);
		expect(await answer.json()).toEqual({ user: { name: "rolf", role: "reader" } });
		const cookie = await guarded.cookieOf("rolf");
		expect((await guarded.get("/api/instances", cookie)).status).toBe(200);
		const ended = await guarded.post("/api/session/end", {}, cookie);
		expect(ended.headers.get("set-cookie")).toContain("Max-Age=0");
		expect((await guarded.get("/api/instances", cookie)).status).toBe(401);
		expect((await guarded.post("/api/session/end", {}, cookie)).status).toBe(200);
	});

	it("of somebody who is taken out of the file ends within seconds, with its streams", async () => {
		const cookie = await guarded.cookieOf("rolf");
		const stream = await guarded.get("/api/instances/order-1/stream", cookie);
		guarded.takeOut("rolf");
		expect(await stream.text()).toContain("event: signedout");
		expect(await codeOf(await guarded.get("/api/instances", cookie))).toBe("SignedOut");
	}, 30_000);

	it("has six streams at once, told so with when to come again, and others have theirs", async () => {
		const olga = await guarded.cookieOf("olga");
		const again = await guarded.cookieOf("olga");
		const open = (cookie: string) => guarded.get("/api/instances/order-1/stream", cookie);
		const streams = await Promise.all(Array.from({ length: 6 }, () => open(olga)));
		expect(streams.map(({ status }) => status)).toEqual(Array(6).fill(200));
		const seventh = await open(olga);
		expect([seventh.status, seventh.headers.get("retry-after"), await codeOf(seventh)]).toEqual([
			503,
			"2",
			"TooManyStreams",
		]);
		// Another browser of the same person, and a question that is no stream.
		const other = await open(again);
		expect(other.status).toBe(200);
		await other.body?.cancel();
		expect((await guarded.get("/api/instances/order-1", olga)).status).toBe(200);
		await streams[0]?.body?.cancel();
		// That a reader has left is heard of when its connection is closed.
		await expect
			.poll(async () => {
				const next = await open(olga);
				if (next.status !== 200) await next.arrayBuffer();
				else streams[0] = next;
				return next.status;
			})
			.toBe(200);
		// With the session all of them end.
		const ends = streams.map((stream) => stream.text());
		await guarded.post("/api/session/end", {}, olga);
		for (const text of await Promise.all(ends)) expect(text).toContain("event: signedout");
	}, 30_000);

	it("is sent everything when the version that it comes back with is none", async () => {
		const never = [
			"-1",
			"0x10",
			"1e9",
			"9".repeat(15),
			"9".repeat(16),
			"9".repeat(8_000),
			"1; DROP TABLE instance",
			"NaN",
		];
		for (const last of never) {
			// A session of its own: when a reader that left is noticed, nobody knows.
			const headers = { cookie: await guarded.cookieOf("ada"), "last-event-id": last };
			const answer = await fetch(`${guarded.url}/api/instances/order-1/stream`, { headers });
			expect(answer.status, last).toBe(200);
			const reader = answer.body?.getReader();
			let text = "";
			while (!text.includes("event: snapshot")) {
				const part = await reader?.read();
				if (part === undefined || part.done) throw new Error(`the stream ended after ${text}`);
				text += new TextDecoder().decode(part.value);
			}
			await reader?.cancel();
		}
	}, 30_000);

	it("that is over at a public name goes over TLS alone", async () => {
		const { program, url } = await startDashboard(engine, {
			WAYMARK_ACCESS: guarded.file,
			WAYMARK_ALLOW_HOST: "waymark.example.com",
		});
		try {
			await program.says(/^Public: https:\/\/waymark\.example\.com/);
			// Its sign-in takes pages of the public name: they come by https.
			const { port } = new URL(url);
			const { request } = await import("node:http");
			const ask = (origin: string) =>
				new Promise<{ status: number; cookie: string }>((resolve, reject) => {
					const headers = {
						host: "waymark.example.com",
						origin,
						"content-type": "application/json",
						"x-waymark-request": "1",
					};
					const asked = request(
						{ host: "127.0.0.1", port, path: "/api/session", method: "POST", headers },
						(response) => {
							response.resume();
							resolve({ status: response.statusCode ?? 0, cookie: String(response.headers["set-cookie"] ?? "") });
						},
					);
					asked.on("error", reject);
					asked.end(JSON.stringify({ token: guarded.tokens.ada }));
				});
			expect(await ask("https://waymark.example.com")).toMatchObject({
				status: 200,
				cookie: expect.stringMatching(/; Secure$/),
			});
			expect((await ask("http://waymark.example.com")).status).toBe(403);
		} finally {
			await program.stop();
		}
	}, 60_000);
});

describe("who is not signed in", () => {
	it("gets nothing of the API, and of pages the way to the sign-in", async () => {
		for (const path of ["/api/instances", "/api/overview", "/api/instances/order-1/stream", "/api/audit", "/api/x"]) {
			const answer = await guarded.get(path);
			expect(answer.status, path).toBe(401);
			expect(await codeOf(answer), path).toBe("SignedOut");
		}
		const page = await guarded.get("/instances/order-1?view=audit");
		expect(page.status).toBe(303);
		expect(page.headers.get("location")).toBe("/login?next=%2Finstances%2Forder-1%3Fview%3Daudit");
		expect((await guarded.get("/healthz")).status).toBe(200);
		expect(await (await guarded.get("/api/session")).json()).toEqual({ user: null });
		expect((await guarded.post("/api/instances/order-1/cancel", {})).status).toBe(401);
	});

	it("gains nothing by headers that say who one is", async () => {
		const headers = {
			"x-waymark-role": "admin",
			"x-forwarded-user": "ada",
			authorization: `Bearer ${guarded.tokens.ada}`,
		};
		expect((await guarded.post("/api/instances/order-1/cancel", {}, "", headers)).status).toBe(401);
	});

	it("cannot put a token into an address", async () => {
		for (const path of [`/login?token=${guarded.tokens.ada}`, `/api/session?token=${guarded.tokens.ada}`]) {
			const answer = await guarded.get(path);
			expect(answer.status).toBe(400);
			expect(await answer.text()).not.toContain(guarded.tokens.ada);
		}
	});
});

/** Last: afterwards this address has to wait. */
describe("a wrong token", () => {
	it("is refused whatever it is, and no more than five times a minute", async () => {
		const wrong = ["wm_short", "пароль-по-русски", "x".repeat(200), "sha256:abc", `wm_${"a".repeat(43)}`];
		for (const token of ["", null, "y".repeat(201), 42, ["a"], "a\0b"]) {
			const answer = await guarded.exchange(token);
			expect(answer.status, JSON.stringify(token)).toBe(400);
		}
		for (const token of wrong) {
			const answer = await guarded.exchange(token);
			expect([answer.status, await codeOf(answer)], token).toEqual([401, "WrongToken"]);
		}
		for (let tries = 0; tries < 1_000; tries += 1) {
			const answer = await guarded.exchange(`wm_${String(tries).padStart(43, "a")}`);
			expect(answer.status).toBe(429);
			expect(answer.headers.get("retry-after")).toBe("60");
			await answer.arrayBuffer();
		}
		// A right one is not looked at either, or guessing would go on.
		expect(await codeOf(await guarded.exchange(guarded.tokens.ada))).toBe("TooManyAttempts");
		expect(guarded.dashboard.output).not.toContain("wm_");
	}, 60_000);
});

it("does not start with an access file that others read, that is broken, or that nobody is in", async () => {
	const file = join(engine.folder, "bad-access.json");
	for (const [text, mode, because] of [
		['{ "users": [] }', 0o600, "nobody is in it"],
		['{ "users": [{ "name": "a", "role": "admin", "token": "hunter2" }] }', 0o600, "no hash of a token"],
		["{", 0o600, "not JSON"],
		['{ "users": [] }', 0o644, "chmod 600"],
	] as const) {
		rmSync(file, { force: true });
		writeFileSync(file, text, { mode });
		await expect(startDashboard(engine, { WAYMARK_ACCESS: file })).rejects.toThrow(because);
	}
	await expect(startDashboard(engine, { WAYMARK_HOST: "0.0.0.0" })).rejects.toThrow("Without a sign-in");
}, 60_000);
