import type { Hint, Ids, InstanceRecord } from "@waymark/engine/backend";
import { HEAD_COLUMNS, INSTANCE_COLUMNS, type InstanceHead, type InstanceRow } from "./instance-row.ts";
import { OWNED } from "./owned-nodes.ts";
import { toInstance } from "./record-mapper.ts";
import type { Dialect, RowLocks, Sql } from "./sql.ts";
import { type ChangedHead, writeHeads } from "./write-heads.ts";

export type HintCause = Extract<Hint, { origin: "local" }>["cause"];

interface Entry extends ChangedHead {
	stored: ChangedHead["stored"];
	touched: boolean;
	/** Changed since it was last written. */
	dirty: boolean;
}

/** The instances that a command will touch, as far as it can be known before it runs. */
export interface Touches {
	readonly runs?: readonly string[];
	/** The newest run of each of these instance ids. */
	readonly instances?: readonly string[];
	/** All that these workers hold nodes of. */
	readonly owners?: readonly string[];
}

/** What the database lets pass: the lease that a write must match. */
export interface Lease {
	readonly runId: string;
	readonly path: string;
	readonly owner: string;
	readonly epoch: number;
}

/**
 * One transaction's view of the instances it touches. Several commands of one group commit share the row in memory, so
 * that its version rises once and it is written once. Statements that join on `instance` call `writeBack` before.
 */
export class CommitContext {
	/** Runs that changed, with the commands that did it. */
	readonly changes = new Map<string, Set<HintCause>>();
	/** Runs that are gone. */
	readonly deleted: string[] = [];
	/** What the command that runs now is. */
	cause: HintCause = "settle";
	readonly #instances = new Map<string, Entry>();
	readonly #liveWorkers = new Map<string, boolean>();
	/** Leases that claims took here. */
	readonly claimed: Lease[] = [];

	constructor(
		readonly sql: Sql,
		/** The database's clock, read once in this transaction. */
		readonly now: number,
		readonly ids: Ids,
	) {}

	/**
	 * Locks what the commands of this commit will touch, in id order, so that two processes wait for each other and never
	 * in a circle. Instances that only turn up later are locked then; the database ends the rare circle that this makes,
	 * and the transaction is done again.
	 */
	async lockAhead(touches: readonly Touches[]): Promise<void> {
		const { rowLocks } = this.sql.dialect;
		if (rowLocks === null || touches.every(({ runs, instances, owners }) => !(runs ?? instances ?? owners))) return;
		const rows = await this.sql.all<InstanceHead>(
			lockAheadText(this.sql.dialect, rowLocks),
			JSON.stringify(touches.flatMap(({ runs }) => runs ?? [])),
			JSON.stringify(touches.flatMap(({ instances }) => instances ?? [])),
			JSON.stringify(touches.flatMap(({ owners }) => owners ?? [])),
		);
		for (const row of rows) this.#take(row);
	}

	/** The row to read and change, locked until the commit; call `touch` before changing it. */
	async instance(runId: string): Promise<InstanceHead | null> {
		const known = this.#instances.get(runId);
		if (known !== undefined) return known.row;
		const lock = this.sql.dialect.rowLocks?.wait ?? "";
		const row = await this.sql.get<InstanceHead>(`SELECT ${HEAD_COLUMNS} FROM instance WHERE run_id = ?${lock}`, runId);
		if (row === undefined) return null;
		this.#take(row);
		return row;
	}

	/** The same of many, in one statement where each would be a round trip. */
	async instances(runIds: readonly string[]): Promise<void> {
		const { rowLocks } = this.sql.dialect;
		const unknown = runIds.filter((runId) => !this.#instances.has(runId));
		if (rowLocks !== null && unknown.length > 1) await this.lockAhead([{ runs: unknown }]);
	}

	/** Takes in a row that a statement of this transaction has read and locked. */
	found(row: InstanceHead): void {
		if (!this.#instances.has(row.run_id)) this.#take(row);
	}

	#take(row: InstanceHead): void {
		this.#instances.set(row.run_id, { row, stored: storedOf(row), touched: false, dirty: false });
	}

	/** The newest run of an instance id. */
	async newest(instanceId: string): Promise<InstanceHead | null> {
		for (;;) {
			const found = await this.#newestRun(instanceId);
			if (found === undefined) return null;
			const held = this.sql.dialect.rowLocks === null || this.#instances.has(found);
			const row = await this.instance(found);
			// While its row was waited for, it may have been deleted or replaced by a newer run.
			if (held || (await this.#newestRun(instanceId)) === found) return row;
		}
	}

	async #newestRun(instanceId: string): Promise<string | undefined> {
		const found = await this.sql.get<{ run_id: string }>(
			"SELECT run_id FROM instance WHERE instance_id = ? ORDER BY generation DESC LIMIT 1",
			instanceId,
		);
		return found?.run_id;
	}

	/** Takes in a row that was inserted with version 1 in this very transaction. */
	adopt(row: InstanceHead): void {
		this.#instances.set(row.run_id, { row, stored: storedOf(row), touched: true, dirty: false });
		this.#note(row.run_id);
	}

	/** That run's row was deleted in this very transaction. */
	forget(runId: string): void {
		this.deleted.push(runId);
		this.#instances.delete(runId);
		this.#note(runId);
	}

	/** The version of this transaction in that run: one above what was committed before. */
	touch(row: InstanceHead): number {
		const entry = this.#instances.get(row.run_id);
		if (entry === undefined) throw new Error("An instance was touched that this transaction has not read.");
		if (!entry.touched) {
			entry.touched = true;
			row.version += 1;
		}
		entry.dirty = true;
		this.#note(row.run_id);
		return row.version;
	}

	#note(runId: string): void {
		const causes = this.changes.get(runId);
		if (causes === undefined) this.changes.set(runId, new Set([this.cause]));
		else causes.add(this.cause);
	}

	/** The whole record, as this transaction has made it. */
	async record(row: InstanceHead): Promise<InstanceRecord> {
		await this.writeBack();
		const text = `SELECT ${INSTANCE_COLUMNS} FROM instance WHERE run_id = ?`;
		const whole = await this.sql.get<InstanceRow>(text, row.run_id);
		if (whole === undefined) throw new Error(`Instance row ${row.run_id} is gone.`);
		return toInstance(whole);
	}

	/** Whether the worker's leases hold. */
	async isLive(workerId: string): Promise<boolean> {
		const known = this.#liveWorkers.get(workerId);
		if (known !== undefined) return known;
		const live = (await this.#hasLease(workerId, "")) || (await this.#wasRenewed(workerId));
		this.#liveWorkers.set(workerId, live);
		return live;
	}

	async #hasLease(workerId: string, lock: string): Promise<boolean> {
		const text = `SELECT expires_at FROM worker WHERE worker_id = ?${lock}`;
		const found = await this.sql.get<{ expires_at: number }>(text, workerId);
		return found !== undefined && found.expires_at >= this.now;
	}

	/** A heartbeat that began before the lease ran out may not have committed: it is waited for, and none comes after. */
	async #wasRenewed(workerId: string): Promise<boolean> {
		const { rowLocks } = this.sql.dialect;
		return rowLocks !== null && this.#hasLease(workerId, rowLocks.wait);
	}

	/** A command changed that worker's row. */
	forgetWorker(workerId: string): void {
		this.#liveWorkers.delete(workerId);
	}

	/** A command changed workers' rows. */
	forgetWorkers(): void {
		this.#liveWorkers.clear();
	}

	/** Writes the instances that changed. */
	async writeBack(): Promise<void> {
		const changed = [...this.#instances.values()].filter(({ dirty }) => dirty);
		if (changed.length === 0) return;
		if ((await writeHeads(this.sql, this.now, changed)) !== changed.length) {
			throw new Error("An instance changed under the lock of this transaction.");
		}
		for (const entry of changed) {
			entry.stored = storedOf(entry.row);
			entry.dirty = false;
			if (entry.row.ending !== undefined) delete entry.row.ending;
		}
	}
}

/** OFFSET 0 keeps it from being planned as a join that begins with the nodes of all workers. */
function lockAheadText(dialect: Dialect, locks: RowLocks): string {
	return `SELECT ${HEAD_COLUMNS} FROM instance WHERE run_id = ANY(ARRAY(
			SELECT r.value FROM ${dialect.eachOf("r")}
			UNION SELECT (SELECT run_id FROM instance WHERE instance_id = i.value ORDER BY generation DESC LIMIT 1)
				FROM ${dialect.eachOf("i")}
			UNION SELECT n.run_id FROM ${dialect.eachOf("w")} CROSS JOIN LATERAL (
				SELECT run_id FROM open_node WHERE owner = w.value AND ${OWNED} OFFSET 0) n))
		ORDER BY run_id${locks.wait}`;
}

function storedOf({ version, status, control }: InstanceHead): Entry["stored"] {
	return { version, status, control };
}
