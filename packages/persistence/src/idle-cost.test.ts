import { flow, PooledWorker } from "@waymark/engine";
import type { PersistentBackend } from "@waymark/engine/backend";
import pg from "pg";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { PostgresServer } from "./testing/postgres-server.ts";
import { openWatchedPostgres, openWatchedSqlite } from "./testing/watched-store.ts";

/** What a worker asks of a real database while nothing happens, counted over virtual time. */

const server = await PostgresServer.start("fast");

const MINUTES = 4;
const workflows = [
	flow<number>("quick")
		.task("a", (n) => n + 1)
		.build(),
];

/** Counts the calls, and tells when none of them is under way. */
function counted(backend: PersistentBackend) {
	const calls: Record<string, number> = {};
	const underWay = new Set<Promise<unknown>>();
	const proxy: PersistentBackend = new Proxy(backend, {
		get(target, name: keyof PersistentBackend) {
			const value = target[name];
			if (typeof value !== "function") return value;
			return (...args: never[]) => {
				const answer = (value as (...args: never[]) => unknown).apply(target, args);
				if (answer instanceof Promise) {
					calls[name] = (calls[name] ?? 0) + 1;
					const ended = answer.finally(() => underWay.delete(ended));
					underWay.add(ended);
				}
				return answer;
			};
		},
	});
	const quiet = async () => {
		do {
			await Promise.allSettled(underWay);
			await new Promise((resolve) => setImmediate(resolve));
		} while (underWay.size > 0);
	};
	return { proxy, calls, quiet };
}

async function idleFor(open: typeof openWatchedSqlite) {
	const store = await open();
	const { clock } = store;
	const { proxy, calls, quiet } = counted(store.open().backend);
	const worker = new PooledWorker(proxy, { workflows, clock, timers: clock });
	await worker.start();
	onTestFinished(() => worker.stop());
	await expect.poll(() => proxy.hearsOthers, { timeout: 10_000 }).toBe(true);
	const during = async (seconds: number) => {
		for (let second = 0; second < seconds; second += 1) {
			clock.advance(1_000);
			await quiet();
		}
	};
	await during(120);
	for (const name of Object.keys(calls)) delete calls[name];
	const queries = vi.spyOn(pg.Client.prototype, "query");
	onTestFinished(() => queries.mockRestore());
	await during(MINUTES * 60);
	return { calls, roundTrips: queries.mock.calls.length };
}

const TEN_A_MINUTE = { heartbeat: 6 * MINUTES, claim: 2 * MINUTES, held: MINUTES, reap: MINUTES };

describe("an idle worker", () => {
	it("asks SQLite ten times a minute", async () => {
		const { calls } = await idleFor(openWatchedSqlite);
		expect(calls).toEqual(TEN_A_MINUTE);
	});

	it("asks PostgreSQL ten times a minute, in less than one round trip in two seconds", async () => {
		const { calls, roundTrips } = await idleFor(() => openWatchedPostgres(server));
		expect(calls).toEqual(TEN_A_MINUTE);
		expect(roundTrips / MINUTES).toBeLessThan(25);
	}, 60_000);
});
