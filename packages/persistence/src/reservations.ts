import type { CommitContext } from "./commit-context.ts";
import type { InstanceHead } from "./instance-row.ts";
import type { OpenNodeRow } from "./open-node-row.ts";

/** Signals and the waits they are kept for. A wait with a reserved signal is `ready`. */

/** The oldest signal of that name that is kept for no wait, passing over those taken already. */
export async function oldestBuffered(
	ctx: CommitContext,
	runId: string,
	name: string,
	taken: ReadonlyMap<string, unknown>,
): Promise<string | null> {
	const rows = await ctx.sql.all<{ signal_id: string }>(
		`SELECT signal_id FROM signal WHERE run_id = ? AND name = ? AND reserved_for IS NULL
		ORDER BY ordinal LIMIT CAST(? AS INTEGER)`,
		runId,
		name,
		taken.size + 1,
	);
	return rows.find((row) => !taken.has(row.signal_id))?.signal_id ?? null;
}

/** An open wait, with what a grant of it says. */
export type OpenWait = Pick<OpenNodeRow, "path" | "epoch" | "attempt" | "crashes" | "input" | "owner" | "tags">;

/** The oldest wait of that name that a signal can still end: its timeout has not passed. */
export async function oldestWait(ctx: CommitContext, runId: string, name: string): Promise<OpenWait | null> {
	const found = await ctx.sql.get<OpenWait>(
		`SELECT path, epoch, attempt, crashes, input, owner, tags FROM open_node
		WHERE run_id = ? AND state = 'awaiting_signal' AND signal_name = ? AND (due_at IS NULL OR due_at > ?)
		ORDER BY opened_version, opened_ordinal LIMIT 1`,
		runId,
		name,
		ctx.now,
	);
	return found ?? null;
}

/** Keeps the signal for the wait at that path, or for none. */
export async function reserveSignal(
	ctx: CommitContext,
	row: InstanceHead,
	signalId: string,
	path: string | null,
): Promise<void> {
	await ctx.sql.run(
		"UPDATE signal SET reserved_for = ?, version = ? WHERE signal_id = ? AND consumed_by IS NULL",
		path,
		ctx.touch(row),
		signalId,
	);
}

/** The wait has its signal and can be settled: by that owner, or by whoever claims it. */
export async function readyWait(
	ctx: CommitContext,
	row: InstanceHead,
	path: string,
	signalId: string,
	owner: string | null = null,
): Promise<void> {
	const common = [signalId, ctx.now, ctx.touch(row)] as const;
	const set = "state = 'ready', signal_id = ?, due_at = ?, version = ?";
	const where = "WHERE run_id = ? AND path = ? AND state = 'awaiting_signal'";
	if (owner === null) {
		await ctx.sql.run(`UPDATE open_node SET ${set} ${where}`, ...common, row.run_id, path);
		return;
	}
	const granted = `${set}, owner = ?, epoch = epoch + 1, granted_at = ?`;
	const values = [...common, owner, ctx.now, row.run_id, path] as const;
	await ctx.sql.run(`UPDATE open_node SET ${granted} ${where} AND owner IS NULL`, ...values);
}

/** A signal whose wait ended without consuming it goes to the next wait of its name, or back to the buffer. */
export async function passSignalOn(ctx: CommitContext, row: InstanceHead, signalId: string): Promise<void> {
	const signal = await ctx.sql.get<{ name: string; consumed_by: string | null }>(
		"SELECT name, consumed_by FROM signal WHERE signal_id = ?",
		signalId,
	);
	if (signal === undefined || signal.consumed_by !== null) return;
	const next = await oldestWait(ctx, row.run_id, signal.name);
	await reserveSignal(ctx, row, signalId, next?.path ?? null);
	if (next !== null) await readyWait(ctx, row, next.path, signalId);
}
