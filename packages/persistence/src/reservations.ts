import type { CommitContext } from "./commit-context.ts";
import type { InstanceHead } from "./instance-row.ts";

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

/** The oldest wait of that name that a signal can still end: its timeout has not passed. */
export async function oldestWait(ctx: CommitContext, runId: string, name: string): Promise<string | null> {
	const found = await ctx.sql.get<{ path: string }>(
		`SELECT path FROM open_node
		WHERE run_id = ? AND state = 'awaiting_signal' AND signal_name = ? AND (due_at IS NULL OR due_at > ?)
		ORDER BY opened_version, opened_ordinal LIMIT 1`,
		runId,
		name,
		ctx.now,
	);
	return found?.path ?? null;
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

/** The wait has its signal and can be settled. */
export async function readyWait(ctx: CommitContext, row: InstanceHead, path: string, signalId: string): Promise<void> {
	await ctx.sql.run(
		`UPDATE open_node SET state = 'ready', signal_id = ?, due_at = ?, version = ?
		WHERE run_id = ? AND path = ? AND state = 'awaiting_signal'`,
		signalId,
		ctx.now,
		ctx.touch(row),
		row.run_id,
		path,
	);
}

/** A signal whose wait ended without consuming it goes to the next wait of its name, or back to the buffer. */
export async function passSignalOn(ctx: CommitContext, row: InstanceHead, signalId: string): Promise<void> {
	const signal = await ctx.sql.get<{ name: string; consumed_by: string | null }>(
		"SELECT name, consumed_by FROM signal WHERE signal_id = ?",
		signalId,
	);
	if (signal === undefined || signal.consumed_by !== null) return;
	const next = await oldestWait(ctx, row.run_id, signal.name);
	await reserveSignal(ctx, row, signalId, next);
	if (next !== null) await readyWait(ctx, row, next, signalId);
}
