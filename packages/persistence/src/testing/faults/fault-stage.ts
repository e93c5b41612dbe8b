import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { WorkflowClient } from "@waymark/engine";
import type { PersistentBackend } from "@waymark/engine/backend";
import Sqlite from "better-sqlite3";
import pg from "pg";
import { expect, onTestFinished } from "vitest";
import { openBackend } from "../../open-backend.ts";
import { brokenInvariants, FORBID_REWRITING } from "../invariants.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { until } from "../until.ts";
import { expected, faultWorkflows } from "./workflows.mjs";

type Name = keyof typeof expected;

interface Started {
	readonly id: string;
	readonly name: Name;
	readonly n: number;
}

/** A database with workflows in it, and what must be true of it in the end. The workers are the test's to start. */
export class FaultStage {
	readonly started: Started[] = [];
	#answered = 0;
	#completed = 0;

	private constructor(
		readonly url: string,
		/** Never disturbed: it goes to the database itself. */
		readonly backend: PersistentBackend,
		readonly client: WorkflowClient,
		readonly ledger: string,
		readonly query: (text: string) => unknown[] | Promise<unknown[]>,
	) {}

	static async open(url: string): Promise<FaultStage> {
		const ledger = path.join(temporaryFolder(), "ledger.txt");
		const backend = await openBackend(url);
		onTestFinished(() => backend.close());
		const query = url.startsWith("file:") ? querySqlite(url.slice("file:".length)) : queryPostgres(url);
		const client = new WorkflowClient(backend, { workflows: Object.values(faultWorkflows(ledger)) });
		return new FaultStage(url, backend, client, ledger, query);
	}

	/** Starts one after the other through that client; `n` counts up. */
	async start(name: Name, count: number, client = this.client): Promise<void> {
		const first = this.started.length;
		const added = Array.from({ length: count }, (_, i) => ({ id: `${name}-${first + i}`, name, n: first + i }));
		this.started.push(...added);
		await Promise.all(added.map(({ id, n }) => client.start(name, id, n)));
	}

	/** Sends its signal to every instance that waits for one and was not sent it before. */
	async answerAll(client = this.client): Promise<void> {
		const asked = this.started.slice(this.#answered).filter(({ name }) => name === "asked");
		this.#answered = this.started.length;
		await Promise.all(asked.map(({ id, n }) => client.sendSignal(id, "go", n, { idempotencyKey: `answer-${id}` })));
	}

	/**
	 * How long the workers take to recover, at most: a lease and a second, and more where the machine is so busy with
	 * other things that a chain takes its time though nothing is broken.
	 */
	async recoveryBound(leaseMs: number): Promise<number> {
		const since = performance.now();
		await this.start("chain", 1);
		await this.client.result(this.started.at(-1)?.id ?? "", { timeout: "60s" });
		return leaseMs + 1_000 + 5 * (performance.now() - since);
	}

	/** How many have ended. The last known number where the database is not to be had now. */
	async completed(): Promise<number> {
		try {
			const text = "SELECT CAST(COUNT(*) AS INTEGER) AS n FROM instance WHERE status = 'completed'";
			const [row] = (await this.query(text)) as { n: number }[];
			this.#completed = row?.n ?? 0;
		} catch {
			// The next look follows.
		}
		return this.#completed;
	}

	/** Waits until all have ended and checks everything: results, ledger, invariants, orphans. Answers ms waited. */
	async allWell(withinMs: number): Promise<number> {
		const since = performance.now();
		const { length } = this.started;
		let count = 0;
		await until(
			async () => {
				count = await this.completed();
				return count === length;
			},
			() => `${count} of ${length} have ended`,
			withinMs,
		);
		const waited = performance.now() - since;
		expect(await this.wrongResults()).toEqual([]);
		expect(await this.unaccountedWork()).toEqual([]);
		expect(await brokenInvariants(this.query)).toEqual([]);
		expect(await this.backend.listOrphans()).toEqual([]);
		return Math.round(waited);
	}

	async wrongResults(): Promise<string[]> {
		const results = await Promise.all(
			this.started.map(async ({ id, name, n }) => {
				const { status, output } = { output: undefined, ...(await this.client.result(id, { timeout: "10s" })) };
				return status === "completed" && output === expected[name](n) ? null : `${id}: ${status} ${String(output)}`;
			}),
		);
		return results.filter((wrong) => wrong !== null);
	}

	/** Lines of the ledger that no attempt stands for, and results for which no work was done. */
	async unaccountedWork(): Promise<string[]> {
		const done = new Set(this.linesOf(""));
		const attempts = (await this.query(
			`SELECT i.instance_id AS id, h.path, h.attempt, h.recorded FROM (
				SELECT run_id, path, attempt, 1 AS recorded FROM checkpoint WHERE bytes IS NOT NULL
				UNION ALL SELECT run_id, path, attempt, 0 FROM attempt) h JOIN instance i ON i.run_id = h.run_id`,
		)) as { id: string; path: string; attempt: number; recorded: number }[];
		const known = new Set(attempts.map(({ id, path: node, attempt }) => `${id} ${node} ${attempt}`));
		return [
			...[...done].filter((line) => !known.has(line)).map((line) => `nobody attempted: ${line}`),
			...attempts
				.filter(({ recorded, id, path: node, attempt }) => recorded === 1 && !done.has(`${id} ${node} ${attempt}`))
				.map(({ id, path: node, attempt }) => `nobody worked for: ${id} ${node} ${attempt}`),
		];
	}

	/** What was done for instances whose id begins so, one line each time. */
	linesOf(beginning: string): string[] {
		if (!existsSync(this.ledger)) return [];
		return readFileSync(this.ledger, "utf8")
			.trimEnd()
			.split("\n")
			.filter((line) => line.startsWith(beginning));
	}

	/** From now on rewritten history fails. */
	async forbidRewriting(): Promise<void> {
		if (this.url.startsWith("file:")) {
			const handle = new Sqlite(this.url.slice("file:".length));
			handle.exec(FORBID_REWRITING.sqlite);
			handle.close();
		} else await this.query(FORBID_REWRITING.postgresql);
	}
}

function queryPostgres(url: string) {
	const pool = new pg.Pool({ connectionString: url, max: 1 });
	pool.on("error", () => {});
	onTestFinished(() => pool.end());
	return async (text: string) => (await pool.query(text)).rows as unknown[];
}

function querySqlite(file: string) {
	const handle = new Sqlite(file, { readonly: true, timeout: 5_000 });
	onTestFinished(() => {
		handle.close();
	});
	return (text: string) => handle.prepare(text).all();
}
