import { writeFileSync } from "node:fs";
import path from "node:path";
import { WorkflowClient } from "@waymark/engine";
import { describe, expect, it, onTestFinished } from "vitest";
import { openBackend } from "./open-backend.ts";
import { built, runProcess } from "./testing/child-process.ts";
import { PostgresServer } from "./testing/postgres-server.ts";
import { temporaryFile, temporaryFolder } from "./testing/temporary-folder.ts";

const server = await PostgresServer.startOwn("fast");

const STORES = [
	["SQLite", async () => `file:${temporaryFile()}`],
	["PostgreSQL", () => server.createDatabase()],
] as const;

/** Both branches wait until the other has begun, so two of one slot each must run at one time; each says where it ran. */
const workerProcess = (url: string, folder: string, tags: readonly string[], startsIt: boolean) =>
	runProcess(`
		import { existsSync, writeFileSync } from "node:fs";
		import { flow, PooledWorker, WorkflowClient } from "@waymark/engine";
		import { openBackend } from ${built("index.js")};
		const sign = (name) => ${JSON.stringify(`${folder}/`)} + name;
		const until = async (name) => {
			while (!existsSync(sign(name))) await new Promise((resolve) => setTimeout(resolve, 10));
		};
		const branch = (mine, theirs) => async () => {
			writeFileSync(sign(mine), "");
			await until(theirs);
			return process.pid;
		};
		const meeting = flow("meeting")
			.fork("f", { a: (s) => s.task("a", branch("a", "b")), b: (s) => s.task("b", branch("b", "a")) })
			.join("both", (both) => both)
			.fork("g", { cpu: (s) => s.task("c", () => process.pid), gpu: (s) => s.task("g", () => process.pid, { tags: ["gpu"] }) })
			.join("all", ({ gpu }, ) => ({ gpu }))
			.build();
		const backend = await openBackend(${JSON.stringify(url)});
		if (${startsIt}) await new WorkflowClient(backend).start(meeting, "i", null);
		const worker = new PooledWorker(backend, { workflows: [meeting], slots: 1, tags: ${JSON.stringify(tags)} });
		await worker.start();
		console.log("pid " + process.pid);
		await until("over");
		await worker.stop();
		await backend.close();
	`);

describe.each(STORES)("two worker processes of one slot each on %s", (_name, url) => {
	it("share the branches of one instance, by free slots and by tags", async () => {
		const address = await url();
		const folder = temporaryFolder();
		const backend = await openBackend(address);
		onTestFinished(() => backend.close());
		const plain = workerProcess(address, folder, [], true);
		const special = workerProcess(address, folder, ["gpu"], false);
		onTestFinished(() => writeFileSync(path.join(folder, "over"), ""));
		await expect.poll(async () => (await backend.getInstance("i"))?.status, { timeout: 30_000 }).toBe("completed");
		const result = await new WorkflowClient(backend).get("i");
		writeFileSync(path.join(folder, "over"), "");
		// A busy machine lets workers say more than that: that a lease was lost, say.
		const specialPid = Number(/^pid (\d+)$/m.exec((await special).output)?.[1]);
		expect((await plain).code).toBe(0);
		expect(result).toMatchObject({ output: { gpu: specialPid } });
		const runId = (await backend.getInstance("i"))?.runId ?? "";
		const workers = (await backend.getSnapshot(runId, 0))?.checkpoints.filter(({ path: p }) => /\/(a|b)$/.test(p));
		expect(new Set(workers?.map(({ worker }) => worker)).size).toBe(2);
	}, 60_000);
});
