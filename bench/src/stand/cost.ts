import { existsSync, readFileSync } from "node:fs";
import type { DatabaseKind } from "../database-kind.ts";
import type { Committed } from "./committed.ts";
import { serverCpuMs } from "./server-cpu.ts";
import { said, sqliteHandles } from "./statement-count.ts";

/** What one step cost; null: this machine or database cannot tell. */
export interface CostPerStep {
	/** CPU of this process, µs. */
	readonly cpuUs: number;
	/** CPU of the database server, µs. */
	readonly serverCpuUs: number | null;
	readonly commits: number;
	readonly statements: number;
	readonly roundTrips: number;
	/** Rows inserted, updated and deleted. */
	readonly rows: number | null;
	readonly walBytes: number | null;
	/** Statements prepared, which is 0 once warm; not divided by the steps. */
	readonly prepared: number;
}

export interface Reading {
	readonly cpuUs: number;
	readonly serverCpuMs: number | null;
	readonly said: typeof said;
	readonly rows: number | null;
	readonly walBytes: number | null;
}

/** Everything that is counted, as it stands now. */
export async function readCosts(kind: DatabaseKind, committed: Committed, file: string): Promise<Reading> {
	const { user, system } = process.cpuUsage();
	const counted = { cpuUs: user + system, said: { ...said } };
	if (kind === "sqlite") return { ...counted, serverCpuMs: null, rows: sqliteRows(), walBytes: sqliteLogBytes(file) };
	const { pid, wal } = await committed.one<{ pid: number; wal: string }>(
		"SELECT pg_backend_pid() AS pid, pg_current_wal_insert_lsn() - '0/0'::pg_lsn AS wal",
	);
	return { ...counted, serverCpuMs: serverCpuMs(pid), rows: null, walBytes: Number(wal) };
}

export function costPerStep(before: Reading, after: Reading, steps: number): CostPerStep {
	const per = (from: number | null, to: number | null) => (from === null || to === null ? null : (to - from) / steps);
	const serverMs = per(before.serverCpuMs, after.serverCpuMs);
	return {
		cpuUs: (after.cpuUs - before.cpuUs) / steps,
		serverCpuUs: serverMs === null ? null : serverMs * 1000,
		commits: (after.said.commits - before.said.commits) / steps,
		statements: (after.said.statements - before.said.statements) / steps,
		roundTrips: (after.said.roundTrips - before.said.roundTrips) / steps,
		rows: per(before.rows, after.rows),
		walBytes: per(before.walBytes, after.walBytes),
		prepared: after.said.prepared - before.said.prepared,
	};
}

function sqliteRows(): number {
	let rows = 0;
	for (const handle of sqliteHandles) {
		if (handle.open) rows += Number(handle.prepare("SELECT total_changes()").pluck().get());
		else sqliteHandles.delete(handle);
	}
	return rows;
}

/** Frames that the engine lets its log grow to before it is folded into the file and written from the start again. */
const FRAMES_PER_ROUND = 4000;
const FRAME_HEADER = 24;

/** Bytes ever written to the log: rounds by the sequence number of its header, frames of this round by the shared index. */
function sqliteLogBytes(file: string): number | null {
	const [log, index] = [`${file}-wal`, `${file}-shm`];
	if (!existsSync(log) || !existsSync(index)) return null;
	const head = readFileSync(log).subarray(0, 32);
	const shared = readFileSync(index).subarray(0, 48);
	if (head.length < 32 || shared.length < 48) return null;
	const round = head.readUInt32BE(12);
	const pageSize = shared.readUInt16LE(14);
	const frames = shared.readUInt32LE(16);
	return (round * FRAMES_PER_ROUND + frames) * (pageSize + FRAME_HEADER);
}
