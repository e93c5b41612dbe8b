import { InvalidArgumentError, StoreUnusableError } from "@waymark/engine/backend";
import Sqlite from "better-sqlite3";
import { describe, expect, it, onTestFinished } from "vitest";
import { openBackend } from "../open-backend.ts";
import { built, runProcess } from "../testing/child-process.ts";
import { createCommand } from "../testing/commands.ts";
import { temporaryFile } from "../testing/temporary-folder.ts";

/** Creates an instance from another process, which then ends as it is told to. */
async function createElsewhere(file: string, instanceId: string, end = "await backend.close()"): Promise<void> {
	const command = createCommand(instanceId, { input: { codec: "json", bytes: new Uint8Array() } });
	const { output } = await runProcess(`
		import { openBackend } from ${built("index.js")};
		const backend = await openBackend(${JSON.stringify(`file:${file}`)});
		const command = ${JSON.stringify(command)};
		command.input.bytes = new TextEncoder().encode("{}");
		console.log((await backend.create(command)).kind);
		${end};
	`);
	expect(output).toContain("created");
}

async function openToRead(file: string) {
	const backend = await openBackend(`file:${file}`, { readOnly: true });
	onTestFinished(() => backend.close());
	return backend;
}

describe("a store that is opened for reading alone", () => {
	it("shows what other processes write, while it is open", async () => {
		const file = temporaryFile();
		await createElsewhere(file, "order-1");
		const backend = await openToRead(file);
		expect((await backend.getInstance("order-1"))?.status).toBe("pending");
		const heard = new Promise((resolve) => backend.onHint(resolve));
		await createElsewhere(file, "order-2");
		await heard;
		expect(
			(await backend.listInstances({ statuses: [], workflows: [], limit: 9, cursor: null })).instances,
		).toHaveLength(2);
	});

	it("refuses every command, and changes nothing", async () => {
		const file = temporaryFile();
		await createElsewhere(file, "order-1");
		const backend = await openToRead(file);
		const request = { requestId: "request-1", instanceId: "order-1", by: "mira", reason: null, expectedRunId: null };
		const profile = { host: "h", pid: 1, version: null, tags: [], definitions: [] };
		const commands = [
			() => backend.create(createCommand("order-2")),
			() => backend.pause(request),
			() => backend.unpause(request),
			() => backend.cancel(request),
			() => backend.retry(request),
			() => backend.delete({ instanceId: "order-1", expectedRunId: null }),
			() => backend.reap(),
			() => backend.registerWorker({ workerId: "w", name: "w", slots: 1, leaseMs: 1_000, profile }),
			() => backend.heartbeat("w", 1_000),
		];
		for (const command of commands) {
			await expect(command()).rejects.toThrow(StoreUnusableError);
			await expect(command()).rejects.toThrow("for reading alone");
		}
		const look = new Sqlite(file, { readonly: true });
		onTestFinished(() => void look.close());
		expect(look.prepare("SELECT COUNT(*) FROM instance").pluck().get()).toBe(1);
		expect(look.prepare("SELECT COUNT(*) FROM control_request").pluck().get()).toBe(0);
		expect(look.prepare("SELECT COUNT(*) FROM worker").pluck().get()).toBe(0);
	});

	it("reads what a process that was killed left in the log", async () => {
		const file = temporaryFile();
		await createElsewhere(file, "order-1", 'process.kill(process.pid, "SIGKILL")');
		expect(await (await openToRead(file)).getInstance("order-1")).not.toBeNull();
	});

	it("creates no file, and says what does", async () => {
		const file = temporaryFile();
		await expect(openBackend(`file:${file}`, { readOnly: true })).rejects.toThrow("Start a worker on it first");
		expect(() => new Sqlite(file, { fileMustExist: true })).toThrow("unable to open");
		await expect(openBackend("memory:", { readOnly: true })).rejects.toThrow("nothing to read");
	});

	it("migrates nothing: a store of an older version is refused", async () => {
		const file = temporaryFile();
		await createElsewhere(file, "order-1");
		const older = new Sqlite(file);
		const last = older.prepare("SELECT MAX(migration_name) FROM _prisma_migrations").pluck().get();
		older.prepare("DELETE FROM _prisma_migrations WHERE migration_name = ?").run(last);
		older.close();
		await expect(openBackend(`file:${file}`, { readOnly: true })).rejects.toThrow(`lacks the migration ${last}`);
	});

	it("is not mixed with one that writes in the same process: they would share a connection", async () => {
		const file = temporaryFile();
		const writer = await openBackend(`file:${file}`);
		onTestFinished(() => writer.close());
		await expect(openBackend(`file:${file}`, { readOnly: true })).rejects.toThrow(InvalidArgumentError);
	});
});
