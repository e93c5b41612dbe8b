import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { WorkflowClient } from "@waymark/engine";
import type { PersistentBackend, WorkflowSnapshot } from "@waymark/engine/backend";
import { nodeViews } from "@waymark/engine/graph";
import { openBackend } from "@waymark/persistence";
import { PostgresServer } from "./postgres-server.ts";
import { Program } from "./program.ts";
import { gateFile, ledgerFile, testWorkflows } from "./workflows.mjs";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

const LET_GO_WITHIN_MS = 5_000;

/** Where the instances of a stand lie. */
export type Storage = "sqlite" | "postgresql";

/** A database in a folder of its own, and a worker in a process of its own. */
export class EngineStand {
	readonly folder: string;
	readonly database: string;
	readonly backend: PersistentBackend;
	readonly client: WorkflowClient;
	readonly #server: PostgresServer | null;
	#worker: Program | null = null;

	private constructor(folder: string, database: string, backend: PersistentBackend, server: PostgresServer | null) {
		this.folder = folder;
		this.database = database;
		this.#server = server;
		this.backend = backend;
		this.client = new WorkflowClient(backend, { workflows: Object.values(testWorkflows(folder)) });
	}

	static async open(storage: Storage = "sqlite"): Promise<EngineStand> {
		const folder = mkdtempSync(join(tmpdir(), "waymark-e2e-"));
		const server = storage === "postgresql" ? await PostgresServer.start() : null;
		const database = server?.url ?? `file:${join(folder, "e2e.db")}`;
		return new EngineStand(folder, database, await openBackend(database), server);
	}

	async startWorker(): Promise<void> {
		const { program } = await Program.start({
			args: ["e2e/stand/worker.process.mjs", this.folder],
			cwd: ROOT,
			env: { WAYMARK_DB: this.database },
			ready: /^worker ready: (\S+)/,
		});
		this.#worker = program;
	}

	/** Starts an instance of `stubborn` and asks that of it while its task runs, all of it that long ago. SQLite only. */
	async askedBefore(msAgo: number, instanceId: string, request: "cancel" | "pause"): Promise<void> {
		const { program } = await Program.start({
			args: ["e2e/stand/past.process.mjs", this.folder, instanceId, request],
			cwd: ROOT,
			env: { WAYMARK_DB: this.database, MS_AGO: String(msAgo) },
			ready: /^asked/,
		});
		await program.stop();
	}

	/**
	 * As a crash ends it, while that instance runs. What other tests have left held is let go before: charged with a second
	 * crash, a task runs with nothing beside it, and a held one would keep the next worker from everything else.
	 */
	async killWorker(instanceId: string): Promise<void> {
		const until = Date.now() + LET_GO_WITHIN_MS;
		while (Date.now() < until && (await this.#letOthersGo(instanceId))) await setTimeout(50);
		await this.#worker?.kill();
		this.#worker = null;
	}

	/** Answers whether anything of another instance still ran. */
	async #letOthersGo(instanceId: string): Promise<boolean> {
		const { instances } = await this.client.list({ statuses: ["in_progress"], limit: 200 });
		let isAny = false;
		for (const other of instances.filter((one) => one.instanceId !== instanceId)) {
			for (const path of await this.running(other.instanceId)) {
				this.openGate(other.instanceId, path);
				isAny = true;
			}
		}
		return isAny;
	}

	/** Lets a held task go on; also one that has not begun. */
	openGate(instanceId: string, path: string): void {
		writeFileSync(gateFile(this.folder, instanceId, path), "");
	}

	/** Lines `instance path attempt`, one for each time a task did its work. */
	ledger(): readonly string[] {
		const file = ledgerFile(this.folder);
		return existsSync(file) ? readFileSync(file, "utf8").trimEnd().split("\n") : [];
	}

	/** Paths of the nodes that run now. */
	async running(instanceId: string): Promise<readonly string[]> {
		const nodes = (await this.#snapshot(instanceId))?.openNodes ?? [];
		return nodes
			.filter(({ state }) => state === "running")
			.map(({ path }) => path)
			.sort();
	}

	/** Paths of the nodes whose result is recorded. */
	async recorded(instanceId: string): Promise<readonly string[]> {
		return ((await this.#snapshot(instanceId))?.checkpoints ?? []).map(({ path }) => path);
	}

	/** How its rows say that each node stands, by definition path. */
	async states(instanceId: string): Promise<Readonly<Record<string, string>>> {
		const snapshot = await this.#snapshot(instanceId);
		const definition = await this.backend.getDefinition(snapshot?.instance.definitionHash ?? "");
		if (snapshot === null || definition === null) return {};
		return Object.fromEntries([...nodeViews(definition.graph, snapshot)].map(([key, { state }]) => [key, state]));
	}

	async close(): Promise<void> {
		await this.#worker?.stop();
		await this.backend.close();
		await this.#server?.stop();
		rmSync(this.folder, { recursive: true, force: true });
	}

	async #snapshot(instanceId: string): Promise<WorkflowSnapshot | null> {
		const instance = await this.backend.getInstance(instanceId);
		return instance === null ? null : this.backend.getSnapshot(instance.runId, 0);
	}
}
