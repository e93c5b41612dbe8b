import { appendAttempt, workerLost } from "./attempts.ts";
import type { CommitContext } from "./commit-context.ts";
import type { InstanceHead } from "./instance-row.ts";
import type { OpenNodeRow } from "./open-node-row.ts";
import { fromError } from "./record-mapper.ts";

/** One row that a claim takes: as it was, and as the grant leaves it. */
export interface Taken {
	readonly row: InstanceHead;
	readonly node: OpenNodeRow;
	readonly granted: OpenNodeRow;
	/** Its worker died while it ran the attempt: that counts, before user code runs again. */
	readonly takenOver: boolean;
}

/** Writes grants and lost attempts. A server, where every statement is a round trip, is asked once for all of them. */
export async function writeGrants(ctx: CommitContext, taken: readonly Taken[]): Promise<void> {
	const lost = taken.filter(({ takenOver }) => takenOver);
	if (ctx.sql.dialect.rowLocks === null) {
		for (const { node, granted } of taken) checkCount(await writeGrant(ctx, node, granted), 1);
		for (const one of lost) await appendAttempt(ctx, one.row.run_id, lostAttempt(ctx, one));
		return;
	}
	if (taken.length === 0) return;
	checkCount(await ctx.sql.run(ALL_GRANTS, JSON.stringify(taken.map(asGrant))), taken.length);
	if (lost.length === 0) return;
	await ctx.sql.run(ALL_LOST, JSON.stringify(lost.map((one) => asLost(ctx, one))));
}

function checkCount(changed: number, expected: number): void {
	if (changed !== expected) throw new Error("A node changed under the lock of the claim that takes it.");
}

function writeGrant(ctx: CommitContext, node: OpenNodeRow, granted: OpenNodeRow) {
	return ctx.sql.run(
		`UPDATE open_node SET state = ?, epoch = ?, attempt = ?, crashes = ?, owner = ?, granted_at = ?, version = ?
		WHERE run_id = ? AND place = ? AND epoch = ?`,
		granted.state,
		granted.epoch,
		granted.attempt,
		granted.crashes,
		granted.owner,
		granted.granted_at,
		granted.version,
		node.run_id,
		node.place,
		node.epoch,
	);
}

const ALL_GRANTS = `UPDATE open_node AS n SET state = g.state, epoch = g.epoch, attempt = g.attempt, crashes = g.crashes,
		owner = g.owner, granted_at = g.granted_at, version = g.version
	FROM jsonb_to_recordset(?::jsonb) AS g(run_id text, place integer, was integer, state text, epoch integer,
		attempt integer, crashes integer, owner text, granted_at bigint, version integer)
	WHERE n.run_id = g.run_id AND n.place = g.place AND n.epoch = g.was`;

function asGrant({ node, granted }: Taken) {
	const { run_id, place, state, epoch, attempt, crashes, owner, granted_at, version } = granted;
	return { run_id, place, was: node.epoch, state, epoch, attempt, crashes, owner, granted_at, version };
}

function lostAttempt(ctx: CommitContext, { node, granted }: Taken) {
	const worker = node.owner ?? "";
	return {
		path: node.path,
		epoch: node.epoch,
		attempt: node.attempt,
		outcome: "lost",
		error: workerLost(worker),
		startedAt: node.granted_at ?? ctx.now,
		finishedAt: ctx.now,
		worker,
		nextAttemptAt: ctx.now,
		version: granted.version,
	} as const;
}

const ALL_LOST = `INSERT INTO attempt (run_id, path, epoch, attempt, outcome, worker, started_at, finished_at,
		next_attempt_at, version, error)
	SELECT run_id, path, epoch, attempt, outcome, worker, "startedAt", "finishedAt", "nextAttemptAt", version, error
	FROM jsonb_to_recordset(?::jsonb) AS a(run_id text, path text, epoch integer, attempt integer, outcome text,
		worker text, "startedAt" bigint, "finishedAt" bigint, "nextAttemptAt" bigint, version integer, error text)`;

function asLost(ctx: CommitContext, taken: Taken) {
	const attempt = lostAttempt(ctx, taken);
	return { ...attempt, run_id: taken.row.run_id, error: fromError(attempt.error) };
}
