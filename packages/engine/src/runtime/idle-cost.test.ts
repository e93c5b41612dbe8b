import { expect, it, onTestFinished } from "vitest";
import type { PersistentBackend } from "../backend/contract.ts";
import { flow } from "../core/builder/flow.ts";
import { InMemoryBackend } from "../memory/index.ts";
import { FakeClock } from "../testing/fake-clock.ts";
import { PooledWorker } from "./worker.ts";
import type { WorkerOptions } from "./worker-options.ts";

const MINUTES = 10;

/** How often each command is sent in ten minutes in which nothing happens. */
async function idleCalls(options: Partial<WorkerOptions>): Promise<Record<string, number>> {
	const clock = new FakeClock();
	const calls: Record<string, number> = {};
	const backend: PersistentBackend = new Proxy(new InMemoryBackend({ clock }), {
		get(target, name: keyof InMemoryBackend) {
			const value = target[name];
			if (typeof value !== "function") return value;
			return (...args: never[]) => {
				calls[name] = (calls[name] ?? 0) + 1;
				return (value as (...args: never[]) => unknown).apply(target, args);
			};
		},
	});
	const workflows = [
		flow<number>("idle")
			.task("a", (n) => n)
			.build(),
	];
	const worker = new PooledWorker(backend, { workflows, clock, timers: clock, ...options });
	await worker.start();
	onTestFinished(() => worker.stop());
	await settled();
	for (const name of Object.keys(calls)) delete calls[name];
	for (let second = 0; second < MINUTES * 60; second += 1) {
		clock.advance(1_000);
		await settled();
	}
	return calls;
}

/** Lets all that the passing of time has set off come to its end. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

it("asks the database 28 times a minute when nothing happens", async () => {
	expect(await idleCalls({})).toEqual({
		// Every third of a lease of 15 s.
		heartbeat: 12 * MINUTES,
		// Every 5 s, behind the hints.
		claim: 12 * MINUTES,
		held: 2 * MINUTES,
		reap: 2 * MINUTES,
	});
});

it("asks a handful of times a minute with a long lease and a long poll", async () => {
	const calls = await idleCalls({ lease: "1m", poll: "1m" });
	const sum = Object.values(calls).reduce((total, count) => total + count, 0);
	expect(sum / MINUTES).toBeLessThan(5);
});
