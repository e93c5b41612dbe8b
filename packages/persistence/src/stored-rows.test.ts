import { expect, it } from "vitest";
import { openBackend } from "./open-backend.ts";
import { createCommand, json, ready, settleCommand } from "./testing/commands.ts";
import { openTestStore } from "./testing/open-test-store.ts";
import { temporaryFile } from "./testing/temporary-folder.ts";

const PROFILE = { host: "north", pid: 7, version: "1.2.3", tags: ["gpu"], definitions: ["hash-1"] };

/** A failing test here means that the stored format changed: existing files need a migration, and old workers break. */

const NOW = 1_795_000_000_000;
const clock = { now: () => NOW, monotonic: () => 0 };
const hex = (text: string) => Buffer.from(text).toString("hex");

it("stores a small instance in exactly these columns and bytes", async () => {
	const file = temporaryFile();
	const { handle } = await openTestStore(file, { clock });
	const backend = await openBackend(`file:${file}`, { clock });
	await backend.registerWorker({ workerId: "w1", name: "worker one", slots: 4, leaseMs: 15_000, profile: PROFILE });
	await backend.create(createCommand("order-1", { grantTo: { owner: "w1", slots: 1 } }));
	await backend.settle(settleCommand("run-of-order-1", "a", "w1", "b"));
	await backend.settle({
		...settleCommand("run-of-order-1", "b", "w1", null),
		outcome: {
			kind: "retry",
			failure: {
				outcome: "failed",
				error: { name: "TypeError", message: "no", code: "E1", stack: null, cause: null },
			},
			delayMs: 1_000,
		},
	});
	await backend.sendSignal({
		signalId: "s1",
		instanceId: "order-1",
		name: "approval",
		payload: json({ ok: true }),
		idempotencyKey: "k1",
		by: "sender",
		grantTo: null,
	});
	const request = { requestId: "q1", instanceId: "order-1", by: "ann", reason: "lunch", expectedRunId: null };
	await backend.pause(request);

	const rows = (table: string, bytes: string | null) => {
		const found = handle.prepare(`SELECT * FROM ${table}`).all() as Record<string, unknown>[];
		if (bytes === null) return found;
		return found.map((row) => ({ ...row, [bytes]: Buffer.from(row[bytes] as Uint8Array).toString("hex") }));
	};
	expect({
		definition: rows("definition", null),
		instance: rows("instance", "input_bytes"),
		open_node: rows("open_node", null),
		checkpoint: rows("checkpoint", "bytes"),
		attempt: rows("attempt", null),
		signal: rows("signal", "bytes"),
		control_request: rows("control_request", null),
		worker: rows("worker", null),
	}).toEqual({
		definition: [
			{
				hash: "hash-1",
				workflow: "order",
				planned_nodes: 2,
				created_at: NOW,
				graph: '{"format":1,"workflow":"order","description":null,"scope":[]}',
			},
		],
		instance: [
			{
				run_id: "run-of-order-1",
				instance_id: "order-1",
				generation: 1,
				workflow: "order",
				definition_hash: "hash-1",
				status: "paused",
				control: "none",
				version: 5,
				progress_done: 1,
				progress_total: 2,
				created_at: NOW,
				started_at: NOW,
				updated_at: NOW,
				ended_at: null,
				output: null,
				failed_path: null,
				error: null,
				labels: '{"team":"blue"}',
				input_codec: "json",
				input_bytes: hex('{"of":"order-1"}'),
			},
		],
		open_node: [
			{
				run_id: "run-of-order-1",
				place: 0,
				path: "b",
				state: "retrying",
				opened_as: "ready",
				opened_version: 2,
				opened_ordinal: 0,
				attempt: 2,
				crashes: 0,
				epoch: 1,
				due_at: NOW + 1_000,
				signal_name: null,
				signal_id: null,
				remaining: 0,
				input: "a",
				// Of hash-1 without tags; negative while paused.
				lane: -84669181038161,
				priority: 3,
				tags: "[]",
				owner: null,
				granted_at: null,
				version: 3,
			},
		],
		checkpoint: [
			{
				run_id: "run-of-order-1",
				path: "a",
				output: "a",
				attempt: 1,
				epoch: 1,
				worker: "w1",
				started_at: 1_000,
				finished_at: 1_005,
				version: 2,
				codec: "json",
				bytes: hex('{"from":"a"}'),
			},
		],
		attempt: [
			{
				run_id: "run-of-order-1",
				path: "b",
				epoch: 1,
				attempt: 1,
				outcome: "failed",
				worker: "w1",
				started_at: 1_000,
				finished_at: 1_005,
				next_attempt_at: NOW + 1_000,
				version: 3,
				error: '{"name":"TypeError","message":"no","code":"E1","stack":null,"cause":null}',
			},
		],
		signal: [
			{
				signal_id: "s1",
				run_id: "run-of-order-1",
				name: "approval",
				ordinal: 1,
				sent_by: "sender",
				received_at: NOW,
				reserved_for: null,
				consumed_by: null,
				idempotency_key: "k1",
				version: 4,
				codec: "json",
				bytes: hex('{"ok":true}'),
			},
		],
		control_request: [
			{
				request_id: "q1",
				run_id: "run-of-order-1",
				kind: "pause",
				path: null,
				requested_by: "ann",
				reason: "lunch",
				requested_at: NOW,
				result: "applied",
				status_before: "waiting",
				status_after: "paused",
				because: null,
				version: 5,
			},
		],
		worker: [
			{
				worker_id: "w1",
				name: "worker one",
				slots: 4,
				started_at: NOW,
				heartbeat_at: NOW,
				expires_at: NOW + 15_000,
				profile: '{"host":"north","pid":7,"version":"1.2.3","tags":["gpu"],"definitions":["hash-1"]}',
				guard: expect.stringMatching(/^\["[^"]+","waymark\.db-alive-[0-9a-f-]{36}"\]$/),
			},
		],
	});
	await backend.close();
});

it("raises the version of an instance once per commit, however many of its nodes settle in it", async () => {
	const backend = await openBackend(`file:${temporaryFile()}`);
	await backend.registerWorker({ workerId: "w1", name: "w", slots: 4, leaseMs: 15_000 });
	const open = ["f/a/x", "f/b/x", "f/c/x"].map((nodePath) => ready(nodePath));
	const join = { ...ready("j"), state: "joining" as const, remaining: 3 };
	await backend.create(createCommand("order-1", { open: [...open, join], grantTo: { owner: "w1", slots: 3 } }));
	const branch = (nodePath: string) => {
		const command = settleCommand("run-of-order-1", nodePath, "w1", null);
		if (command.outcome.kind !== "completed") throw new Error("not completed");
		return backend.settle({ ...command, outcome: { ...command.outcome, result: null, countDown: "j" } });
	};
	const results = await Promise.all(open.map(({ path: nodePath }) => branch(nodePath)));
	expect(results.map((result) => (result.kind === "settled" ? result.version : null))).toEqual([2, 2, 2]);
	expect(await backend.getInstance("order-1")).toMatchObject({ version: 2, progress: { done: 3, total: 2 } });
	await backend.close();
});

it("refuses a settle that does not fit what is stored, and commits those queued with it", async () => {
	const backend = await openBackend(`file:${temporaryFile()}`);
	await backend.registerWorker({ workerId: "w1", name: "w", slots: 4, leaseMs: 15_000 });
	for (const id of ["order-1", "order-2"]) {
		const open = [ready("a"), ready("b")];
		await backend.create(createCommand(id, { open, grantTo: { owner: "w1", slots: 2 } }));
	}
	const settles = [
		backend.settle(settleCommand("run-of-order-1", "a", "w1", "b")),
		backend.settle(settleCommand("run-of-order-2", "a", "w1", "c")),
	];
	const [unfit, fit] = await Promise.allSettled(settles);
	expect(unfit).toMatchObject({ status: "rejected", reason: { code: "InvalidArgument" } });
	expect(fit).toMatchObject({ status: "fulfilled", value: { kind: "settled" } });
	expect(await backend.readOutputs("run-of-order-1", ["a"])).toEqual([null]);
	expect(await backend.readOutputs("run-of-order-2", ["a"])).toEqual(["a"]);
	await backend.close();
});

it("takes a bad command back before it is queued", async () => {
	const backend = await openBackend(`file:${temporaryFile()}`);
	await expect(backend.create(createCommand("no/slash"))).rejects.toMatchObject({ code: "InvalidInstanceId" });
	const open = [{ ...ready("a"), priority: 9 }];
	await expect(backend.create(createCommand("order-1", { open }))).rejects.toMatchObject({ code: "InvalidArgument" });
	await expect(backend.create(createCommand("order-1", { by: "nul\0" }))).rejects.toMatchObject({
		argument: "by",
	});
	expect(await backend.getInstance("order-1")).toBeNull();
	await backend.close();
});
