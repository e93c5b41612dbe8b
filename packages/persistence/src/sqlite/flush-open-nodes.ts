import type { KnownNode, StoredRow } from "../flush/known-run.ts";
import { queuesAlike } from "../flush/plain-move.ts";
import type { SqliteSql } from "./sqlite-sql.ts";

/** What a flush does to open nodes. */

const OWNED = "WHERE run_id = ? AND place = ? AND epoch = ? AND owner = ?";
const FREE = "WHERE run_id = ? AND place = ? AND epoch = ? AND owner IS NULL";

export function deleteNode(sql: SqliteSql, runId: string, { place, path, epoch, owner }: StoredRow): void {
	const changed =
		owner === null
			? sql.run(`DELETE FROM open_node ${FREE}`, runId, place, epoch)
			: sql.run(`DELETE FROM open_node ${OWNED}`, runId, place, epoch, owner);
	assertHeld(changed, runId, path);
}

const MOVE = `UPDATE open_node SET path = ?, state = ?, opened_as = ?, opened_version = ?, opened_ordinal = ?, attempt = ?,
	crashes = ?, epoch = ?, due_at = ?, signal_name = ?, signal_id = NULL, remaining = ?, input = ?, priority = ?, tags = ?,
	lane = ?, owner = ?, granted_at = ?, version = ?`;
const MOVE_OWNED = `${MOVE} ${OWNED}`;
const MOVE_FREE = `${MOVE} ${FREE}`;
/** Names no column that an index holds, so that the row is written over and nothing else. */
const MOVE_ON = `UPDATE open_node SET path = ?, opened_as = ?, opened_version = ?, opened_ordinal = ?, attempt = ?, crashes = ?,
	epoch = ?, signal_id = NULL, remaining = ?, input = ?, tags = ?, granted_at = ?, version = ? ${OWNED}`;

export function moveNode(
	sql: SqliteSql,
	runId: string,
	from: StoredRow,
	node: KnownNode,
	version: number,
	now: number,
): void {
	const write = queuesAlike(from, node) ? moveOn : moveOver;
	assertHeld(write(sql, runId, from, node, version, now), runId, from.path);
}

/** Answers how many rows it changed, as what follows does. */
function moveOver(
	sql: SqliteSql,
	runId: string,
	from: StoredRow,
	node: KnownNode,
	version: number,
	now: number,
): number {
	return sql.run(
		from.owner === null ? MOVE_FREE : MOVE_OWNED,
		node.path,
		node.state,
		node.opened_as,
		node.opened_version,
		node.opened_ordinal,
		node.attempt,
		node.crashes,
		node.epoch,
		node.dueInMs === null ? null : now + node.dueInMs,
		node.signal_name,
		node.remaining,
		node.input,
		node.priority,
		node.tags,
		node.lane,
		node.owner,
		node.owner === null ? null : now,
		version,
		runId,
		from.place,
		from.epoch,
		...(from.owner === null ? [] : [from.owner]),
	);
}

/** What its worker keeps has been due since that worker got the row. */
function moveOn(sql: SqliteSql, runId: string, from: StoredRow, node: KnownNode, version: number, now: number): number {
	return sql.run(
		MOVE_ON,
		node.path,
		node.opened_as,
		node.opened_version,
		node.opened_ordinal,
		node.attempt,
		node.crashes,
		node.epoch,
		node.remaining,
		node.input,
		node.tags,
		now,
		version,
		runId,
		from.place,
		from.epoch,
		from.owner,
	);
}

export function insertNode(sql: SqliteSql, runId: string, node: KnownNode, version: number, now: number): void {
	sql.run(
		`INSERT INTO open_node (run_id, place, path, state, opened_as, opened_version, opened_ordinal, attempt, crashes,
			epoch, due_at, signal_name, signal_id, remaining, input, priority, tags, lane, owner, granted_at, version)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, ?, ?, ?, ?, ?, ?, ?, ?)`,
		runId,
		node.place,
		node.path,
		node.state,
		node.opened_as,
		node.opened_version,
		node.opened_ordinal,
		node.attempt,
		node.crashes,
		node.epoch,
		node.dueInMs === null ? null : now + node.dueInMs,
		node.signal_name,
		node.remaining,
		node.input,
		node.priority,
		node.tags,
		node.lane,
		node.owner,
		node.owner === null ? null : now,
		version,
	);
}

export function answerWait(sql: SqliteSql, runId: string, node: KnownNode, version: number, now: number): void {
	const { place, path, stored, signal_id, epoch, owner } = node;
	const changed = sql.run(
		`UPDATE open_node SET state = 'ready', signal_id = ?, due_at = ?, epoch = ?, owner = ?, granted_at = ?, version = ?
		${FREE} AND state = 'awaiting_signal' AND (due_at IS NULL OR due_at > ?)`,
		...[signal_id, now, epoch, owner, owner === null ? null : now, version, runId, place, stored?.epoch ?? 0, now],
	);
	assertHeld(changed, runId, path);
}

/** Undoes the flush: the version that vouches for the row was right, and the row was not. */
export function assertHeld(changed: number, runId: string, path: string): void {
	if (changed !== 1) throw new Error(`The row ${path} of run ${runId} is not what its version vouches for.`);
}
