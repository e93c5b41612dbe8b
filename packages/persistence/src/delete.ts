import { type DeleteCommand, type DeleteResult, isTerminal } from "@waymark/engine/backend";
import type { CommitContext } from "./commit-context.ts";
import { drain } from "./instance-status.ts";

/** What no foreign key ties to the instance goes here, the rest with its row. */
export async function deleteInstance(ctx: CommitContext, command: DeleteCommand): Promise<DeleteResult> {
	const row = await ctx.newest(command.instanceId);
	if (row === null) return { kind: "not_found" };
	if (command.expectedRunId !== null && command.expectedRunId !== row.run_id) {
		const because = "another run of this id has started since";
		return { kind: "conflict", instance: await ctx.record(row), because };
	}
	await drain(ctx, row);
	if (!isTerminal(row.status))
		return { kind: "conflict", instance: await ctx.record(row), because: "it has not ended" };
	await ctx.writeBack();
	const gone = await ctx.sql.all<{ run_id: string }>(
		`DELETE FROM instance WHERE instance_id = ? AND NOT EXISTS (
			SELECT 1 FROM instance i WHERE i.instance_id = ? AND i.status NOT IN ('completed', 'failed', 'cancelled'))
		RETURNING run_id`,
		command.instanceId,
		command.instanceId,
	);
	for (const { run_id } of gone) {
		await ctx.sql.run("DELETE FROM open_node WHERE run_id = ?", run_id);
		await ctx.sql.run("DELETE FROM checkpoint WHERE run_id = ?", run_id);
		ctx.forget(run_id);
	}
	return { kind: "deleted", runs: gone.length };
}
