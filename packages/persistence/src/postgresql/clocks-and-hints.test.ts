import { type Clock, systemClock } from "@waymark/engine";
import { describe, expect, it, onTestFinished } from "vitest";
import { openBackend } from "../open-backend.ts";
import { FaultStage } from "../testing/faults/fault-stage.ts";
import { startFaultWorker } from "../testing/faults/fault-worker.ts";
import { WorkerProgram } from "../testing/faults/worker-program.ts";
import { PostgresServer } from "../testing/postgres-server.ts";
import { SharingPooler } from "../testing/sharing-pooler.ts";
import { TcpProxy } from "../testing/tcp-proxy.ts";
import { until } from "../testing/until.ts";
import { connect, PROMPT } from "./connection.ts";
import { Listener } from "./listener.ts";

const server = await PostgresServer.startOwn("durable");

const HOUR_MS = 3_600_000;
const LEASE_MS = 1_000;

/** A wall clock that can be set; the monotonic one nobody can set. */
function settableClock(offset: number): Clock & { set(offset: number): void } {
	let by = offset;
	return {
		now: () => systemClock.now() + by,
		monotonic: () => systemClock.monotonic(),
		set(next) {
			by = next;
		},
	};
}

describe("a worker whose clock is wrong", () => {
	for (const [name, hours] of [
		["an hour fast", 1],
		["an hour slow", -1],
	] as const) {
		it(`by ${name} works beside one whose clock is right, and neither takes the other's leases`, async () => {
			const stage = await FaultStage.open(await server.createDatabase());
			await stage.forbidRewriting();
			const { url, ledger } = stage;
			const wrong = await startFaultWorker(url, ledger, {
				clock: settableClock(hours * HOUR_MS),
				pace: 50,
				lease: "5s",
			});
			await WorkerProgram.start({ url, ledger, pace: 50, lease: 5_000 });
			for (const kind of ["chain", "delayed", "forked", "flaky"] as const) await stage.start(kind, 15);
			await stage.allWell(60_000);
			expect(wrong.warnings.filter((warning) => warning.startsWith("leases lost"))).toEqual([]);
		}, 120_000);
	}

	it("and jumps in the middle goes on within a lease and a second, forwards and back", async () => {
		const stage = await FaultStage.open(await server.createDatabase());
		await stage.forbidRewriting();
		const clock = settableClock(0);
		await startFaultWorker(stage.url, stage.ledger, { clock, pace: 30, lease: LEASE_MS, slots: 2 });
		const bound = await stage.recoveryBound(LEASE_MS);
		await stage.start("chain", 60);
		for (const offset of [HOUR_MS, 0]) {
			const before = await stage.completed();
			await until(
				async () => (await stage.completed()) > before,
				() => "nothing is at work",
			);
			clock.set(offset);
			const since = performance.now();
			const then = await stage.completed();
			await until(
				async () => (await stage.completed()) > then + 4,
				() => "nothing goes on",
			);
			const recovery = Math.round(performance.now() - since);
			console.log(`clock set to ${offset / HOUR_MS} h: work went on after ${recovery} ms`);
			expect(recovery).toBeLessThan(bound);
		}
		await stage.allWell(60_000);
	}, 120_000);
});

describe("wake-ups", () => {
	it("that came before they could be heard are made up for by one", async () => {
		const backend = await openBackend(await server.createDatabase());
		onTestFinished(() => backend.close());
		const hint = await new Promise((resolve) => {
			backend.onHint(resolve);
		});
		expect(hint).toEqual({ origin: "remote" });
	});

	it("that are all lost delay everything by a poll, and no more", async () => {
		const stage = await FaultStage.open(await server.createDatabase());
		const { backend } = await startFaultWorker(stage.url, stage.ledger, { poll: "200ms" });
		const listeners = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'";
		const killing = setInterval(() => void server.sql(listeners).catch(() => {}), 20);
		onTestFinished(() => clearInterval(killing));
		for (const kind of ["chain", "delayed", "asked", "forked", "flaky", "looped"] as const) await stage.start(kind, 5);
		await stage.answerAll();
		await stage.allWell(60_000);
		expect(await backend.listOrphans()).toEqual([]);
	}, 120_000);
});

describe("a listening connection that is lost", () => {
	it("says so once, so that polls grow frequent again, and once more when it is back", async () => {
		const url = await server.createDatabase();
		let mayConnect = true;
		let heard = 0;
		const listener = new Listener(
			() => (mayConnect ? connect(url, PROMPT) : Promise.reject(new Error("no way"))),
			"self",
			() => {
				heard += 1;
			},
		);
		onTestFinished(() => listener.end());
		await expect.poll(() => listener.isListening, { timeout: 10_000 }).toBe(true);
		// For what was said before it listened.
		expect(heard).toBe(1);
		mayConnect = false;
		await server.sql(
			`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'
			AND datname = '${new URL(url).pathname.slice(1)}'`,
		);
		await expect.poll(() => listener.isListening, { timeout: 10_000 }).toBe(false);
		await expect.poll(() => heard).toBe(2);
		mayConnect = true;
		await expect.poll(() => listener.isListening, { timeout: 10_000 }).toBe(true);
		expect(heard).toBe(3);
	}, 60_000);
});

describe("a pooler that shares sessions between transactions", () => {
	it("is refused at once, with what to do instead", async () => {
		const pooler = await SharingPooler.before(await server.createDatabase());
		await expect(openBackend(pooler.url)).rejects.toThrow("pool_mode=session");
	});

	it("is told from a proxy that keeps sessions apart", async () => {
		const proxy = await TcpProxy.before(await server.createDatabase());
		const backend = await openBackend(proxy.url);
		await backend.close();
	});
});
