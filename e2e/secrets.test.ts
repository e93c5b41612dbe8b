import { readdirSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startDashboard } from "./stand/dashboard-stand.ts";
import { EngineStand } from "./stand/engine-stand.ts";
import { GuardedStand } from "./stand/guarded-stand.ts";

const APP = fileURLToPath(new URL("../apps/dashboard/src/app", import.meta.url));
const SECRET = "hunter2-canary";
/** One has failed with it, one holds it and waits. */
const FAILED = "leaky-failed";
const LIVE = "leaky-live";

let engine: EngineStand;
let guarded: GuardedStand;
let cookie: string;
let signalId = "";

beforeAll(async () => {
	engine = await EngineStand.open();
	await engine.startWorker();
	const labels = { "api-key": SECRET, team: "a" };
	for (const id of [FAILED, LIVE]) await engine.client.start("leaky", id, { secret: SECRET, n: 1 }, { labels });
	({ signalId } = await engine.client.sendSignal(FAILED, "login_code", { password: SECRET }));
	await engine.client.sendSignal(LIVE, "another", { cookie: SECRET });
	await engine.client.result(FAILED, { timeout: "20s" });
	await until(async () => (await engine.client.get(LIVE)).instance.status === "awaiting_signal");
	await engine.backend.pause({ ...request(), reason: `because password=${SECRET}`, instanceId: LIVE });
	guarded = await GuardedStand.open(engine);
	cookie = await guarded.cookieOf("ada");
}, 90_000);

afterAll(async () => {
	await guarded.close();
	await engine.close();
});

/** As hooks may wait: `expect.poll` is for tests. */
async function until(holds: () => Promise<boolean>): Promise<void> {
	while (!(await holds())) await sleep(50);
}

function request() {
	return { requestId: crypto.randomUUID(), by: "olga", expectedRunId: null };
}

/** Every address that the folders of the pages and of the API give, for an instance. */
function addresses(id: string, folder = APP, path = ""): readonly string[] {
	return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
		if (entry.isDirectory()) {
			const isWorkflow = entry.name === "[name]" || path.endsWith("/workflows");
			const part = isWorkflow && entry.name.startsWith("[") ? "leaky" : entry.name === "[node]" ? "call" : entry.name;
			return addresses(id, `${folder}/${entry.name}`, `${path}/${part === "[id]" ? id : part.replace(/^\[.*/, id)}`);
		}
		return /^(page\.tsx|route\.ts)$/.test(entry.name) ? [path === "" ? "/" : path] : [];
	});
}

/** Every value that something of the instance refers to. */
async function refs(id: string): Promise<readonly string[]> {
	const { instance } = await engine.client.get(id);
	const snapshot = await engine.backend.getSnapshot(instance.runId, 0);
	const found = [
		"~input",
		...(id === FAILED ? [`~signal:${signalId}`, `received|~signal:${signalId}`] : []),
		...(snapshot?.checkpoints ?? []).flatMap(({ path, output }) => [path, output]),
		...(snapshot?.openNodes ?? []).map(({ input }) => input),
		"~join:keys",
		"ok|case:token|login",
	];
	return [...new Set(found)];
}

/** All that a reader can ask for. */
async function questions(): Promise<readonly string[]> {
	const all: string[] = [];
	for (const id of [FAILED, LIVE]) {
		all.push(...addresses(id), `/api/instances/${id}/waits`, `/workflows/leaky/start?copy=${id}`);
		for (const view of ["graph", "timeline", "history", "io", "attempts", "audit"]) {
			all.push(`/instances/${id}?view=${view}&node=call`);
		}
		for (const ref of await refs(id)) {
			for (const more of ["", "&full=1", "&download=1", "&omit=1&full=1"]) {
				all.push(`/api/instances/${id}/value?ref=${encodeURIComponent(ref)}${more}`);
			}
		}
	}
	return [
		...new Set(all),
		"/api/instances?status=failed",
		`/api/instances?error=${encodeURIComponent("refused, sent")}`,
		"/api/instances?label=team=a",
		"/api/audit?kind=pause",
		"/api/overview?range=24h",
		"/instances?status=failed",
		`/compare?left=${FAILED}`,
		`/compare?left=${FAILED}&right=${LIVE}&show=all&node=call`,
	];
}

/** The whole answer, or as much as a stream says at once. */
async function read(answer: Response): Promise<string> {
	const reader = answer.body?.getReader();
	const decoder = new TextDecoder();
	let text = "";
	for (let part = await reader?.read(); part?.done === false; part = await reader?.read()) {
		text += decoder.decode(part.value, { stream: true });
		if (text.includes("event: snapshot") && text.endsWith("\n\n")) break;
	}
	await reader?.cancel();
	return text;
}

/** What the answers hold, as JSON and in pages, where a page writes it in quotes once more. */
const leaks = (text: string) => text.includes(SECRET);

describe("a secret in payloads, errors, labels and reasons", () => {
	it("is in no answer to any question of an admin", async () => {
		const asked = await questions();
		let answered = 0;
		for (const path of asked) {
			const answer = await guarded.get(path, cookie);
			const text = await read(answer);
			expect(leaks(text), path).toBe(false);
			if (answer.status === 200) answered += 1;
		}
		// Not because nothing was answered.
		expect(answered).toBeGreaterThan(80);
		const value = await read(await guarded.get(`/api/instances/${FAILED}/value?ref=login`, cookie));
		expect(JSON.parse(value)).toMatchObject({ hidden: 2, hiddenKeys: ["accessToken", "url"] });
		expect(JSON.parse(JSON.parse(value).text)).toEqual({
			user: "ada",
			accessToken: "••••",
			url: "postgres://app:••••@db:5432/x",
		});
	}, 120_000);

	it("is in no answer to a command, refused or not", async () => {
		const commands: readonly [string, object][] = [
			[`/api/instances/${FAILED}/cancel`, {}],
			[`/api/instances/${FAILED}/pause`, { reason: "x" }],
			[`/api/instances/${LIVE}/pause`, {}],
			["/api/instances", { workflow: "leaky", instanceId: FAILED, input: { secret: "other" } }],
			[`/api/instances/${FAILED}/signal`, { name: "login_code", payload: 1 }],
			["/api/bulk/plan", { kind: "retry", instanceIds: [FAILED] }],
		];
		for (const [path, body] of commands)
			expect(leaks(await read(await guarded.post(path, body, cookie))), path).toBe(false);
		expect(guarded.dashboard.output).not.toContain(SECRET);
	});

	it("goes over no stream while it comes into being", async () => {
		const id = "leaky-watched";
		await engine.client.start("leaky", id, { secret: SECRET, n: 1 });
		const stream = await guarded.get(`/api/instances/${id}/stream`, cookie);
		await engine.client.sendSignal(id, "login_code", { password: SECRET });
		const text = await stream.text();
		expect(text).toContain("event: end");
		expect(text).toContain("amqp://app:••••@queue");
		expect(leaks(text)).toBe(false);
	}, 30_000);

	it("is there for whoever starts the dashboard so that nothing is hidden, and what is named is hidden too", async () => {
		const open = await startDashboard(engine, { WAYMARK_HIDE_NOTHING: "1" });
		const more = await startDashboard(engine, { WAYMARK_HIDE: "user" });
		try {
			const seen = new Set<string>();
			for (const path of await questions()) {
				const answer = await fetch(`${open.url}${path}`);
				if (leaks(await read(answer))) seen.add(path.split("?")[0] ?? "");
			}
			// So many addresses could have told it.
			expect(seen.size).toBeGreaterThan(10);
			const value = await (await fetch(`${more.url}/api/instances/${FAILED}/value?ref=login`)).json();
			expect(value).toMatchObject({ hiddenKeys: ["user", "accessToken", "url"] });
		} finally {
			await open.program.stop();
			await more.program.stop();
		}
	}, 120_000);
});

describe("what is hidden", () => {
	const audited = async (by: string) => {
		const asked = { kinds: ["reveal"] as const, results: [], by, instanceId: null, limit: 10, cursor: null };
		return (await engine.backend.listRequests(asked)).requests;
	};

	it("is shown to an admin, and the audit says who saw what", async () => {
		const answer = await guarded.post(`/api/instances/${FAILED}/reveal`, { ref: "login" }, cookie);
		expect(answer.status).toBe(200);
		expect(await answer.json()).toMatchObject({
			text: expect.stringContaining(`"accessToken":"${SECRET}"`),
			hidden: 0,
		});
		expect(await audited("ada")).toMatchObject([
			{ instanceId: FAILED, reason: "the output of login", result: "applied", before: "failed", after: "failed" },
		]);
		const listed = await (await guarded.get("/api/audit?kind=reveal", cookie)).json();
		expect(listed.requests).toHaveLength(1);
	});

	it("is refused to everybody else, which the audit has too", async () => {
		const olga = await guarded.cookieOf("olga");
		const answer = await guarded.post(`/api/instances/${FAILED}/reveal`, { ref: "login" }, olga);
		expect(answer.status).toBe(403);
		expect(leaks(await answer.text())).toBe(false);
		expect(await audited("olga")).toMatchObject([{ result: "refused", because: "the role operator may not see that" }]);
	});

	it("is shown to the local operator where there is no sign-in, and to nobody where nothing can be audited", async () => {
		const local = await startDashboard(engine);
		const readOnly = await startDashboard(engine, { WAYMARK_READ_ONLY: "1" });
		const ask = (url: string) =>
			fetch(`${url}/api/instances/${FAILED}/reveal`, {
				method: "POST",
				headers: { "content-type": "application/json", "x-waymark-request": "1", origin: url },
				body: JSON.stringify({ ref: "~input" }),
			});
		try {
			expect(leaks(await (await ask(local.url)).text())).toBe(true);
			expect(await audited("local operator")).toMatchObject([{ reason: "the input of the instance" }]);
			const refused = await ask(readOnly.url);
			expect(refused.status).toBe(403);
			expect(leaks(await refused.text())).toBe(false);
			expect(leaks(await (await fetch(`${readOnly.url}/api/instances/${FAILED}/value?ref=~input`)).text())).toBe(false);
		} finally {
			await local.program.stop();
			await readOnly.program.stop();
		}
	}, 60_000);

	it("does not become a value: a copy leaves it out, and dots are refused", async () => {
		const copy = await (await guarded.get(`/api/instances/${FAILED}/value?ref=~input&omit=1`, cookie)).json();
		expect(copy).toMatchObject({ text: '{"n":1}', hiddenKeys: ["secret"] });
		const dots = { workflow: "leaky", instanceId: "leaky-dots", input: { secret: "••••" } };
		const refused = await guarded.post("/api/instances", dots, cookie);
		expect(refused.status).toBe(400);
		expect((await refused.json()).error.message).toContain('"secret" was hidden where it was copied');
		expect(await engine.backend.getInstance("leaky-dots")).toBeNull();
		const signal = { name: "login_code", payload: { password: "••••" } };
		expect((await guarded.post(`/api/instances/${LIVE}/signal`, signal, cookie)).status).toBe(400);
	});
});
