import type { SettleCommand, SignalCommand } from "@waymark/engine/backend";
import { describe, expect, it } from "vitest";
import { awaiting, createCommand, json, ready, settleCommand, signalCommand } from "../testing/commands.ts";
import { LEASE_MS, type World, worldOf } from "../testing/flush-world.ts";
import { PostgresServer } from "../testing/postgres-server.ts";
import { type OpenWatched, openWatchedPostgres, openWatchedSqlite, type Watched } from "../testing/watched-store.ts";

const server = await PostgresServer.start("fast");

const REQUEST = { by: "ada", reason: null, expectedRunId: null };
const TO_W = { grantTo: { owner: "w", slots: 1, definitions: ["hash-1"], tags: [] } };

/** An instance that waits for `go`. */
function waits({ mine }: World, id: string, timeoutMs: number | null = null) {
	return mine.backend.create(createCommand(id, { open: [awaiting("ask", "go", timeoutMs)] }));
}

/** An instance whose first node `w` runs, beside these waits. */
function runs({ mine }: World, id: string, ...names: readonly string[]) {
	const open = [ready("a"), ...names.map((name, at) => awaiting(`ask-${at}`, name))];
	return mine.backend.create(createCommand(id, { open, grantTo: { owner: "w", slots: 1 } }));
}

function send({ backend }: Watched, id: string, signalId: string, details: Partial<SignalCommand> = {}) {
	return backend.sendSignal(signalCommand(id, { signalId, ...details }));
}

/** The wait is recorded with the signal's payload, and the instance completed. */
function answered(id: string, signalId: string): SettleCommand {
	const command = settleCommand(`run-of-${id}`, "ask", "w", null);
	if (command.outcome.kind !== "completed") throw new Error("A wait completes.");
	const output = `~signal:${signalId}`;
	const recorded = [{ path: "ask", output, value: null }];
	return { ...command, outcome: { ...command.outcome, recorded, consumes: signalId, result: output } };
}

const INBOX =
	"SELECT signal_id AS id, name, ordinal AS n, reserved_for AS at, consumed_by AS by FROM signal ORDER BY 2, 3";

describe.each<{ readonly dialect: string; readonly open: OpenWatched }>([
	{ dialect: "SQLite", open: openWatchedSqlite },
	{ dialect: "PostgreSQL", open: () => openWatchedPostgres(server) },
])("a signal in a flush on $dialect", ({ open }) => {
	it("is stored and grants its wait with one read, and what follows needs none", async () => {
		const world = await worldOf(open);
		await waits(world, "i", 60_000);
		const before = { ...world.mine.counts };
		world.clock.advance(5);
		expect(await send(world.mine, "i", "s", TO_W)).toMatchObject({
			kind: "stored",
			reservedFor: "ask",
			duplicate: false,
			grants: [{ path: "ask", epoch: 1, attempt: 1, signalId: "s", dueAt: null }],
		});
		const now = world.clock.now();
		const rows = await world.sql<Record<string, unknown>>(
			"SELECT state, owner, epoch, due_at, granted_at, version FROM open_node WHERE run_id = 'run-of-i'",
		);
		expect(rows).toEqual([{ state: "ready", owner: "w", epoch: 1, due_at: now, granted_at: now, version: 2 }]);
		expect(await world.mine.backend.getInstance("i")).toMatchObject({ status: "in_progress", startedAt: now });
		expect(await world.mine.backend.settle(answered("i", "s"))).toMatchObject({ status: "completed", version: 3 });
		expect(world.mine.counts).toEqual({ ...before, loads: before.loads + 1, flushes: before.flushes + 2 });
		expect(await world.sql(INBOX)).toEqual([{ id: "s", name: "go", n: 1, at: "ask", by: "ask" }]);
	});

	it("is left to be claimed where nobody who can run it is named", async () => {
		const world = await worldOf(open);
		await waits(world, "i");
		await waits(world, "k");
		const before = { ...world.mine.counts };
		expect(await send(world.mine, "i", "s1")).toMatchObject({ reservedFor: "ask", grants: [] });
		const foreign = { grantTo: { ...TO_W.grantTo, definitions: ["another"] } };
		expect(await send(world.mine, "k", "s2", foreign)).toMatchObject({ reservedFor: "ask", grants: [] });
		expect(world.mine.counts).toMatchObject({ flushes: before.flushes + 2, transactions: before.transactions });
		const claim = { owner: "w", slots: 9, definitions: ["hash-1"], tags: [], runId: null };
		const { grants } = await world.mine.backend.claim(claim);
		expect(grants.filter(({ path }) => path === "ask").map(({ signalId }) => signalId)).toEqual(["s1", "s2"]);
	});

	it("needs no read where this process knows the run, and is found by the wait that opens later", async () => {
		const world = await worldOf(open);
		await runs(world, "i");
		const before = { ...world.mine.counts };
		expect(await send(world.mine, "i", "s", TO_W)).toMatchObject({ kind: "stored", reservedFor: null, grants: [] });
		expect(world.mine.counts).toEqual({ ...before, flushes: before.flushes + 1 });
		const step = settleCommand("run-of-i", "a", "w", null);
		if (step.outcome.kind !== "completed") throw new Error("A step completes.");
		const outcome = { ...step.outcome, result: null, open: [awaiting("ask", "go")] };
		expect(await world.mine.backend.settle({ ...step, outcome })).toMatchObject({
			version: 3,
			grants: [{ path: "ask", signalId: "s" }],
		});
		expect(await world.mine.backend.settle(answered("i", "s"))).toMatchObject({ status: "completed", version: 4 });
	});

	it("takes its turn by name among all that are sent at once, also to one run", async () => {
		const world = await worldOf(open);
		await runs(world, "i", "go", "go", "stop");
		const before = { ...world.mine.counts };
		const names = ["go", "stop", "go", "go", "stop"];
		const answers = await Promise.all(names.map((name, at) => send(world.mine, "i", `s${at}`, { name, ...TO_W })));
		expect(world.mine.counts).toEqual({ ...before, flushes: before.flushes + 1 });
		expect(answers.map((answer) => (answer.kind === "stored" ? answer.reservedFor : answer.kind))).toEqual([
			"ask-0",
			"ask-2",
			"ask-1",
			null,
			null,
		]);
		await send(world.mine, "i", "s5");
		expect(await world.sql(INBOX)).toEqual([
			{ id: "s0", name: "go", n: 1, at: "ask-0", by: null },
			{ id: "s2", name: "go", n: 2, at: "ask-1", by: null },
			{ id: "s3", name: "go", n: 3, at: null, by: null },
			{ id: "s5", name: "go", n: 4, at: null, by: null },
			{ id: "s1", name: "stop", n: 1, at: "ask-2", by: null },
			{ id: "s4", name: "stop", n: 2, at: null, by: null },
		]);
		expect((await world.mine.backend.held("w")).map(({ path }) => path).sort()).toEqual([
			"a",
			"ask-0",
			"ask-1",
			"ask-2",
		]);
	});

	it("does not read very many open nodes for one signal, where this process does not know their run", async () => {
		const world = await worldOf(open);
		const many = Array.from({ length: 100 }, (_, at) => awaiting(`f/b${at}`, `go-${at}`));
		await world.mine.backend.create(createCommand("few", { open: many }));
		await world.mine.backend.create(createCommand("many", { open: [...many, awaiting("f/last", "last")] }));
		const before = { ...world.mine.counts };
		expect(await send(world.mine, "few", "s1", { name: "go-7" })).toMatchObject({ reservedFor: "f/b7" });
		expect(world.mine.counts).toEqual({ ...before, loads: before.loads + 1, flushes: before.flushes + 1 });
		expect(await send(world.mine, "many", "s2", { name: "last", ...TO_W })).toMatchObject({
			grants: [{ path: "f/last" }],
		});
		expect(world.mine.counts).toMatchObject({ flushes: before.flushes + 1, transactions: before.transactions + 1 });
	});

	it("follows what came before it in its group", async () => {
		const world = await worldOf(open);
		await runs(world, "i");
		const step = settleCommand("run-of-i", "a", "w", null);
		if (step.outcome.kind !== "completed") throw new Error("A step completes.");
		const opening = { ...step, outcome: { ...step.outcome, result: null, open: [awaiting("ask", "go")] } };
		const [settled, signal] = await Promise.all([
			world.mine.backend.settle(opening),
			send(world.mine, "i", "s1", TO_W),
		]);
		expect(settled).toMatchObject({ kind: "settled", grants: [] });
		expect(signal).toMatchObject({ reservedFor: "ask", grants: [{ path: "ask", signalId: "s1" }] });

		const [created, early] = await Promise.all([waits(world, "k"), send(world.mine, "k", "s2", TO_W)]);
		expect(created).toMatchObject({ kind: "created", instance: { status: "awaiting_signal" } });
		expect(early).toMatchObject({ reservedFor: "ask", grants: [{ path: "ask", signalId: "s2" }] });

		await waits(world, "l");
		const paused = world.mine.backend.pause({ ...REQUEST, requestId: "p", instanceId: "l" });
		const late = send(world.mine, "l", "s3", TO_W);
		expect(await paused).toMatchObject({ kind: "accepted" });
		expect(await late).toMatchObject({ reservedFor: "ask", grants: [] });
	});

	it("goes on from what another process has done since", async () => {
		const world = await worldOf(open);
		for (const id of ["paused", "cancelled", "told"]) await waits(world, id);
		world.mine.beforeFlush = () => world.other.backend.pause({ ...REQUEST, requestId: "p", instanceId: "paused" });
		expect(await send(world.mine, "paused", "s1", TO_W)).toMatchObject({ reservedFor: "ask", grants: [] });
		world.mine.beforeFlush = () => world.other.backend.cancel({ ...REQUEST, requestId: "c", instanceId: "cancelled" });
		expect(await send(world.mine, "cancelled", "s2", TO_W)).toMatchObject({ kind: "finished" });
		world.mine.beforeFlush = () => send(world.other, "told", "s3");
		expect(await send(world.mine, "told", "s4", TO_W)).toMatchObject({ reservedFor: null, grants: [] });
		expect(await world.sql(INBOX)).toMatchObject([
			{ id: "s1", n: 1, at: "ask" },
			{ id: "s3", n: 1, at: "ask" },
			{ id: "s4", n: 2, at: null },
		]);
	});

	it("belongs to the run that another process has put in the place of the one known here", async () => {
		const world = await worldOf(open);
		await runs(world, "i", "go");
		const details = { runId: "newer", open: [awaiting("ask", "go")], onConflict: "terminateExisting" } as const;
		await world.other.backend.create(createCommand("i", details));
		expect(await send(world.mine, "i", "s", TO_W)).toMatchObject({ grants: [{ runId: "newer", path: "ask" }] });
		expect(await world.sql("SELECT run_id AS run FROM signal")).toEqual([{ run: "newer" }]);
	});

	it("does not end a wait whose time was over, and undoes nothing of the others", async () => {
		const world = await worldOf(open);
		await waits(world, "late", 1_000);
		await waits(world, "i");
		world.clock.advance(1_000);
		const answers = await Promise.all(["late", "i"].map((id) => send(world.mine, id, `to-${id}`, TO_W)));
		expect(answers).toMatchObject([
			{ kind: "stored", reservedFor: null, grants: [] },
			{ kind: "stored", reservedFor: "ask", grants: [{ path: "ask" }] },
		]);
		const rows = await world.sql("SELECT state, owner, signal_id FROM open_node WHERE run_id = 'run-of-late'");
		expect(rows).toEqual([{ state: "awaiting_signal", owner: null, signal_id: null }]);
	});

	it("grants nothing to a worker whose lease has expired", async () => {
		const world = await worldOf(open);
		await waits(world, "i");
		world.clock.advance(LEASE_MS + 1);
		expect(await send(world.mine, "i", "s", TO_W)).toMatchObject({ reservedFor: "ask", grants: [] });
		const rows = await world.sql("SELECT state, owner, epoch FROM open_node WHERE run_id = 'run-of-i'");
		expect(rows).toEqual([{ state: "ready", owner: null, epoch: 0 }]);
	});

	it("answers as the first time where its own answer was lost, or its id comes again", async () => {
		const world = await worldOf(open);
		await waits(world, "i");
		world.mine.loseAnswer = true;
		const first = await send(world.mine, "i", "s", TO_W);
		expect(first).toMatchObject({ reservedFor: "ask", duplicate: false, grants: [{ path: "ask", epoch: 1 }] });
		expect(await send(world.mine, "i", "s", TO_W)).toEqual(first);
		expect(await send(world.other, "i", "s", TO_W)).toEqual(first);
		expect(await world.sql(INBOX)).toHaveLength(1);
		expect(await world.mine.backend.settle(answered("i", "s"))).toMatchObject({ status: "completed", version: 3 });
	});

	it("is refused or found again by the general way, as ever", async () => {
		const world = await worldOf(open);
		expect(await send(world.mine, "nobody", "s0")).toEqual({ kind: "not_found" });
		await waits(world, "i");
		const key = { idempotencyKey: "k", ...TO_W };
		expect(await send(world.mine, "i", "s1", key)).toMatchObject({ duplicate: false, grants: [{ path: "ask" }] });
		expect(await send(world.mine, "i", "s2", key)).toMatchObject({ signalId: "s1", duplicate: true, grants: [] });
		expect(await send(world.mine, "i", "s3", { ...key, payload: json(2) })).toEqual({ kind: "key_conflict" });
		await world.mine.backend.settle(answered("i", "s1"));
		expect(await send(world.mine, "i", "s4")).toMatchObject({ kind: "finished", instance: { status: "completed" } });
	});
});
