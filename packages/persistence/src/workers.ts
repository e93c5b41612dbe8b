import type { HeldLease, RegisterWorkerCommand } from "@waymark/engine/backend";
import type { CommitContext } from "./commit-context.ts";
import { CONTROLLED } from "./instance-row.ts";
import { drain, refreshStatus } from "./instance-status.ts";
import { RELEASED } from "./open-nodes.ts";
import { OWNED, OWNS_NODES } from "./owned-nodes.ts";
import type { Sql } from "./sql.ts";

/** Dead workers are shown for this long, then forgotten. */
const FORGET_AFTER_MS = 60 * 60 * 1000;

export async function registerWorker(
	ctx: CommitContext,
	command: RegisterWorkerCommand,
	guard: string | null,
): Promise<void> {
	await ctx.sql.run(
		`INSERT INTO worker (worker_id, name, slots, started_at, heartbeat_at, expires_at, profile, guard)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (worker_id) DO UPDATE SET heartbeat_at = excluded.heartbeat_at, expires_at = excluded.expires_at`,
		command.workerId,
		command.name,
		command.slots,
		ctx.now,
		ctx.now,
		ctx.now + command.leaseMs,
		command.profile === undefined ? null : JSON.stringify(command.profile),
		guard,
	);
	await ctx.sql.run(`DELETE FROM worker WHERE expires_at < ? AND NOT (${OWNS_NODES})`, ctx.now - FORGET_AFTER_MS);
	ctx.forgetWorker(command.workerId);
}

/** The worker stopped by itself: what it still holds is free again, and nothing is charged. */
export async function retireWorker(ctx: CommitContext, workerId: string): Promise<void> {
	await ctx.writeBack();
	const held = await ctx.sql.all<{ run_id: string; path: string }>(
		`SELECT run_id, path FROM open_node WHERE owner = ? AND ${OWNED} ORDER BY run_id, path`,
		workerId,
	);
	await ctx.sql.run("DELETE FROM worker WHERE worker_id = ?", workerId);
	ctx.forgetWorker(workerId);
	for (const { run_id, path } of held) {
		const row = await ctx.instance(run_id);
		if (row === null) continue;
		await ctx.sql.run(
			`UPDATE open_node SET ${RELEASED}, version = ?
			WHERE run_id = ? AND path = ? AND owner = ?`,
			ctx.touch(row),
			run_id,
			path,
			workerId,
		);
		await refreshStatus(ctx, row);
	}
}

/** The live leases of one incarnation. */
export async function held(sql: Sql, now: number, workerId: string): Promise<HeldLease[]> {
	const rows = await sql.all<{ run_id: string; path: string; epoch: number; control: HeldLease["control"] }>(
		`SELECT n.run_id, n.path, n.epoch, i.control FROM worker w
		JOIN open_node n ON n.owner = w.worker_id AND n.${OWNED}
		JOIN instance i ON i.run_id = n.run_id
		WHERE w.worker_id = ? AND w.expires_at >= ?
		ORDER BY n.run_id, n.path`,
		workerId,
		now,
	);
	return rows.map((row) => ({ runId: row.run_id, path: row.path, epoch: row.epoch, control: row.control }));
}

/** Ends `pausing` and `cancelling` of instances that have nothing in flight any more. Answers how many it moved. */
export async function reap(ctx: CommitContext): Promise<number> {
	await ctx.writeBack();
	const rows = await ctx.sql.all<{ run_id: string }>(
		`SELECT run_id FROM instance WHERE ${CONTROLLED} ORDER BY run_id
		${ctx.sql.dialect.rowLocks?.skip("instance") ?? ""}`,
	);
	let moved = 0;
	for (const { run_id } of rows) {
		const row = await ctx.instance(run_id);
		if (row !== null && (await drain(ctx, row))) moved += 1;
	}
	return moved;
}
