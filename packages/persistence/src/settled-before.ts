import type { SettleCommand, SettleResult } from "@waymark/engine/backend";
import type { CommitContext } from "./commit-context.ts";
import { toGrant } from "./grants.ts";
import type { InstanceHead } from "./instance-row.ts";
import { OPEN_NODE_COLUMNS, type OpenNodeRow } from "./open-node-row.ts";

/**
 * Answers a settle whose first answer was lost: its own checkpoint or attempt row is there, written under the same
 * owner and epoch. Null: it never was committed.
 */
export async function settledBefore(
	ctx: CommitContext,
	row: InstanceHead,
	command: SettleCommand,
): Promise<SettleResult | null> {
	const attempt = await ctx.sql.get<{ version: number; outcome: string; next_attempt_at: number | null }>(
		"SELECT version, outcome, next_attempt_at FROM attempt WHERE run_id = ? AND path = ? AND epoch = ? AND worker = ?",
		command.runId,
		command.path,
		command.epoch,
		command.owner,
	);
	if (attempt?.outcome === "cancelled") return { kind: "discarded", status: row.status, control: row.control };
	// A lost attempt that another follows was written by the takeover, not by this settle.
	const takenOver = attempt?.outcome === "lost" && attempt.next_attempt_at !== null;
	const written = takenOver ? undefined : (attempt ?? (await checkpoint(ctx, command)));
	if (written === undefined) return null;
	return {
		kind: "settled",
		status: row.status,
		control: row.control,
		version: row.version,
		grants: await grantedWith(ctx, row, command.owner, written.version),
		replayed: true,
	};
}

async function checkpoint(ctx: CommitContext, command: SettleCommand): Promise<{ version: number } | undefined> {
	return ctx.sql.get<{ version: number }>(
		"SELECT version FROM checkpoint WHERE run_id = ? AND path = ? AND epoch = ? AND worker = ?",
		command.runId,
		command.path,
		command.epoch,
		command.owner,
	);
}

/** What that commit granted and the owner still holds: rows that have not changed since. */
async function grantedWith(ctx: CommitContext, row: InstanceHead, owner: string, version: number) {
	const held = await ctx.sql.all<OpenNodeRow>(
		`SELECT ${OPEN_NODE_COLUMNS} FROM open_node WHERE run_id = ? AND owner = ? AND version = ?
		ORDER BY priority, opened_ordinal`,
		row.run_id,
		owner,
		version,
	);
	return held.map((node) => toGrant(row, node, null));
}
