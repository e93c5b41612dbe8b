import type { SettleCommand, SettleOutcome, SettleResult } from "@waymark/engine/backend";
import { appendAttempt } from "./attempts.ts";
import type { CommitContext, Lease } from "./commit-context.ts";
import { endInstance, refreshStatus } from "./instance-status.ts";
import { findHeldNode, RELEASED, removeNode } from "./open-nodes.ts";
import { fromError } from "./record-mapper.ts";
import { passSignalOn } from "./reservations.ts";
import { settleCompleted } from "./settle-completed.ts";
import { settledBefore } from "./settled-before.ts";
import { recordFailure, type Settling, settled } from "./settling.ts";

const FENCED = { kind: "fenced" } as const;

export async function settle(ctx: CommitContext, command: SettleCommand): Promise<SettleResult> {
	const row = await ctx.instance(command.runId);
	if (row === null) return FENCED;
	const node = await findHeldNode(ctx, command.runId, command.path);
	if (node === undefined || node.owner !== command.owner || node.epoch !== command.epoch) {
		return (await settledBefore(ctx, row, command)) ?? FENCED;
	}
	const settling: Settling = { ctx, command, lease: command, row, node };
	if (row.control === "cancelling") return discard(settling);
	const { outcome } = command;
	switch (outcome.kind) {
		case "completed":
			return settleCompleted(settling, outcome);
		case "retry":
			return settleRetry(settling, outcome);
		case "failed":
			return settleFailed(settling, outcome);
		case "released":
			return settleReleased(settling);
	}
}

/** The instance is being cancelled: the attempt ended, and that is all that is recorded of it. */
async function discard({ ctx, command, lease, row, node }: Settling): Promise<SettleResult> {
	if (!(await removeNode(ctx, lease))) return FENCED;
	await appendAttempt(ctx, row.run_id, {
		path: node.path,
		epoch: command.epoch,
		attempt: node.attempt,
		outcome: "cancelled",
		error: null,
		startedAt: Math.round(command.startedAt),
		finishedAt: Math.round(command.finishedAt),
		worker: command.owner,
		nextAttemptAt: null,
		version: ctx.touch(row),
	});
	if (node.signal_id !== null) await passSignalOn(ctx, row, node.signal_id);
	await refreshStatus(ctx, row);
	return { kind: "discarded", status: row.status, control: row.control };
}

async function settleRetry(
	settling: Settling,
	outcome: Extract<SettleOutcome, { kind: "retry" }>,
): Promise<SettleResult> {
	const { ctx, lease, row } = settling;
	const dueAt = ctx.now + Math.round(outcome.delayMs);
	const version = ctx.touch(row);
	const changed = await ctx.sql.run(
		`UPDATE open_node SET state = 'retrying', attempt = attempt + 1, due_at = ?, owner = NULL, granted_at = NULL,
			version = ?
		WHERE run_id = ? AND path = ? AND owner = ? AND epoch = ?`,
		dueAt,
		version,
		...leaseValues(lease),
	);
	if (changed !== 1) return FENCED;
	await recordFailure(settling, outcome.failure, dueAt);
	await refreshStatus(ctx, row);
	return settled(row, []);
}

async function settleFailed(
	settling: Settling,
	outcome: Extract<SettleOutcome, { kind: "failed" }>,
): Promise<SettleResult> {
	const { ctx, lease, row, node } = settling;
	const version = ctx.touch(row);
	const changed = await ctx.sql.run(
		`UPDATE open_node SET state = 'failed', owner = NULL, granted_at = NULL, epoch = epoch + 1, version = ?
		WHERE run_id = ? AND path = ? AND owner = ? AND epoch = ?`,
		version,
		...leaseValues(lease),
	);
	if (changed !== 1) return FENCED;
	await ctx.sql.run(
		`UPDATE open_node SET state = 'cancelled', owner = NULL, granted_at = NULL, epoch = epoch + 1, version = ?
		WHERE run_id = ? AND path <> ?`,
		version,
		row.run_id,
		node.path,
	);
	await recordFailure(settling, outcome.failure, null);
	const error = fromError(outcome.failure.error);
	await endInstance(ctx, row, "failed", { failed_path: node.path, error });
	return settled(row, []);
}

async function settleReleased({ ctx, lease, row }: Settling): Promise<SettleResult> {
	const version = ctx.touch(row);
	const changed = await ctx.sql.run(
		`UPDATE open_node SET ${RELEASED}, version = ?
		WHERE run_id = ? AND path = ? AND owner = ? AND epoch = ?`,
		version,
		...leaseValues(lease),
	);
	if (changed !== 1) return FENCED;
	await refreshStatus(ctx, row);
	return settled(row, []);
}

function leaseValues({ runId, path, owner, epoch }: Lease): [string, string, string, number] {
	return [runId, path, owner, epoch];
}
