import type { SettleCommand, SettleOutcome } from "@waymark/engine/backend";
import { describe, expect, it } from "vitest";
import { awaiting, createCommand, ready, settleCommand } from "../testing/commands.ts";
import { worldOf } from "../testing/flush-world.ts";
import { PostgresServer } from "../testing/postgres-server.ts";
import {
	type OpenWatched,
	openWatchedPostgres,
	openWatchedSqlite,
	type WatchedStore,
} from "../testing/watched-store.ts";
import { applyCreate } from "./apply-create.ts";
import { applySettle } from "./apply-settle.ts";
import { plainMove } from "./plain-move.ts";

const server = await PostgresServer.start("fast");

const CREATE = createCommand("i", { grantTo: { owner: "w", slots: 1 } });

const ERROR = { name: "Error", message: "no", code: null, stack: null, cause: null };

type Completed = Extract<SettleOutcome, { kind: "completed" }>;

function step(more: Partial<Completed> = {}, details: Partial<SettleCommand> = {}): SettleCommand {
	const command = settleCommand(CREATE.runId, "a", "w", "b", details);
	return { ...command, outcome: { ...(command.outcome as Completed), ...more } };
}

/** Of a run whose first task has just been granted, in a flush of its own. */
function moveOf(...commands: readonly SettleCommand[]) {
	const { run } = applyCreate(CREATE);
	run.committed(1);
	for (const command of commands) expect(applySettle(run, command)?.kind).toBe("settled");
	return plainMove({ run, changes: run.touch() });
}

describe("a plain move", () => {
	it("is a task that ends and hands its row and its output to the next", () => {
		expect(moveOf(step())).toMatchObject({
			from: { path: "a", owner: "w", epoch: 1 },
			node: { path: "b", owner: "w", epoch: 1 },
			record: { path: "a", output: "a" },
		});
	});

	it.each<[string, SettleCommand[]]>([
		["the end of an instance", [step({ open: [], result: "a" })]],
		["a next task that nobody gets", [step({}, { slots: 0 })]],
		["two nodes that are opened", [step({ open: [ready("b", "a"), ready("c", "a")] }, { slots: 2 })]],
		["a next task that needs a tag", [step({ open: [{ ...ready("b", "a"), tags: ["gpu"] }] })]],
		["a next task of another priority", [step({ open: [{ ...ready("b", "a"), priority: 1 }] })]],
		["a wait", [step({ open: [awaiting("b", "go")] })]],
		["a delay", [step({ open: [{ ...ready("b", "a"), state: "waiting", dueInMs: 5 }] })]],
		["a next task with another input", [step({ open: [ready("b", "~input")] })]],
		["nothing that is recorded", [step({ recorded: [] })]],
		["a record of another node", [step({ recorded: [{ path: "f", output: "a", value: null }] })]],
		["an end of a composite beside it", [step({ recorded: [rec("a"), rec("f")] })]],
		["a failure that is data", [step({ failure: { outcome: "failed", error: ERROR } })]],
		["two steps in one flush", [step(), { ...step({ recorded: [rec("b")], open: [ready("c", "b")] }), path: "b" }]],
	])("is not %s", (_, commands) => {
		expect(moveOf(...commands)).toBeNull();
	});

	it("records what the row had come to, and begins the next task anew", () => {
		const { run } = applyCreate(CREATE);
		const [node] = run.nodes.values();
		if (node === undefined) throw new Error("It has a node.");
		run.committed(1);
		node.attempt = 3;
		node.crashes = 1;
		applySettle(run, step());
		const move = plainMove({ run, changes: run.touch() });
		expect(move).toMatchObject({ record: { attempt: 3 }, node: { attempt: 1, crashes: 0 } });
	});
});

function rec(path: string) {
	return { path, output: path, value: null };
}

const ROWS = ["open_node", "checkpoint", "instance"] as const;

/** All columns of all its rows, without those that name the run. */
async function rowsOf({ sql }: WatchedStore, runId: string) {
	const read = await Promise.all(
		ROWS.map((table) => sql<Record<string, unknown>>(`SELECT * FROM ${table} WHERE run_id = '${runId}'`)),
	);
	return read.flat().map(({ run_id, instance_id, input_bytes, ...row }) => row);
}

describe.each<{ readonly dialect: string; readonly open: OpenWatched }>([
	{ dialect: "SQLite", open: openWatchedSqlite },
	{ dialect: "PostgreSQL", open: () => openWatchedPostgres(server) },
])("a plain move on $dialect", ({ open }) => {
	it("leaves the rows that the general way leaves", async () => {
		const world = await worldOf(open);
		const { backend, counts } = world.mine;
		const start = (id: string) => backend.create(createCommand(id, { grantTo: { owner: "w", slots: 1 } }));
		// In one turn of the same clock. What closes others is never of the simple form.
		await Promise.all([start("plain"), start("general")]);
		world.clock.advance(50);
		const { transactions } = counts;
		const general = settleCommand("run-of-general", "a", "w", "b");
		await Promise.all([
			backend.settle(settleCommand("run-of-plain", "a", "w", "b")),
			backend.settle({ ...general, outcome: { ...(general.outcome as Completed), closes: "nothing/" } }),
		]);
		expect(counts.transactions - transactions).toBe(1);
		expect(await rowsOf(world, "run-of-plain")).toEqual(await rowsOf(world, "run-of-general"));
	});
});
