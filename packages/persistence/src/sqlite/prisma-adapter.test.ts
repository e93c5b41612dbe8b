import { describe, expect, it } from "vitest";
import { PrismaClient } from "../generated/sqlite/client.ts";
import { openTestStore } from "../testing/open-test-store.ts";
import { SharedSqliteAdapter } from "./prisma-adapter.ts";

async function openClient() {
	const { database, handle } = await openTestStore();
	return { database, handle, client: new PrismaClient({ adapter: new SharedSqliteAdapter(database) }) };
}

function worker(workerId: string) {
	return { workerId, name: "w", slots: 1, startedAt: 1n, heartbeatAt: 1n, expiresAt: 1n };
}

const INSERT = `INSERT INTO worker (worker_id, name, slots, started_at, heartbeat_at, expires_at)
	VALUES (?, 'raw', 1, 1, 1, 1)`;

describe("the Prisma adapter over the shared handle", () => {
	it("does not let a rollback sweep away what was written beside the open transaction", async () => {
		const { client, database } = await openClient();
		const beside: Promise<unknown>[] = [];
		const failing = client.$transaction(async (transaction) => {
			await transaction.worker.create({ data: worker("inside") });
			// Prisma begins a query when it is awaited, not when it is called.
			beside.push(client.worker.create({ data: worker("model call") }).then((created) => created));
			beside.push(database.transaction(async (sql) => sql.run(INSERT, "command")));
			// Long enough for both to have slipped in, were there no gate.
			for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve));
			throw new Error("roll back");
		});
		await expect(failing).rejects.toThrow("roll back");
		await Promise.all(beside);
		const found = await client.worker.findMany({ orderBy: { workerId: "asc" } });
		expect(found.map(({ workerId }) => workerId)).toEqual(["command", "model call"]);
	});

	it("shows nothing of an open transaction to reads beside it", async () => {
		const { client, database } = await openClient();
		let seen: Promise<number> | null = null;
		await client
			.$transaction(async (transaction) => {
				await transaction.worker.create({ data: worker("inside") });
				seen = database.read(async (sql) => (await sql.all("SELECT 1 FROM worker")).length);
				throw new Error("roll back");
			})
			.catch(() => {});
		expect(await seen).toBe(0);
	});

	it("commits a transaction and goes on", async () => {
		const { client } = await openClient();
		await client.$transaction([
			client.worker.create({ data: worker("1") }),
			client.worker.create({ data: worker("2") }),
		]);
		expect(await client.worker.count()).toBe(2);
	});

	it("takes integers beyond 2^53, bytes, nulls, quotes and any text there and back unchanged", async () => {
		const { client } = await openClient();
		const expiresAt = 9_007_199_254_740_993n;
		const name = `é "quoted" 'single' \u{1F680} ${"x".repeat(5_000)}`;
		await client.worker.create({ data: { ...worker("1"), name, expiresAt } });
		expect(await client.worker.findUnique({ where: { workerId: "1" } })).toMatchObject({ name, expiresAt });

		await client.definition.create({
			data: { hash: "h", workflow: "w", plannedNodes: 2_147_483_647, createdAt: 1_795_000_000_000n, graph: "{}" },
		});
		const inputBytes = Uint8Array.from({ length: 256 }, (_, i) => i);
		const data = {
			runId: "r",
			instanceId: "i",
			generation: 1,
			workflow: "w",
			definitionHash: "h",
			status: "pending",
			control: "none",
			version: 1,
			progressDone: 0,
			progressTotal: 2,
			createdAt: 1_795_000_000_000n,
			startedAt: null,
			updatedAt: 0n,
			endedAt: null,
			output: null,
			failedPath: null,
			error: null,
			labels: "{}",
			inputCodec: "json",
			inputBytes,
		};
		await client.instance.create({ data });
		const found = await client.instance.findUniqueOrThrow({ where: { runId: "r" } });
		expect({ ...found, inputBytes: Uint8Array.from(found.inputBytes) }).toEqual(data);
	});

	it("names the fields of a unique constraint in Prisma's own error", async () => {
		const { client } = await openClient();
		await client.worker.create({ data: worker("1") });
		await expect(client.worker.create({ data: worker("1") })).rejects.toMatchObject({ code: "P2002" });
	});

	it("leaves foreign keys checked: a label needs its run", async () => {
		const { handle } = await openClient();
		const insert = handle.prepare("INSERT INTO label (run_id, key, value) VALUES ('r', 'k', 'v')");
		expect(() => insert.run()).toThrow("FOREIGN KEY constraint failed");
	});
});
