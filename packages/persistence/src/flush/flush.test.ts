import type { SettleCommand, SettleOutcome, SettleResult } from "@waymark/engine/backend";
import { describe, expect, it } from "vitest";
import { createCommand, json, ready, settleCommand, signalCommand } from "../testing/commands.ts";
import { LEASE_MS, type World, worldOf } from "../testing/flush-world.ts";
import { PostgresServer } from "../testing/postgres-server.ts";
import { type OpenWatched, openWatchedPostgres, openWatchedSqlite, type Watched } from "../testing/watched-store.ts";

const server = await PostgresServer.start("fast");

const CLAIM = { definitions: ["hash-1"], tags: [], runId: null };
const REQUEST = { by: "ada", reason: null, expectedRunId: null };

const GRANT = { owner: "w", slots: 1 };

function start({ backend }: Watched, id: string, paths = ["a"]) {
	return backend.create(createCommand(id, { open: paths.map((p) => ready(p)), grantTo: { owner: "w", slots: 500 } }));
}

function step(id: string, path: string, next: string | null, details: Partial<SettleCommand> = {}): SettleCommand {
	return settleCommand(`run-of-${id}`, path, "w", next, details);
}

function completed(path: string, more: Partial<Extract<SettleOutcome, { kind: "completed" }>>): SettleOutcome {
	const { outcome } = step("any", path, null);
	if (outcome.kind !== "completed") throw new Error("A step completes.");
	return { ...outcome, result: null, ...more };
}

function branches(count: number): string[] {
	return Array.from({ length: count }, (_, i) => `f/b${i}`);
}

/** The branches run and the join waits for them. */
async function forked({ mine }: World, count: number): Promise<void> {
	await start(mine, "i", ["f"]);
	const join = { ...ready("j", "~join:f"), state: "joining" as const, remaining: count };
	const open = [...branches(count).map((path) => ready(path, "f")), join];
	await mine.backend.settle(step("i", "f", null, { slots: count, outcome: completed("f", { open }) }));
}

function settleBranch({ mine }: World, path: string): Promise<SettleResult> {
	return mine.backend.settle(step("i", path, null, { outcome: completed(path, { countDown: "j" }) }));
}

describe.each<{ readonly dialect: string; readonly open: OpenWatched }>([
	{ dialect: "SQLite", open: openWatchedSqlite },
	{ dialect: "PostgreSQL", open: () => openWatchedPostgres(server) },
])("a flush on $dialect", ({ open }) => {
	it("is one for each step of a chain, its start included, and needs nothing else", async () => {
		const world = await worldOf(open);
		const { backend, counts } = world.mine;
		const before = { ...counts };
		expect(await start(world.mine, "i")).toMatchObject({ kind: "created", grants: [{ path: "a", epoch: 1 }] });
		for (const [path, next] of [
			["a", "b"],
			["b", "c"],
			["c", null],
		] as const) {
			const answer = await backend.settle(step("i", path, next));
			expect(answer).toMatchObject({ kind: "settled", grants: next === null ? [] : [{ path: next, epoch: 1 }] });
		}
		expect(counts).toEqual({ ...before, flushes: before.flushes + 4 });
		expect(await backend.getInstance("i")).toMatchObject({ status: "completed", output: "c", version: 4 });
		expect(await world.sql("SELECT path FROM open_node WHERE run_id = 'run-of-i'")).toEqual([]);
	});

	it("takes all that is queued, and counts a join down by every branch in it", async () => {
		const world = await worldOf(open);
		await forked(world, 100);
		const before = { ...world.mine.counts };
		const answers = await Promise.all(branches(100).map((path) => settleBranch(world, path)));
		const grants = answers.flatMap((answer) => (answer.kind === "settled" ? answer.grants : []));
		expect(grants).toMatchObject([{ path: "j", epoch: 1 }]);
		expect(world.mine.counts).toEqual({ ...before, flushes: before.flushes + 1 });
		const rows = await world.sql("SELECT path, state, remaining, owner, version FROM open_node WHERE owner = 'w'");
		expect(rows).toEqual([{ path: "j", state: "running", remaining: 0, owner: "w", version: 3 }]);
		const [recorded] = await world.sql<{ n: number }>("SELECT count(*) AS n FROM checkpoint WHERE version = 3");
		expect(Number(recorded?.n)).toBe(100);
	});

	it("applies two steps of one chain in the order in which they came", async () => {
		const world = await worldOf(open);
		await start(world.mine, "i");
		const answers = await Promise.all([
			world.mine.backend.settle(step("i", "a", "b")),
			world.mine.backend.settle(step("i", "b", "c")),
		]);
		expect(answers).toMatchObject([
			{ kind: "settled", version: 2, grants: [{ path: "b" }] },
			{ kind: "settled", version: 2, grants: [{ path: "c" }] },
		]);
		const rows = await world.sql("SELECT path, input, epoch FROM open_node WHERE run_id = 'run-of-i'");
		expect(rows).toEqual([{ path: "c", input: "b", epoch: 1 }]);
	});

	it("grants nothing when another process has paused the instance since", async () => {
		const world = await worldOf(open);
		await start(world.mine, "i");
		world.mine.beforeFlush = () => world.other.backend.pause({ ...REQUEST, requestId: "p", instanceId: "i" });
		const answer = await world.mine.backend.settle(step("i", "a", "b"));
		expect(answer).toMatchObject({ kind: "settled", status: "paused", grants: [] });
		expect((await world.mine.backend.getSnapshot("run-of-i", 0))?.checkpoints).toMatchObject([{ path: "a" }]);
	});

	it("records nothing when another process has cancelled the instance since", async () => {
		const world = await worldOf(open);
		await start(world.mine, "i");
		world.mine.beforeFlush = () => world.other.backend.cancel({ ...REQUEST, requestId: "c", instanceId: "i" });
		expect(await world.mine.backend.settle(step("i", "a", "b"))).toMatchObject({ kind: "discarded" });
		expect(await world.mine.backend.getSnapshot("run-of-i", 0)).toMatchObject({
			instance: { status: "cancelled" },
			checkpoints: [],
			openNodes: [],
		});
	});

	it("is fenced when another process has taken the lease over since", async () => {
		const world = await worldOf(open);
		await start(world.mine, "i");
		world.mine.beforeFlush = async () => {
			world.clock.advance(LEASE_MS + 1);
			await world.other.backend.registerWorker({ workerId: "heir", name: "heir", slots: 9, leaseMs: LEASE_MS });
			const { grants } = await world.other.backend.claim({ ...CLAIM, owner: "heir", slots: 9 });
			expect(grants).toContainEqual(expect.objectContaining({ runId: "run-of-i", epoch: 2, attempt: 2 }));
		};
		expect(await world.mine.backend.settle(step("i", "a", "b"))).toEqual({ kind: "fenced" });
		expect(await world.other.backend.settle({ ...step("i", "a", null), owner: "heir", epoch: 2 })).toMatchObject({
			kind: "settled",
			status: "completed",
		});
	});

	it("goes on from the version that a signal of another process has made", async () => {
		const world = await worldOf(open);
		await start(world.mine, "i");
		const signal = signalCommand("i", { signalId: "s", name: "hello" });
		world.mine.beforeFlush = () => world.other.backend.sendSignal(signal);
		const answer = await world.mine.backend.settle(step("i", "a", "b"));
		expect(answer).toMatchObject({ kind: "settled", version: 3, grants: [{ path: "b" }] });
		expect(await world.mine.backend.settle(step("i", "b", null))).toMatchObject({ status: "completed", version: 4 });
	});

	it("refuses only the run that has moved on, and writes the others", async () => {
		const world = await worldOf(open);
		await Promise.all([start(world.mine, "i"), start(world.mine, "k"), start(world.mine, "l")]);
		const before = { ...world.mine.counts };
		world.mine.beforeFlush = () => world.other.backend.pause({ ...REQUEST, requestId: "p", instanceId: "k" });
		const answers = await Promise.all(["i", "k", "l"].map((id) => world.mine.backend.settle(step(id, "a", "b"))));
		expect(answers.map((answer) => (answer.kind === "settled" ? answer.grants.length : null))).toEqual([1, 0, 1]);
		expect(world.mine.counts).toMatchObject({ flushes: before.flushes + 1, transactions: before.transactions + 1 });
	});

	it("grants nothing to a worker whose lease has expired", async () => {
		const world = await worldOf(open);
		await start(world.mine, "i");
		world.clock.advance(LEASE_MS + 1);
		expect(await world.mine.backend.settle(step("i", "a", "b"))).toMatchObject({ kind: "settled", grants: [] });
		expect(await start(world.mine, "k")).toMatchObject({
			kind: "created",
			grants: [],
			instance: { status: "pending" },
		});
		const rows = await world.sql("SELECT path, owner FROM open_node WHERE run_id = 'run-of-i'");
		expect(rows).toEqual([{ path: "b", owner: null }]);
	});

	it("lets one bad command fail alone", async () => {
		const world = await worldOf(open);
		await Promise.all([start(world.mine, "i"), start(world.mine, "k"), start(world.mine, "l")]);
		const twice = completed("a", { recorded: [0, 1].map(() => ({ path: "a", output: "a", value: json(1) })) });
		const results = await Promise.allSettled([
			world.mine.backend.settle(step("i", "a", "b")),
			world.mine.backend.settle(step("k", "a", null, { outcome: twice })),
			world.mine.backend.settle(step("l", "a", null)),
		]);
		expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
		expect(await world.mine.backend.settle(step("k", "a", "b"))).toMatchObject({ kind: "settled", version: 2 });
		expect(await world.mine.backend.settle(step("i", "b", null))).toMatchObject({ status: "completed" });
	});

	it("answers as the first time where its own answer was lost", async () => {
		const world = await worldOf(open);
		world.mine.loseAnswer = true;
		expect(await start(world.mine, "i")).toMatchObject({ kind: "created", grants: [{ path: "a", epoch: 1 }] });
		await start(world.mine, "k");
		world.mine.loseAnswer = true;
		const answers = await Promise.all([
			world.mine.backend.settle(step("i", "a", "b")),
			world.mine.backend.settle(step("k", "a", null)),
		]);
		expect(answers).toMatchObject([
			{ kind: "settled", version: 2, grants: [{ path: "b", epoch: 1 }], replayed: true },
			{ kind: "settled", status: "completed", grants: [], replayed: true },
		]);
		expect(await world.mine.backend.settle(step("i", "b", null))).toMatchObject({ status: "completed", version: 3 });
	});

	it("creates exactly one of each id, whoever else does", async () => {
		const world = await worldOf(open);
		const again = createCommand("i", { runId: "another-run", grantTo: GRANT });
		const third = createCommand("i", { runId: "a-third-run", onConflict: "useExisting" });
		const answers = await Promise.all([start(world.mine, "i"), world.mine.backend.create(again)]);
		expect(answers.map(({ kind }) => kind)).toEqual(["created", "conflict"]);
		expect(await world.other.backend.create(third)).toMatchObject({ kind: "existing" });
		expect(await world.mine.backend.create({ ...again, onConflict: "terminateExisting" })).toMatchObject({
			kind: "created",
			instance: { generation: 2 },
			grants: [{ path: "a" }],
		});
		expect(await world.mine.backend.settle(step("i", "a", "b"))).toEqual({ kind: "fenced" });
	});

	it("overtakes no request for the same instance that came before", async () => {
		const world = await worldOf(open);
		await start(world.mine, "i");
		const paused = world.mine.backend.pause({ ...REQUEST, requestId: "p", instanceId: "i" });
		const answer = world.mine.backend.settle(step("i", "a", "b"));
		expect(await paused).toMatchObject({ kind: "accepted", inFlight: [{ path: "a" }] });
		expect(await answer).toMatchObject({ kind: "settled", status: "paused", grants: [] });
	});

	it("reads what it does not know of many runs at once", async () => {
		const world = await worldOf(open);
		const names = ["i", "k", "l"];
		await Promise.all(names.map((id) => start(world.other, id)));
		const before = { ...world.mine.counts };
		await Promise.all(names.map((id) => world.mine.backend.settle(step(id, "a", "b"))));
		await Promise.all(names.map((id) => world.mine.backend.settle(step(id, "b", null))));
		expect(world.mine.counts).toEqual({ ...before, loads: before.loads + 1, flushes: before.flushes + 2 });
	});
});
