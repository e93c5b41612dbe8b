import { describe, expect, it, onTestFinished } from "vitest";
import { openBackend } from "../open-backend.ts";
import { awaiting, createCommand, json, settleCommand, signalCommand } from "../testing/commands.ts";
import { FaultStage } from "../testing/faults/fault-stage.ts";
import { startFaultWorker } from "../testing/faults/fault-worker.ts";
import { PostgresServer } from "../testing/postgres-server.ts";
import { TcpProxy } from "../testing/tcp-proxy.ts";

const server = await PostgresServer.startOwn("durable");

const REQUEST = { by: "ada", reason: null, expectedRunId: null };

/** A backend whose network can lose answers, and one beside it that sees what was committed. */
async function opened() {
	const url = await server.createDatabase();
	const proxy = await TcpProxy.before(url);
	const [backend, witness] = [await openBackend(proxy.url), await openBackend(url)];
	onTestFinished(() => Promise.all([backend.close(), witness.close()]).then(() => undefined));
	const count = async (table: string) => {
		const [row] = await server.sql<{ n: number }>(`SELECT count(*)::int AS n FROM ${table}`, url);
		return row?.n;
	};
	return { url, proxy, backend, witness, count };
}

describe("a commit whose answer is lost on the way", () => {
	it("creates one run, and says so with its lease", async () => {
		const { proxy, backend, count } = await opened();
		await backend.registerWorker({ workerId: "w", name: "w", slots: 5, leaseMs: 60_000 });
		proxy.dropCommitAnswers(1);
		const created = await backend.create(createCommand("i", { grantTo: { owner: "w", slots: 1 } }));
		expect(proxy.dropped).toBe(1);
		expect(created).toMatchObject({ kind: "created", grants: [{ path: "a", epoch: 1, attempt: 1 }] });
		expect([await count("instance"), await count("open_node")]).toEqual([1, 1]);
	});

	it("settles once, with the lease on what follows", async () => {
		const { proxy, backend, count } = await opened();
		await backend.registerWorker({ workerId: "w", name: "w", slots: 5, leaseMs: 60_000 });
		await backend.create(createCommand("i", { grantTo: { owner: "w", slots: 1 } }));
		proxy.dropCommitAnswers(1);
		const settled = await backend.settle(settleCommand("run-of-i", "a", "w", "b"));
		expect(proxy.dropped).toBe(1);
		expect(settled).toMatchObject({ kind: "settled", grants: [{ path: "b" }] });
		expect(await count("checkpoint")).toBe(1);
		proxy.dropCommitAnswers(1);
		expect(await backend.settle(settleCommand("run-of-i", "b", "w", null))).toMatchObject({ status: "completed" });
		expect([proxy.dropped, await count("checkpoint"), await count("attempt")]).toEqual([2, 2, 0]);
	});

	it("stores one signal", async () => {
		const { proxy, backend, count } = await opened();
		await backend.create(createCommand("i"));
		proxy.dropCommitAnswers(1);
		const sent = await backend.sendSignal({
			...{ instanceId: "i", signalId: "s", name: "go", by: "ada", idempotencyKey: null, grantTo: null },
			payload: json(1),
		});
		expect(sent.kind).toBe("stored");
		expect([proxy.dropped, await count("signal")]).toEqual([1, 1]);
	});

	it("stores one signal, and says so with the lease on its wait", async () => {
		const { proxy, backend, count } = await opened();
		await backend.registerWorker({ workerId: "w", name: "w", slots: 5, leaseMs: 60_000 });
		const grantTo = { owner: "w", slots: 1, definitions: ["hash-1"], tags: [] };
		for (const [times, key] of [null, "k"].entries()) {
			const open = [awaiting("ask", "go")];
			await backend.create(createCommand(`i${times}`, { open }));
			proxy.dropCommitAnswers(1);
			const command = signalCommand(`i${times}`, { signalId: `s${times}`, idempotencyKey: key, grantTo });
			expect(await backend.sendSignal(command)).toMatchObject({
				kind: "stored",
				duplicate: false,
				reservedFor: "ask",
				grants: [{ path: "ask", epoch: 1, signalId: `s${times}` }],
			});
			expect([proxy.dropped, await count("signal")]).toEqual([times + 1, times + 1]);
		}
		expect((await backend.held("w")).length).toBe(2);
	});

	it("takes one request of an operator, and says that it changed something", async () => {
		const { proxy, backend, count } = await opened();
		await backend.create(createCommand("i"));
		for (const [index, kind] of (["pause", "unpause", "cancel"] as const).entries()) {
			proxy.dropCommitAnswers(1);
			const answer = await backend[kind]({ ...REQUEST, requestId: kind, instanceId: "i" });
			expect(answer).toMatchObject({ kind: "accepted", changed: true });
			expect([proxy.dropped, await count("control_request")]).toEqual([index + 1, index + 1]);
		}
	});

	it("cuts the wait for a retry short once, and says that it did", async () => {
		const { proxy, backend, count } = await opened();
		await backend.registerWorker({ workerId: "w", name: "w", slots: 5, leaseMs: 60_000 });
		await backend.create(createCommand("i", { grantTo: { owner: "w", slots: 1 } }));
		const failure = {
			outcome: "failed",
			error: { name: "E", message: "m", code: null, stack: null, cause: null },
		} as const;
		const outcome = { kind: "retry", failure, delayMs: 3_600_000 } as const;
		await backend.settle({ ...settleCommand("run-of-i", "a", "w", "b"), outcome });
		proxy.dropCommitAnswers(1);
		const answer = await backend.retryNow({ ...REQUEST, requestId: "r", instanceId: "i", path: "a" });
		expect(answer).toMatchObject({ kind: "accepted", changed: true });
		expect([proxy.dropped, await count("control_request")]).toEqual([1, 1]);
		const claim = { owner: "w", slots: 5, definitions: ["hash-1"], tags: [], runId: null };
		expect((await backend.claim(claim)).grants).toMatchObject([{ path: "a", attempt: 2 }]);
	});

	it("is nothing to a worker at work: each result once, none lost", async () => {
		const { url, proxy } = await opened();
		const stage = await FaultStage.open(url);
		await stage.forbidRewriting();
		await startFaultWorker(proxy.url, stage.ledger, { slots: 20 });
		proxy.dropCommitAnswers(Number.POSITIVE_INFINITY, 5);
		for (const name of ["chain", "forked", "asked", "flaky"] as const) await stage.start(name, 8);
		await stage.answerAll();
		await stage.allWell(100_000);
		expect(proxy.dropped).toBeGreaterThan(5);
	}, 120_000);
});
