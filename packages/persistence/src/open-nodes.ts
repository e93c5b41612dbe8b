import { mayGrant, type OpenSpec } from "@waymark/engine/backend";
import type { CommitContext, Lease } from "./commit-context.ts";
import type { InstanceHead } from "./instance-row.ts";
import { laneIn } from "./lanes.ts";
import { OPEN_NODE_COLUMNS, type OpenNodeRow } from "./open-node-row.ts";
import type { SqlValue } from "./sql.ts";

/** An `open_node` row to be: opened in this transaction, and perhaps granted in it. */
export interface OpeningNode {
	readonly spec: OpenSpec;
	/** Place among the rows opened by this commit's command. */
	readonly ordinal: number;
	state: OpenNodeRow["state"];
	dueAt: number | null;
	signalId: string | null;
	owner: string | null;
}

export function opening(spec: OpenSpec, ordinal: number, now: number): OpeningNode {
	const timed = spec.dueInMs === null ? null : now + Math.round(spec.dueInMs);
	return {
		spec,
		ordinal,
		state: spec.state,
		dueAt: spec.state === "ready" ? now : timed,
		signalId: null,
		owner: null,
	};
}

/** Sets: nobody has the row, and it is as it was before it was granted. */
export const FREED = "state = CASE state WHEN 'running' THEN 'ready' ELSE state END, owner = NULL, granted_at = NULL";

/** Sets: its worker gives the row back. Which task of a chain it stands for has been due since it was granted. */
export const RELEASED = `${FREED}, due_at = CASE state WHEN 'running' THEN granted_at ELSE due_at END`;

/** What a settle asks of the row that it ends. */
export type HeldNode = Pick<OpenNodeRow, "path" | "owner" | "epoch" | "attempt" | "signal_id">;

export async function findHeldNode(ctx: CommitContext, runId: string, path: string): Promise<HeldNode | undefined> {
	const text = "SELECT path, owner, epoch, attempt, signal_id FROM open_node WHERE run_id = ? AND path = ?";
	return ctx.sql.get<HeldNode>(text, runId, path);
}

/** What a request asks of the open node that it is about; null: there is none. */
export async function findWaitingNode(
	ctx: CommitContext,
	runId: string,
	path: string,
): Promise<{ readonly state: OpenNodeRow["state"]; readonly dueAt: number | null } | null> {
	const text = "SELECT state, due_at FROM open_node WHERE run_id = ? AND path = ?";
	const found = await ctx.sql.get<Pick<OpenNodeRow, "state" | "due_at">>(text, runId, path);
	return found === undefined ? null : { state: found.state, dueAt: found.due_at };
}

/** Makes a node due now that waits for its next attempt. */
export async function hastenNode(ctx: CommitContext, row: InstanceHead, path: string): Promise<void> {
	const changed = await ctx.sql.run(
		`UPDATE open_node SET due_at = ?, version = ?
		WHERE run_id = ? AND path = ? AND state = 'retrying' AND owner IS NULL AND due_at > ?`,
		ctx.now,
		ctx.touch(row),
		row.run_id,
		path,
		ctx.now,
	);
	if (changed !== 1) throw new Error("A node changed under the lock of its instance.");
}

/** All columns but the run id, in the order of the statements below. */
function columnValues(ctx: CommitContext, row: InstanceHead, node: OpeningNode): SqlValue[] {
	const { spec } = node;
	const { version } = row;
	const tags = spec.tags.length === 0 ? "[]" : JSON.stringify(spec.tags);
	const granted = node.owner !== null;
	return [
		spec.path,
		node.state,
		spec.state,
		version,
		node.ordinal,
		granted ? 1 : 0,
		node.dueAt,
		spec.signal,
		node.signalId,
		spec.remaining,
		spec.input,
		spec.priority,
		tags,
		laneIn(row, tags),
		node.owner,
		granted ? ctx.now : null,
		version,
	];
}

export async function insertNode(ctx: CommitContext, row: InstanceHead, node: OpeningNode): Promise<void> {
	await ctx.sql.run(
		`INSERT INTO open_node (path, state, opened_as, opened_version, opened_ordinal, epoch, due_at, signal_name,
			signal_id, remaining, input, priority, tags, lane, owner, granted_at, version, run_id, place, attempt, crashes)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,
			(SELECT COALESCE(MAX(place) + 1, 0) FROM open_node WHERE run_id = ?), 1, 0)`,
		...columnValues(ctx, row, node),
		row.run_id,
		row.run_id,
	);
}

/**
 * Turns the settled row into the next node's, if the lease still matches: a chain keeps one row. What its worker keeps
 * has been due since that worker got the row: what is taken over from the dead goes in the order in which they began.
 */
export async function moveNode(
	ctx: CommitContext,
	lease: Lease,
	row: InstanceHead,
	node: OpeningNode,
): Promise<boolean> {
	const changed = await ctx.sql.run(
		`UPDATE open_node SET path = ?, state = ?, opened_as = ?, opened_version = ?, opened_ordinal = ?, epoch = ?,
			due_at = ${node.owner === null ? "?" : "COALESCE(due_at, ?)"}, signal_name = ?, signal_id = ?, remaining = ?,
			input = ?, priority = ?, tags = ?, lane = ?, owner = ?, granted_at = ?, version = ?, attempt = 1, crashes = 0
		WHERE run_id = ? AND path = ? AND owner = ? AND epoch = ?`,
		...columnValues(ctx, row, node),
		lease.runId,
		lease.path,
		lease.owner,
		lease.epoch,
	);
	return changed === 1;
}

/** Moves what is open out of the lanes that claims walk, or back, as the instance's control now says. */
export async function moveLanes(ctx: CommitContext, row: InstanceHead): Promise<void> {
	const lane = mayGrant(row) ? "ABS(lane)" : "-ABS(lane)";
	await ctx.sql.run(`UPDATE open_node SET lane = ${lane} WHERE run_id = ? AND lane <> ${lane}`, row.run_id);
}

/** Removes the settled row, if the lease still matches. */
export async function removeNode(ctx: CommitContext, lease: Lease): Promise<boolean> {
	const changed = await ctx.sql.run(
		"DELETE FROM open_node WHERE run_id = ? AND path = ? AND owner = ? AND epoch = ?",
		lease.runId,
		lease.path,
		lease.owner,
		lease.epoch,
	);
	return changed === 1;
}

/** Rows of the run with a live owner. */
export async function inFlight(ctx: CommitContext, runId: string): Promise<OpenNodeRow[]> {
	const owned = await ctx.sql.all<OpenNodeRow>(
		`SELECT ${OPEN_NODE_COLUMNS} FROM open_node WHERE run_id = ? AND owner IS NOT NULL ORDER BY path`,
		runId,
	);
	const live: OpenNodeRow[] = [];
	for (const node of owned) if (node.owner !== null && (await ctx.isLive(node.owner))) live.push(node);
	return live;
}

/** The states among the run's open nodes, each once; stops at the first that means work. */
export async function openStates(ctx: CommitContext, runId: string): Promise<OpenNodeRow["state"][]> {
	const busy = await ctx.sql.get<{ state: OpenNodeRow["state"] }>(
		"SELECT state FROM open_node WHERE run_id = ? AND state IN ('ready', 'running') LIMIT 1",
		runId,
	);
	if (busy !== undefined) return [busy.state];
	const rows = await ctx.sql.all<{ state: OpenNodeRow["state"] }>(
		"SELECT DISTINCT state FROM open_node WHERE run_id = ?",
		runId,
	);
	return rows.map((row) => row.state);
}
