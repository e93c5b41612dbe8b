import type { SettleCommand, SettleOutcome, SettleResult } from "@waymark/engine/backend";
import { appendAttempt } from "./attempts.ts";
import type { CommitContext, Lease } from "./commit-context.ts";
import type { InstanceHead } from "./instance-row.ts";
import type { HeldNode } from "./open-nodes.ts";

/** One attempt that ends now, with the row that it holds. */
export interface Settling {
	readonly ctx: CommitContext;
	readonly command: SettleCommand;
	readonly lease: Lease;
	readonly row: InstanceHead;
	readonly node: HeldNode;
}

/** The answer to a settle that was written. */
export function settled(row: InstanceHead, grants: Extract<SettleResult, { kind: "settled" }>["grants"]): SettleResult {
	return {
		kind: "settled",
		status: row.status,
		control: row.control,
		version: row.version,
		grants,
		replayed: false,
	};
}

/** Appends the failed attempt that this settle reports. */
export async function recordFailure(
	{ ctx, command, row, node }: Settling,
	failure: Extract<SettleOutcome, { kind: "failed" }>["failure"],
	nextAttemptAt: number | null,
): Promise<void> {
	await appendAttempt(ctx, row.run_id, {
		path: node.path,
		epoch: command.epoch,
		attempt: node.attempt,
		outcome: failure.outcome,
		error: failure.error,
		startedAt: Math.round(command.startedAt),
		finishedAt: Math.round(command.finishedAt),
		worker: command.owner,
		nextAttemptAt,
		version: ctx.touch(row),
	});
}
