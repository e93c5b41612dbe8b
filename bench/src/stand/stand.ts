import { type AnyWorkflow, PooledWorker, type WorkerOptions, WorkflowClient } from "@waymark/engine";
import type { PersistentBackend } from "@waymark/engine/backend";
import { openBackend } from "@waymark/persistence";
import type { DatabaseKind } from "../database-kind.ts";
import { type Committed, CommittedInPostgres, CommittedInSqlite, type CommittedState } from "./committed.ts";
import { type CostPerStep, costPerStep, readCosts } from "./cost.ts";
import { uncounted } from "./statement-count.ts";

/** One database that a scenario has to itself, with somebody who sees what is committed. */
export class Stand {
	readonly #opened = new Set<PersistentBackend>();

	private constructor(
		readonly url: string,
		readonly kind: DatabaseKind,
		readonly committed: Committed,
	) {}

	/** The database gets its schema if it has none. */
	static async open(url: string): Promise<Stand> {
		await (await openBackend(url)).close();
		if (url.startsWith("file:")) {
			return new Stand(url, "sqlite", new CommittedInSqlite(url.slice("file:".length), uncounted));
		}
		return new Stand(url, "postgresql", await CommittedInPostgres.connect(url, uncounted));
	}

	/** Of a SQLite store; empty for others. */
	get file(): string {
		return this.kind === "sqlite" ? this.url.slice("file:".length) : "";
	}

	async backend(): Promise<PersistentBackend> {
		const backend = await openBackend(this.url);
		this.#opened.add(backend);
		return backend;
	}

	/** A worker and a client on one backend, in this process. `close` stops both. */
	async engine(workflows: readonly AnyWorkflow[], options: Omit<WorkerOptions, "workflows">) {
		const backend = await this.backend();
		const worker = new PooledWorker(backend, { workflows, name: "bench", ...options });
		const client = new WorkflowClient(backend, { workflows });
		const close = async () => {
			await worker.stop();
			await backend.close();
		};
		return { backend, worker, client, close };
	}

	/** Does the work and answers how long it took, and what each of the steps cost. */
	async measure(
		steps: number,
		work: () => Promise<void>,
	): Promise<{ readonly ms: number; readonly cost: CostPerStep }> {
		const before = await readCosts(this.kind, this.committed, this.file);
		const since = performance.now();
		await work();
		const ms = performance.now() - since;
		return { ms, cost: costPerStep(before, await readCosts(this.kind, this.committed, this.file), steps) };
	}

	/** The committed state, which must be this one: a figure about work that was not done is worth nothing. */
	async expect(expected: CommittedState): Promise<CommittedState> {
		const found = await this.committed.state();
		if (found.completed !== expected.completed || found.checkpoints !== expected.checkpoints) {
			throw new Error(`The database holds ${JSON.stringify(found)} instead of ${JSON.stringify(expected)}.`);
		}
		return found;
	}

	async close(): Promise<void> {
		for (const backend of this.#opened) await backend.close();
		await this.committed.close();
	}
}
