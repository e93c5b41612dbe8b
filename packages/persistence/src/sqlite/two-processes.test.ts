import { monitorEventLoopDelay } from "node:perf_hooks";
import Sqlite from "better-sqlite3";
import { describe, expect, it, onTestFinished } from "vitest";
import { openBackend } from "../open-backend.ts";
import { createCommand } from "../testing/commands.ts";
import { FaultStage } from "../testing/faults/fault-stage.ts";
import { WorkerProgram } from "../testing/faults/worker-program.ts";
import { temporaryFile } from "../testing/temporary-folder.ts";

/** Holds the write lock over and over, as a process with long transactions does. */
function hog(file: string, holdMs: number): () => void {
	const other = new Sqlite(file, { timeout: 0 });
	let held = false;
	let timer: NodeJS.Timeout;
	const turn = () => {
		try {
			other.exec(held ? "COMMIT" : "BEGIN IMMEDIATE");
			held = !held;
		} catch {
			// The lock is ours at the next turn.
		}
		timer = setTimeout(turn, held ? holdMs : 5);
	};
	turn();
	return () => {
		clearTimeout(timer);
		other.close();
	};
}

describe("two worker processes on one file", () => {
	it("share the work by leases: each result once, none lost", async () => {
		const file = temporaryFile();
		const stage = await FaultStage.open(`file:${file}`);
		await stage.forbidRewriting();
		const { url, ledger } = stage;
		const pair = await Promise.all(
			["one", "two"].map((name) => WorkerProgram.start({ url, ledger, name, pace: 20, lease: 15_000 })),
		);
		for (const kind of ["chain", "forked", "asked", "flaky", "delayed"] as const) await stage.start(kind, 20);
		await stage.answerAll();
		await stage.allWell(60_000);
		const shares = (await stage.query("SELECT worker, COUNT(*) AS n FROM checkpoint GROUP BY worker")) as {
			n: number;
		}[];
		expect(shares).toHaveLength(2);
		expect(pair.every((worker) => worker.isAlive)).toBe(true);
		expect(stage.linesOf("")).toHaveLength(20 * (4 + 8 + 2 + 1 + 2));
	}, 120_000);
});

describe("engine and dashboard as two processes on one file", () => {
	it("lose nothing, and neither's event loop waits for the other's lock", async () => {
		const file = temporaryFile();
		const stage = await FaultStage.open(`file:${file}`);
		const { url, ledger } = stage;
		await WorkerProgram.start({ url, ledger, pace: 5, lease: 15_000 });
		const unhog = hog(file, 150);
		const delay = monitorEventLoopDelay({ resolution: 1 });
		delay.enable();
		// This process does as a dashboard does: reads in rounds, and now and then a request of an operator.
		const read = async () => {
			await stage.backend.listInstances({ statuses: [], workflows: [], limit: 50, cursor: null });
			await stage.backend.countInstances();
			await stage.backend.listWorkers();
		};
		await stage.start("chain", 30);
		for (let round = 0; round < 10; round++) {
			const id = `chain-${round}`;
			const asked = await stage.client.pause(id).catch(() => null);
			await read();
			if (asked !== null) await stage.client.unpause(id).catch(() => undefined);
		}
		delay.disable();
		unhog();
		await stage.allWell(60_000);
		const p99 = delay.percentile(99) / 1e6;
		console.log(
			`event loop behind another process's lock: p99 ${p99.toFixed(1)} ms, longest ${(delay.max / 1e6).toFixed(1)} ms`,
		);
		// A wait inside SQLite would last as long as the lock is held.
		expect(p99).toBeLessThan(75);
	}, 120_000);
});

describe("a heartbeat on SQLite", () => {
	it("comes before a long queue of commands and reads", async () => {
		const backend = await openBackend(`file:${temporaryFile()}`);
		onTestFinished(() => backend.close());
		await backend.registerWorker({ workerId: "w", name: "w", slots: 1, leaseMs: 60_000 });
		const order: string[] = [];
		const queued = Promise.all(Array.from({ length: 1_500 }, (_, i) => backend.create(createCommand(`i-${i}`)))).then(
			() => order.push("commands"),
		);
		const reads = Promise.all(Array.from({ length: 300 }, () => backend.listWorkers())).then(() => order.push("reads"));
		const beat = backend.heartbeat("w", 60_000).then(({ alive }) => order.push(`beat ${alive}`));
		await Promise.all([queued, reads, beat]);
		expect(order[0]).toBe("beat true");
	});
});
