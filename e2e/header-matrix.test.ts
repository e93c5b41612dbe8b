import { readdirSync } from "node:fs";
import { Agent, request } from "node:http";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startDashboard } from "./stand/dashboard-stand.ts";
import { EngineStand } from "./stand/engine-stand.ts";
import type { Program } from "./stand/program.ts";

const APP = fileURLToPath(new URL("../apps/dashboard/src/app", import.meta.url));
const ID = "order-1";

let engine: EngineStand;
let dashboard: Program;
let port = 0;
const agent = new Agent({ keepAlive: true, maxSockets: 16 });

beforeAll(async () => {
	engine = await EngineStand.open();
	const { program, url } = await startDashboard(engine);
	dashboard = program;
	port = Number(new URL(url).port);
	await engine.client.start("tour", ID, {});
});

afterAll(async () => {
	agent.destroy();
	await dashboard.stop();
	await engine.close();
});

/** Every address of the pages and of the API, as the folders say, and one static file. */
function addresses(folder = APP, path = ""): readonly string[] {
	return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
		if (entry.isDirectory()) {
			const part = entry.name === "[name]" ? "tour" : entry.name.startsWith("[") ? ID : entry.name;
			return addresses(`${folder}/${entry.name}`, `${path}/${part}`);
		}
		return /^(page\.tsx|route\.ts)$/.test(entry.name) ? [path === "" ? "/" : path] : [];
	});
}

interface Cell {
	readonly host: string;
	readonly origin: string | null;
	readonly site: string | null;
	readonly method: string;
	readonly type: string | null;
	readonly marker: boolean;
}

/** The status, as soon as it is known: a stream has no end. */
function ask(path: string, { host, origin, site, method, type, marker }: Cell): Promise<number> {
	const headers = {
		host,
		...(origin === null ? {} : { origin }),
		...(site === null ? {} : { "sec-fetch-site": site }),
		...(type === null ? {} : { "content-type": type }),
		...(marker ? { "x-waymark-request": "1" } : {}),
	};
	return new Promise((resolve, reject) => {
		const outgoing = request({ host: "127.0.0.1", port, path, method, headers, agent }, (response) => {
			resolve(response.statusCode ?? 0);
			response.destroy();
		});
		outgoing.on("error", reject);
		// What our own pages send, but without a single field: whatever gets through does nothing.
		outgoing.end(method === "POST" ? "{" : "");
	});
}

/** What the server in front answers to what it does not let through. */
const REFUSALS = [403, 405, 415, 421];

it("lets only the allowed of 2,000 requests through, over every page and every address of the API", async () => {
	const own = `127.0.0.1:${port}`;
	const cells: Cell[] = [];
	for (const host of [own, `localhost:${port}`, "evil.test", `evil.test:${port}`, "127.0.0.1:1"])
		for (const origin of [null, `http://${own}`, `http://localhost:${port + 1}`, "null", "https://evil.test"])
			for (const site of [null, "same-origin", "same-site", "cross-site", "none"])
				for (const method of ["GET", "POST", "PUT", "OPTIONS"])
					for (const type of [null, "application/json", "text/plain", "application/x-www-form-urlencoded"])
						cells.push({ host, origin, site, method, type, marker: true });
	expect(cells).toHaveLength(2_000);
	const paths = [...addresses(), "/icon.svg"];
	expect(paths.length).toBeGreaterThan(30);

	let [allowed, refused] = [0, 0];
	await inTurns(cells, 16, async (cell, at) => {
		const path = paths[at % paths.length] ?? "/";
		const status = await ask(path, cell);
		if (isAllowed(cell, path)) {
			allowed += 1;
			// An address has its own methods, and what is sent is no JSON.
			expect([200, 307, 308, 400, 404, 405], `${path} ${JSON.stringify(cell)}`).toContain(status);
		} else {
			refused += 1;
			expect(REFUSALS, `${path} ${JSON.stringify(cell)}`).toContain(status);
		}
	});
	expect(allowed).toBeGreaterThan(150);
	expect(refused).toBeGreaterThan(1_500);
});

it("refuses whatever has one thing wrong, at every address, and nothing is done", async () => {
	const own = `127.0.0.1:${port}`;
	const good: Cell = {
		host: own,
		origin: `http://${own}`,
		site: "same-origin",
		method: "POST",
		type: "application/json",
		marker: true,
	};
	const wrong: readonly Partial<Cell>[] = [
		{ host: "evil.test" },
		{ host: `evil.test:${port}`, origin: `http://evil.test:${port}` },
		{ host: "evil.test", method: "GET" },
		{ origin: "https://evil.test" },
		{ origin: "null", site: null },
		{ origin: null, site: null },
		{ origin: `http://127.0.0.1:${port + 1}`, site: "same-site" },
		{ site: "cross-site" },
		{ site: "none" },
		{ type: null },
		{ type: "text/plain" },
		{ type: "multipart/form-data" },
		{ marker: false },
		...["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"].map((method) => ({ method })),
	];
	const before = await engine.client.get(ID);
	for (const path of addresses()) {
		for (const change of wrong) {
			expect(REFUSALS, `${path} ${JSON.stringify(change)}`).toContain(await ask(path, { ...good, ...change }));
		}
	}
	const { instance } = await engine.client.get(ID);
	expect(instance).toEqual(before.instance);
	const asked = { kinds: [], results: [], by: null, instanceId: null, limit: 10, cursor: null };
	expect((await engine.backend.listRequests(asked)).requests).toEqual([]);
});

function isAllowed({ host, origin, site, method, type }: Cell, path: string): boolean {
	if (host !== `127.0.0.1:${port}` && host !== `localhost:${port}`) return false;
	if (method === "GET") return true;
	if (method !== "POST" || !path.startsWith("/api/") || type !== "application/json") return false;
	const same = origin === `http://${host}`;
	return site === "same-origin" ? same || origin === null : site === null && same;
}

/** So many at once, in the order of the list. */
async function inTurns<T>(
	all: readonly T[],
	atOnce: number,
	work: (one: T, at: number) => Promise<void>,
): Promise<void> {
	const left = all.entries();
	await Promise.all(
		Array.from({ length: atOnce }, async () => {
			for (const [at, one] of left) await work(one, at);
		}),
	);
}
