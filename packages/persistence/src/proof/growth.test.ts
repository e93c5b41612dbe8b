import { statSync } from "node:fs";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { flow, PooledWorker, WorkflowClient } from "@waymark/engine";
import type Sqlite from "better-sqlite3";
import { expect, it } from "vitest";
import { PrismaBackend } from "../prisma-backend.ts";
import { createCommand, ready, settleCommand } from "../testing/commands.ts";
import { openTestStore } from "../testing/open-test-store.ts";

/** Steps that are looked at, at the beginning and at the end. */
const WINDOW = 100;

/** Counts every statement that is executed on this handle, whoever prepared it; of those prepared from now on. */
function statementsOf(handle: Sqlite.Database): () => number {
	let count = 0;
	const prepare = handle.prepare.bind(handle);
	Object.defineProperty(handle, "prepare", {
		value: (text: string) => {
			const statement = prepare(text);
			for (const how of ["run", "get", "all"] as const) {
				const original = statement[how].bind(statement) as (...values: unknown[]) => unknown;
				Object.defineProperty(statement, how, {
					configurable: true,
					value: (...values: unknown[]) => {
						count += 1;
						return original(...values);
					},
				});
			}
			return statement;
		},
	});
	return () => count;
}

it("a step costs the same statements and bytes of log at the 10,000th node of a chain as at the first", async () => {
	const { store, handle, file } = await openTestStore(undefined, { durability: "normal" });
	const count = statementsOf(handle);
	const backend = new PrismaBackend(store, async () => {});
	await backend.registerWorker({ workerId: "w", name: "w", slots: 1, leaseMs: 3_600_000 });
	const grantTo = { owner: "w", slots: 1 };
	await backend.create(createCommand("i", { open: [ready("n-10000")], grantTo }));
	let node = 10_000;
	const steps = async (many: number) => {
		for (let i = 0; i < many; i += 1) {
			const answer = await backend.settle(settleCommand("run-of-i", `n-${node}`, "w", `n-${node + 1}`));
			if (answer.kind !== "settled") throw new Error(`node ${node}: ${answer.kind}`);
			node += 1;
		}
	};
	const costOf = async () => {
		handle.pragma("wal_checkpoint(TRUNCATE)");
		const before = count();
		await steps(WINDOW);
		return { statements: count() - before, bytes: statSync(`${file}-wal`).size };
	};
	await steps(WINDOW);
	const first = await costOf();
	await steps(10_000 - 3 * WINDOW);
	const last = await costOf();
	expect(first.statements).toBeGreaterThan(WINDOW);
	expect(last.statements).toBe(first.statements);
	// Whole pages are written, so where a row lies on its page makes a difference of some per cent.
	expect(last.bytes / first.bytes).toBeLessThan(1.25);
	await backend.close();
}, 120_000);

it("20,000 instances leave no heap, no handle and no listener behind", async () => {
	setFlagsFromString("--expose_gc");
	const collect = runInNewContext("gc") as () => void;
	const { store, handle } = await openTestStore(undefined, { durability: "normal" });
	const backend = new PrismaBackend(store, async () => {});
	const tiny = flow<number>("tiny")
		.task("t", (n) => n + 1)
		.build();
	const client = new WorkflowClient(backend);
	const worker = new PooledWorker(backend, { workflows: [tiny], slots: 100, lease: "1h" });
	let started = 0;
	const run = async (many: number) => {
		for (let batch = 0; batch < many / 500; batch += 1) {
			const ids = Array.from({ length: 500 }, () => `i-${started++}`);
			await Promise.all(ids.map((id) => client.start(tiny, id, 1)));
			await worker.tick();
		}
	};
	const stateNow = () => {
		collect();
		return {
			heap: process.memoryUsage().heapUsed,
			resources: process.getActiveResourcesInfo().filter((name) => name !== "Immediate").length,
			listeners: process.eventNames().reduce((sum, name) => sum + process.listenerCount(name), 0),
		};
	};
	await run(4_000);
	const early = stateNow();
	await run(16_000);
	const late = stateNow();
	const ended = handle.prepare("SELECT COUNT(*) FROM instance WHERE status = 'completed'").pluck().get();
	expect(ended).toBe(20_000);
	// A hundred bytes for each instance would be 1.6 MB.
	expect(late.heap - early.heap).toBeLessThan(1_600_000);
	expect(late.resources).toBe(early.resources);
	expect(late.listeners).toBe(early.listeners);
	await worker.stop();
	await backend.close();
}, 240_000);
