import { decideDrained, isTerminal, liveStatus, type TerminalStatus } from "@waymark/engine/backend";
import type { CommitContext } from "./commit-context.ts";
import type { Ending, InstanceHead } from "./instance-row.ts";
import { inFlight, openStates } from "./open-nodes.ts";

/** What a live instance holds where an ended one says how it ended. */
export const NOT_ENDED: Ending = { ended_at: null, output: null, failed_path: null, error: null };

/** Brings status and control to what the open nodes now say. Answers whether that changed anything. */
export async function refreshStatus(ctx: CommitContext, row: InstanceHead): Promise<boolean> {
	if (isTerminal(row.status)) return false;
	if (row.control !== "none") return drain(ctx, row);
	if (row.status === "paused") return false;
	const status = liveStatus(await openStates(ctx, row.run_id), row.started_at);
	if (status === row.status) return false;
	ctx.touch(row);
	row.status = status;
	return true;
}

/** Brings the status to what a node says that is ready now. While a request waits, or the instance is paused, that decides. */
export function showReady(ctx: CommitContext, row: InstanceHead): void {
	if (row.control !== "none" || row.status === "paused") return;
	const status = liveStatus(["ready"], row.started_at);
	if (status === row.status) return;
	ctx.touch(row);
	row.status = status;
}

/** Ends `pausing` or `cancelling` if nothing is in flight any more. */
export async function drain(ctx: CommitContext, row: InstanceHead): Promise<boolean> {
	if (row.control === "none" || (await inFlight(ctx, row.run_id)).length > 0) return false;
	const next = decideDrained(row);
	ctx.touch(row);
	if (isTerminal(next.status)) {
		await endInstance(ctx, row, next.status);
	} else {
		row.status = next.status;
		row.control = next.control;
	}
	return true;
}

/** Ends the run. Only a failed one keeps its open rows, for its retry. */
export async function endInstance(
	ctx: CommitContext,
	row: InstanceHead,
	status: TerminalStatus,
	how: Partial<Omit<Ending, "ended_at">> = {},
): Promise<void> {
	ctx.touch(row);
	row.status = status;
	row.control = "none";
	row.ending = { ...NOT_ENDED, ...how, ended_at: ctx.now };
	if (status !== "failed") await ctx.sql.run("DELETE FROM open_node WHERE run_id = ?", row.run_id);
}
