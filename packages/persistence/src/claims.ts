import type { ClaimCommand, ClaimResult, Grant } from "@waymark/engine/backend";
import { allEnded } from "./all-ended.ts";
import { byRank, earliestDue, freeRows, orphanedRows, readLeases, rowsOfRun } from "./claimable.ts";
import type { CommitContext } from "./commit-context.ts";
import { runsCode, toGrant } from "./grants.ts";
import type { DeathWatch } from "./guards.ts";
import type { InstanceHead } from "./instance-row.ts";
import type { OpenNodeRow } from "./open-node-row.ts";
import { type Taken, writeGrants } from "./write-grants.ts";

export async function claim(ctx: CommitContext, command: ClaimCommand, deaths: DeathWatch): Promise<ClaimResult> {
	await ctx.writeBack();
	// What is not awaited in between is one round trip, on a server that is asked in a pipeline.
	const [others, before] = await allEnded([deaths.endLeasesOfDead(ctx, command.owner), readLeases(ctx, command.owner)]);
	const { live, dead } = others.ended ? await readLeases(ctx, command.owner) : before;
	const nodes = command.slots > 0 && live ? await claimable(ctx, command, dead) : [];
	const taken = await takeNodes(ctx, nodes, command.owner);
	// What falls due next is none of what is due now: it may be asked before that is written.
	const [, , due] = await allEnded([writeGrants(ctx, taken), ctx.writeBack(), earliestDue(ctx, command)]);
	const next = [due, others.lookAgainAt].filter((at) => at !== null);
	return {
		grants: taken.map(grantOf),
		nextDueAt: next.length === 0 ? null : Math.min(...next),
		othersUntil: others.othersUntil,
		now: ctx.now,
	};
}

/** At most `slots` rows, best rank first. */
async function claimable(ctx: CommitContext, command: ClaimCommand, dead: readonly string[]): Promise<OpenNodeRow[]> {
	if (command.runId !== null) return rowsOfRun(ctx, command, command.runId, dead);
	const orphaned = await orphanedRows(ctx, command, dead);
	const free = await freeRows(ctx, command);
	if (orphaned.length === 0) return free;
	return [...orphaned, ...free].sort(byRank(command)).slice(0, command.slots);
}

/** Marks these rows, which this transaction has to itself, as taken; `writeGrants` and `writeBack` write it. */
async function takeNodes(ctx: CommitContext, nodes: readonly OpenNodeRow[], owner: string): Promise<Taken[]> {
	await ctx.instances(nodes.map((node) => node.run_id));
	const taken: Taken[] = [];
	for (const node of nodes) {
		const row = await ctx.instance(node.run_id);
		if (row !== null) taken.push(take(ctx, row, node, owner));
	}
	for (const { row, granted } of taken) {
		ctx.claimed.push({ runId: row.run_id, path: granted.path, owner, epoch: granted.epoch });
		row.started_at ??= ctx.now;
		// A wait that is granted stays what it is; what was only waiting to be started now is.
		if (granted.state === "running" || row.status === "pending") row.status = "in_progress";
	}
	return taken;
}

function grantOf({ row, node, granted }: Taken): Grant {
	return toGrant(row, granted, node.state === "ready" || node.state === "running" ? null : node.due_at);
}

function take(ctx: CommitContext, row: InstanceHead, node: OpenNodeRow, owner: string): Taken {
	const takenOver = node.owner !== null && node.state === "running";
	const granted: OpenNodeRow = {
		...node,
		state: runsCode(node.opened_as) ? "running" : node.state,
		epoch: node.epoch + 1,
		attempt: node.attempt + (takenOver ? 1 : 0),
		crashes: node.crashes + (takenOver ? 1 : 0),
		owner,
		granted_at: ctx.now,
		version: ctx.touch(row),
	};
	return { row, node, granted, takenOver };
}
