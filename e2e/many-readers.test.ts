import { readFileSync } from "node:fs";
import { get } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startDashboard } from "./stand/dashboard-stand.ts";
import { EngineStand } from "./stand/engine-stand.ts";
import type { Program } from "./stand/program.ts";

/** What one dashboard takes at once, over how many instances. */
const READERS = 200;
const INSTANCES = 10;

let engine: EngineStand;
let dashboard: Program;
let url = "";

beforeAll(async () => {
	engine = await EngineStand.open();
	await engine.startWorker();
	({ program: dashboard, url } = await startDashboard(engine, {
		NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(TELLS_ITS_MEMORY)}`,
	}));
	for (let n = 0; n < INSTANCES; n += 1) await engine.client.start("tour", `read-${n}`, {});
});

afterAll(async () => {
	await dashboard.stop();
	await engine.close();
});

/** One open stream, and what came over it. */
interface Reader {
	readonly status: number;
	readonly retryAfter: string | undefined;
	text: string;
	close(): void;
}

function open(instanceId: string): Promise<Reader> {
	return new Promise((resolve, reject) => {
		const outgoing = get(`${url}/api/instances/${instanceId}/stream`, { agent: false }, (response) => {
			const { statusCode = 0, headers } = response;
			const reader: Reader = {
				status: statusCode,
				retryAfter: headers["retry-after"],
				text: "",
				close: () => outgoing.destroy(),
			};
			response.setEncoding("utf8");
			response.on("data", (text: string) => {
				reader.text += text;
			});
			// Closed by us.
			response.on("error", () => undefined);
			resolve(reader);
		});
		outgoing.on("error", reject);
	});
}

it("serves 200 readers at a quarter of a core and 200 kB each, refuses the 201st, and takes new ones at once when they leave", async () => {
	// What a dashboard loads with its first pages and streams is not what a reader costs.
	await lookAround();
	for (const reader of await Promise.all(Array.from({ length: 20 }, () => open("read-0")))) reader.close();
	const before = await held();
	const readers = await Promise.all(Array.from({ length: READERS }, (_, n) => open(`read-${n % INSTANCES}`)));
	expect(new Set(readers.map(({ status }) => status))).toEqual(new Set([200]));
	await expect
		.poll(() => readers.every(({ text }) => text.includes("event: snapshot")), { timeout: 20_000 })
		.toBe(true);
	const refused = await open("read-0");
	expect(refused).toMatchObject({ status: 503, retryAfter: "2" });
	// Lists, pages and commands have their own room.
	await lookAround();

	// Everybody hears of every change.
	for (let n = 0; n < INSTANCES; n += 1) engine.openGate(`read-${n}`, "load");
	await expect
		.poll(() => readers.filter(({ text }) => text.includes("event: delta")).length, { timeout: 20_000 })
		.toBe(READERS);

	const watching = (await held()) - before;
	expect(watching / READERS, "bytes that each reader holds").toBeLessThan(200_000);
	const quiet = cpuMs(dashboard.pid);
	if (quiet !== null) {
		await sleep(3_000);
		expect((cpuMs(dashboard.pid) ?? 0) - quiet, "ms of processor in 3 s of watching").toBeLessThan(750);
	}

	for (const reader of readers) reader.close();
	await expect
		.poll(
			async () => {
				const again = await open("read-0");
				again.close();
				return again.status;
			},
			{ timeout: 15_000 },
		)
		.toBe(200);
});

async function lookAround(): Promise<void> {
	for (const path of ["/api/instances", "/instances", "/api/overview"]) {
		expect((await fetch(`${url}${path}`)).status).toBe(200);
	}
}

/** Makes the dashboard clean up and say what it still holds when it is sent a signal. */
const TELLS_ITS_MEMORY = `
	import { setFlagsFromString } from "node:v8";
	import { runInNewContext } from "node:vm";
	setFlagsFromString("--expose-gc");
	const clean = runInNewContext("gc");
	process.on("SIGUSR2", () => {
		clean();
		const { heapUsed, external } = process.memoryUsage();
		console.log("holds " + (heapUsed + external));
	});
`;

let asked = 0;

async function held(): Promise<number> {
	asked += 1;
	process.kill(dashboard.pid, "SIGUSR2");
	return Number(await dashboard.says(/^holds (\d+)/, asked));
}

/** What a process has used, where the system tells (Linux). */
function cpuMs(pid: number): number | null {
	if (process.platform !== "linux") return null;
	// Behind the name, which may hold anything: state is the first field, user and system time the 12th and 13th.
	const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)?.split(" ") ?? [];
	return (Number(fields[11]) + Number(fields[12])) * 10;
}
