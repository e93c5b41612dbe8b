import { getEventListeners } from "node:events";
import { describe, expect, it } from "vitest";
import { flow } from "../core/builder/flow.ts";
import type { Timers } from "../core/clock.ts";
import { InMemoryBackend } from "../memory/index.ts";
import { WorkflowClient } from "./client.ts";
import { stopOnSignals } from "./stop-on-signals.ts";
import { systemTimers } from "./system.ts";
import { PooledWorker } from "./worker.ts";

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** Timers that were set and have neither fired nor been cancelled. */
function countedTimers() {
	const set = new Set<object>();
	const timers: Timers = {
		after(ms, call, options) {
			const mark = {};
			set.add(mark);
			const fired = () => {
				set.delete(mark);
				call();
			};
			const timer = systemTimers.after(ms, fired, options);
			return {
				cancel: () => {
					set.delete(mark);
					timer.cancel();
				},
			};
		},
		every(ms, call, options) {
			const mark = {};
			set.add(mark);
			const timer = systemTimers.every(ms, call, options);
			return {
				cancel: () => {
					set.delete(mark);
					timer.cancel();
				},
			};
		},
		nextTurn: () => systemTimers.nextTurn(),
	};
	return { timers, set };
}

describe("a worker that has polled and performed for long", () => {
	it("has left no listener and no timer behind", async () => {
		const backend = new InMemoryBackend();
		const client = new WorkflowClient(backend);
		const { timers, set } = countedTimers();
		const signals: AbortSignal[] = [];
		const quick = flow<number>("quick")
			.task(
				"t",
				(n, { signal }) => {
					signals.push(signal);
					return n + 1;
				},
				{ timeout: "1h", heartbeatTimeout: "1h", retry: { maxAttempts: 2 } },
			)
			.build();
		const worker = new PooledWorker(backend, { workflows: [quick], timers, log: silent });
		await worker.tick();
		const atRest = set.size;
		for (let i = 0; i < 500; i++) {
			await client.start(quick, `i-${i}`, i);
			await worker.tick();
			await worker.tick();
		}
		expect(signals).toHaveLength(500);
		expect(signals.flatMap((signal) => getEventListeners(signal, "abort"))).toEqual([]);
		expect(set.size).toBe(atRest);
		await worker.stop();
		expect(set.size).toBe(0);
	});

	it("listens to nobody's hints once it is stopped", async () => {
		const backend = new InMemoryBackend();
		const onHint = backend.onHint.bind(backend);
		let listening = 0;
		backend.onHint = (listener) => {
			listening += 1;
			const end = onHint(listener);
			return () => {
				listening -= 1;
				end();
			};
		};
		const idle = flow("idle")
			.task("t", () => 1)
			.build();
		for (let i = 0; i < 50; i++) {
			const worker = new PooledWorker(backend, { workflows: [idle], log: silent });
			await worker.start();
			expect(listening).toBe(1);
			await worker.stop({ drain: 0 });
		}
		expect(listening).toBe(0);
	});
});

describe("the care for signals", () => {
	it("can be ended, and leaves the process's own handling as it was", () => {
		const before = (["SIGTERM", "SIGINT"] as const).map((signal) => process.listenerCount(signal));
		const idle = flow("idle")
			.task("t", () => 1)
			.build();
		const end = stopOnSignals(new PooledWorker(new InMemoryBackend(), { workflows: [idle] }));
		expect(process.listenerCount("SIGTERM")).toBe((before[0] ?? 0) + 1);
		end();
		expect((["SIGTERM", "SIGINT"] as const).map((signal) => process.listenerCount(signal))).toEqual(before);
	});
});
