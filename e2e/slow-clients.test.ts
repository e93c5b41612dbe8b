import { get } from "node:http";
import { connect, type Socket } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startDashboard } from "./stand/dashboard-stand.ts";
import { EngineStand } from "./stand/engine-stand.ts";
import type { Program } from "./stand/program.ts";

/** What the server allows (http-server/listen.ts), and how often it looks. */
const HEADERS_MS = 10_000;
const REQUEST_MS = 30_000;
const LOOKS_EVERY_MS = 2_000;
const CONNECTIONS = 600;
/** Of a machine that does other things as well. */
const LATE_MS = 5_000;

let engine: EngineStand;
let dashboard: Program;
let address: URL;

beforeAll(async () => {
	engine = await EngineStand.open();
	const started = await startDashboard(engine);
	dashboard = started.program;
	address = new URL(started.url);
});

afterAll(async () => {
	await dashboard.stop();
	await engine.close();
});

interface Ended {
	readonly text: string;
	readonly afterMs: number;
}

/** Sends that, then a bit more every second for as long as it is let. Answers what came back and when it was cut off. */
function trickle(start: string, more: string): Promise<Ended> {
	const began = performance.now();
	return new Promise((resolve) => {
		let text = "";
		const socket = connect(Number(address.port), address.hostname, () => socket.write(start));
		const drops = setInterval(() => socket.write(more), 1_000);
		socket.setEncoding("utf8");
		socket.on("data", (part) => {
			text += part;
		});
		// What is written after the end is refused: that is the point.
		socket.on("error", () => undefined);
		socket.on("close", () => {
			clearInterval(drops);
			resolve({ text, afterMs: performance.now() - began });
		});
	});
}

function isServed(): Promise<boolean> {
	return new Promise((resolve) => {
		get(new URL("/healthz", address), { agent: false }, (response) => {
			response.resume();
			resolve(response.statusCode === 200);
		}).on("error", () => resolve(false));
	});
}

it("cuts off whoever sends a header or a body drop by drop, and serves everybody else meanwhile", async () => {
	const host = `host: ${address.host}`;
	const ends = [
		trickle(`GET / HTTP/1.1\r\n${host}\r\n`, "x-more: 1\r\n"),
		trickle(
			`POST /api/instances HTTP/1.1\r\n${host}\r\norigin: ${address.origin}\r\nx-waymark-request: 1\r\n` +
				"content-type: application/json\r\ncontent-length: 5000\r\n\r\n{",
			" ",
		),
	] as const;
	expect(await isServed()).toBe(true);
	const [header, body] = await Promise.all(ends);
	expect(header.text).toMatch(/^HTTP\/1\.1 408 /);
	expect(header.afterMs).toBeGreaterThanOrEqual(HEADERS_MS - 500);
	expect(header.afterMs).toBeLessThan(HEADERS_MS + LOOKS_EVERY_MS + LATE_MS);
	expect(body.text).not.toMatch(/^HTTP\/1\.1 20/);
	expect(body.afterMs).toBeLessThan(REQUEST_MS + LOOKS_EVERY_MS + LATE_MS);
	expect(await isServed()).toBe(true);
}, 60_000);

it("answers headers of more than 16 KiB with 431", async () => {
	const long = await trickle(`GET / HTTP/1.1\r\nhost: ${address.host}\r\nx-long: ${"x".repeat(17 * 1024)}\r\n\r\n`, "");
	expect(long.text).toMatch(/^HTTP\/1\.1 431 /);
});

it("takes so many connections and no more, and goes on when they are gone", async () => {
	const open = new Set<Socket>();
	let closed = 0;
	try {
		for (let at = 0; at < CONNECTIONS + 50; at += 1) {
			const socket = connect(Number(address.port), address.hostname);
			open.add(socket);
			socket.on("error", () => undefined);
			socket.on("close", () => {
				closed += 1;
			});
		}
		await expect.poll(() => closed, { timeout: 8_000 }).toBeGreaterThanOrEqual(50);
		expect(closed).toBeLessThan(100);
	} finally {
		for (const socket of open) socket.destroy();
	}
	await expect.poll(isServed, { timeout: 10_000 }).toBe(true);
});

it("leaves nothing behind of 2,000 streams that were opened and closed", async () => {
	await engine.client.start("tour", "opened-often", {});
	const once = () =>
		new Promise<number>((resolve, reject) => {
			const outgoing = get(new URL("/api/instances/opened-often/stream", address), { agent: false }, (response) => {
				response.once("data", () => outgoing.destroy());
				response.on("error", () => undefined);
				response.once("close", () => resolve(response.statusCode ?? 0));
			});
			outgoing.on("error", reject);
		});
	for (let round = 0; round < 40; round += 1) {
		const statuses = await Promise.all(Array.from({ length: 50 }, once));
		// 200 may be open at once: were one in ten left behind, round 40 would be refused.
		expect(new Set(statuses)).toEqual(new Set([200]));
	}
}, 90_000);
