import type { ClaimCommand, ClaimResult, Grant } from "@waymark/engine/backend";
import { appendAttempt, workerLost } from "./attempts.ts";
import { byRank, earliestDue, freeRows, orphanedRows, rowsOfRun } from "./claimable.ts";
import type { CommitContext } from "./commit-context.ts";
import { runsCode, toGrant } from "./grants.ts";
import { refreshStatus } from "./instance-status.ts";
import type { OpenNodeRow } from "./open-node-row.ts";

export async function claim(ctx: CommitContext, command: ClaimCommand): Promise<ClaimResult> {
	await ctx.writeBack();
	const grants: Grant[] = [];
	if (command.slots > 0 && (await ctx.isLive(command.owner))) {
		for (const node of await claimable(ctx, command)) {
			const grant = await grantNode(ctx, node, command.owner);
			if (grant !== null) grants.push(grant);
		}
	}
	return { grants, nextDueAt: await earliestDue(ctx, command), now: ctx.now };
}

/** At most `slots` rows, best rank first. */
async function claimable(ctx: CommitContext, command: ClaimCommand): Promise<OpenNodeRow[]> {
	if (command.runId !== null) return rowsOfRun(ctx, command, command.runId);
	const orphaned = await orphanedRows(ctx, command);
	const free = await freeRows(ctx, command);
	if (orphaned.length === 0) return free;
	return [...orphaned, ...free].sort(byRank(command)).slice(0, command.slots);
}

async function grantNode(ctx: CommitContext, node: OpenNodeRow, owner: string): Promise<Grant | null> {
	const row = await ctx.instance(node.run_id);
	if (row === null) return null;
	const version = ctx.touch(row);
	const takenOver = node.owner !== null && node.state === "running";
	const granted = {
		...node,
		state: runsCode(node.opened_as) ? "running" : node.state,
		epoch: node.epoch + 1,
		attempt: node.attempt + (takenOver ? 1 : 0),
		crashes: node.crashes + (takenOver ? 1 : 0),
	};
	const changed = await ctx.sql.run(
		`UPDATE open_node SET state = ?, epoch = ?, attempt = ?, crashes = ?, owner = ?, granted_at = ?, version = ?
		WHERE run_id = ? AND path = ? AND epoch = ?`,
		granted.state,
		granted.epoch,
		granted.attempt,
		granted.crashes,
		owner,
		ctx.now,
		version,
		node.run_id,
		node.path,
		node.epoch,
	);
	if (changed !== 1) return null;
	ctx.claimed.push({ runId: node.run_id, path: node.path, owner, epoch: granted.epoch });
	if (takenOver) await recordLost(ctx, node, version);
	row.started_at ??= ctx.now;
	await refreshStatus(ctx, row);
	return toGrant(row, granted, node.state === "ready" || node.state === "running" ? null : node.due_at);
}

/** The worker died while it ran the attempt: that counts, before user code runs again. */
async function recordLost(ctx: CommitContext, node: OpenNodeRow, version: number): Promise<void> {
	const worker = node.owner ?? "";
	await appendAttempt(ctx, node.run_id, {
		path: node.path,
		epoch: node.epoch,
		attempt: node.attempt,
		outcome: "lost",
		error: workerLost(worker),
		startedAt: node.granted_at ?? ctx.now,
		finishedAt: ctx.now,
		worker,
		nextAttemptAt: ctx.now,
		version,
	});
}
