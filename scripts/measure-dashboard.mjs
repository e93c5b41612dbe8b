// What fifty open dashboards cost the engine, and how soon a command is answered meanwhile:
//   node scripts/measure-dashboard.mjs [sqlite|postgresql] [--rounds 8] [--seconds 4]
// Rounds without and with dashboards by turns, and with commands too, so that what else the machine does falls on all. On what was built last.
import { fork } from "node:child_process";
import { setMaxListeners } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { get, request } from "node:http";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { PostgresHost } from "@waymark/persistence/testing";
import { Supervised } from "./supervised.mjs";

const { positionals, values } = parseArgs({
	allowPositionals: true,
	options: { rounds: { type: "string", default: "8" }, seconds: { type: "string", default: "4" } },
});
const kind = positionals[0] ?? "sqlite";
const [rounds, seconds] = [Number(values.rounds), Number(values.seconds)];
/** As the pages ask (their POLL_MS), and where they lie. */
const POLL_MS = 3_000;
const POLLED = [...Array(20).fill("/api/instances"), ...Array(10).fill("/api/overview?range=1h")];
const STREAMS = 20;
const COMMAND_EVERY_MS = 50;

const folder = mkdtempSync(join(tmpdir(), "waymark-measure-"));
const postgres = kind === "postgresql" ? await PostgresHost.start("durable") : null;
const url = postgres === null ? `file:${join(folder, "measure.db")}` : await postgres.createEmptyDatabase();
const engine = fork(new URL("./measure-dashboard/engine.process.mjs", import.meta.url), [url, String(STREAMS)]);
/** @type {(asks: string) => Promise<any>} */
const ask = (asks) =>
	new Promise((resolve) => {
		engine.once("message", resolve);
		engine.send(asks);
	});
await new Promise((resolve) => engine.once("message", resolve));

/** @type {(address: URL) => void} */
let opened = () => undefined;
const address = /** @type {Promise<URL>} */ (new Promise((resolve) => (opened = resolve)));
const dashboard = new Supervised({
	name: "dashboard",
	args: ["dist/main.js"],
	cwd: new URL("../apps/dashboard", import.meta.url).pathname,
	env: { WAYMARK_DB: url, PORT: "0" },
	restarts: false,
	onLine: (line) => {
		const found = /^Waymark dashboard: (http\S+)/.exec(line)?.[1];
		if (found !== undefined) opened(new URL(found));
	},
});
dashboard.start();
// Whatever ends this process ends the dashboard; the engine hears of it by itself.
process.on("exit", () => {
	if (dashboard.pid !== undefined) process.kill(dashboard.pid);
});
const base = await address;

let commands = 0;
/** @type {Record<string, number[]>} */
const answered = { pause: [], signal: [], cancel: [] };
/** @typedef {"alone" | "watched" | "commanded"} Phase `commanded`: watched, and commands come in between. */
/** @type {readonly Phase[]} */
const PHASES = ["alone", "watched", "commanded"];
/** @type {Record<Phase, { steps: number, cpuUs: number, dashboard: number }[]>} */
const measured = { alone: [], watched: [], commanded: [] };

try {
	// Warms up what is measured.
	await open(async () => command());
	await round("alone");
	for (const all of [...Object.values(answered), ...Object.values(measured)]) all.length = 0;
	for (let n = 0; n < rounds; n += 1) {
		// Each comes first as often as last.
		for (const phase of n % 2 === 0 ? PHASES : PHASES.toReversed()) {
			if (phase === "alone") await round(phase);
			else await open(() => round(phase));
		}
	}
	report();
} finally {
	await dashboard.stop();
	engine.send("end");
	await new Promise((resolve) => engine.once("exit", resolve));
	await postgres?.remove();
	rmSync(folder, { recursive: true });
}

/**
 * One stretch of the engine at full speed.
 * @param {Phase} phase
 */
async function round(phase) {
	const cpu = cpuMs();
	const over = sleep(seconds * 1_000, false);
	const sent = [];
	void ask("begin");
	while (phase === "commanded" && (await Promise.race([over, sleep(COMMAND_EVERY_MS, true)]))) sent.push(command());
	await over;
	const { steps, cpuUs } = await ask("stop");
	await Promise.all(sent);
	if (phase !== null)
		measured[phase].push({ steps: steps / seconds, cpuUs, dashboard: (cpuMs() - cpu) / seconds / 10 });
}

/**
 * Fifty dashboards, for as long as the work takes.
 * @param {() => Promise<unknown>} work
 */
async function open(work) {
	const closing = new AbortController();
	setMaxListeners(0, closing.signal);
	for (let n = 0; n < STREAMS; n += 1) {
		const outgoing = get(new URL(`/api/instances/ticking-${n}/stream`, base), { agent: false }, (response) =>
			response.resume(),
		);
		outgoing.on("error", () => undefined);
		closing.signal.addEventListener("abort", () => outgoing.destroy(), { once: true });
	}
	const polls = POLLED.map(async (path, n) => {
		await sleep((n * POLL_MS) / POLLED.length);
		while (!closing.signal.aborted) {
			await fetchAll(path);
			await sleep(POLL_MS, undefined, { signal: closing.signal }).catch(() => undefined);
		}
	});
	// All of them have asked once.
	await sleep(POLL_MS);
	await work();
	closing.abort();
	await Promise.all(polls);
}

/** @param {string} path @returns {Promise<void>} */
function fetchAll(path) {
	return new Promise((resolve, reject) => {
		get(new URL(path, base), { agent: false }, (response) => {
			response.resume();
			response.on("end", () =>
				response.statusCode === 200 ? resolve() : reject(new Error(`${path}: ${response.statusCode}`)),
			);
		}).on("error", reject);
	});
}

/**
 * The next command, as a page sends it, to an instance of its own that waits. Its time ends with the whole answer.
 * @returns {Promise<void>}
 */
function command() {
	const at = commands;
	commands += 1;
	const name = ["pause", "signal", "cancel"][at % 3] ?? "pause";
	const body = name === "signal" ? '{"name":"go","payload":1}' : "{}";
	const headers = { "content-type": "application/json", "x-waymark-request": "1", origin: base.origin };
	const since = performance.now();
	return new Promise((resolve, reject) => {
		const path = `/api/instances/held-${at}/${name}`;
		const outgoing = request(new URL(path, base), { method: "POST", headers, agent: false }, (response) => {
			response.resume();
			response.on("end", () => {
				if (response.statusCode !== 200) return reject(new Error(`${path}: ${response.statusCode}`));
				answered[name]?.push(performance.now() - since);
				resolve();
			});
		});
		outgoing.on("error", reject);
		outgoing.end(body);
	});
}

/** What the dashboard has used of the processor, where the system tells (Linux). */
function cpuMs() {
	if (process.platform !== "linux" || dashboard.pid === undefined) return Number.NaN;
	const fields = readFileSync(`/proc/${dashboard.pid}/stat`, "utf8").split(") ").at(-1)?.split(" ") ?? [];
	return (Number(fields[11]) + Number(fields[12])) * 10;
}

/** @param {readonly number[]} all @param {number} share */
function rank(all, share) {
	return [...all].sort((a, b) => a - b)[Math.min(all.length - 1, Math.floor(all.length * share))] ?? Number.NaN;
}

function report() {
	console.log(`${kind}, ${rounds} rounds of ${seconds} s by turns; load of the machine ${loadavg()[0]?.toFixed(1)}`);
	for (const phase of PHASES) {
		const median = (/** @type {"steps" | "cpuUs" | "dashboard"} */ figure) =>
			rank(
				measured[phase].map((one) => one[figure]),
				0.5,
			);
		const ratios = measured[phase].map(({ steps }, n) => steps / (measured.alone[n]?.steps ?? Number.NaN));
		console.log(
			`${phase}: ${median("steps").toFixed(0)} steps/s, ${rank(ratios, 0.5).toFixed(3)} of those alone (${ratios.map((one) => one.toFixed(2)).join(" ")}), ${median("cpuUs").toFixed(0)} µs of the engine's CPU each, dashboard ${median("dashboard").toFixed(1)} % of a core`,
		);
	}
	for (const [name, all] of Object.entries(answered)) {
		const [half, most] = [rank(all, 0.5).toFixed(1), rank(all, 0.99).toFixed(1)];
		console.log(`${name}: answered after p50 ${half} ms, p99 ${most} ms, of ${all.length}`);
	}
}
