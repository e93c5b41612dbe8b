import type { CommitContext, Lease } from "./commit-context.ts";
import { refreshStatus } from "./instance-status.ts";
import { FREED } from "./open-nodes.ts";

/**
 * Before a group is done again whose commit may have gone through unacknowledged: frees what its claims took, because
 * nobody was ever told. Else those rows would have a live owner who knows nothing of them. No task can have started on
 * such a lease, so no attempt is charged. All other commands find what they wrote and answer as the first time.
 */
export async function takeBackClaims(ctx: CommitContext, leases: readonly Lease[]): Promise<void> {
	for (const { runId, path, owner, epoch } of leases) {
		const row = await ctx.instance(runId);
		if (row === null) continue;
		const held = await ctx.sql.get(
			"SELECT 1 FROM open_node WHERE run_id = ? AND path = ? AND owner = ? AND epoch = ?",
			...[runId, path, owner, epoch],
		);
		if (held === undefined) continue;
		await ctx.sql.run(
			`UPDATE open_node SET ${FREED}, version = ?
			WHERE run_id = ? AND path = ? AND owner = ? AND epoch = ?`,
			...[ctx.touch(row), runId, path, owner, epoch],
		);
		await refreshStatus(ctx, row);
	}
}
