import { HEAD_COLUMNS_I, MOVING } from "./instance-row.ts";
import { OPEN_NODE_COLUMNS_N } from "./open-node-row.ts";
import { OWNED, OWNS_NODES } from "./owned-nodes.ts";
import type { Dialect } from "./sql.ts";

/**
 * The statements that look for rows a claim may take. Each filters by definition, tags and control before it limits.
 * They walk the index (state, owner, lane, priority, due_at): first from one (state, lane, priority) to the next, which
 * finds those that hold anything and passes over lanes that the caller cannot run in one step; then, in those that it
 * can, in order of due time. So neither a long queue nor rows that the caller cannot run make a claim slow.
 *
 * Limits and states are cast: SQLite prepares a statement anew whenever something else is bound to a bare `LIMIT ?`, or to
 * a bare parameter that it compares with the column of a partial index's condition. That took ten times as long as the
 * statement itself.
 */
export interface ClaimTexts {
	/**
	 * The first row of the next priority in that lane, as lane, priority, due_at, served. Binds definitions, tags, state,
	 * lane, priority.
	 */
	readonly nextPriority: string;
	/** The same of the first priority of the next lane. Binds definitions, tags, state, lane. */
	readonly nextLane: string;
	/** Binds state, lane, priority, now, definitions, tags, spared (see there), limit. */
	readonly free: string;
	/** All of that in one round trip, with the heads of the instances. Binds (definitions, tags) twice, now twice, definitions, tags, spared, aging, limit,
	 *  limit, now, definitions, tags, spared. */
	readonly freeOfAll: string;
	/** Binds state, lane, priority, now, definitions, tags. */
	readonly earliest: string;
	/** When the first retry that is left to others ceases to be. Binds avoid, lane, priority, then as `left` says. */
	readonly earliestLeft: string;
	/** The earliest of both, of all. Binds definitions, tags twice; now, definitions, tags; avoid; left; definitions, tags. */
	readonly earliestOfAll: string;
	/** Binds run id, now, definitions, tags. */
	readonly earliestOfRun: string;
	/** Whether a worker's lease holds, and with `live` 0 those whose leases have expired and who still own nodes. Binds worker, now, now. */
	readonly leases: string;
	/** Binds owners, definitions, tags, aging, limit. */
	readonly orphaned: string;
	/** Binds run id, now, owners, definitions, tags, aging, limit. */
	readonly ofRun: string;
}

const built = new WeakMap<Dialect, ClaimTexts>();

/** Built once: putting a text together, and finding its statement again, costs more than to run it. */
export function claimTexts(dialect: Dialect): ClaimTexts {
	const known = built.get(dialect);
	if (known !== undefined) return known;
	const texts = build(dialect);
	built.set(dialect, texts);
	return texts;
}

/** Before every lane that claims walk. */
export const BEFORE_ALL = -1;

/** CROSS, because SQLite then walks nodes and looks up instances, and never the other way round. */
const from = "FROM open_node n CROSS JOIN instance i WHERE i.run_id = n.run_id AND";
const limit = "LIMIT CAST(? AS INTEGER)";
const boundState = "CAST(? AS TEXT)";
const byRank = "ORDER BY n.due_at + n.priority * CAST(? AS BIGINT), n.priority";

/**
 * A retry that failed on this worker, while another lives. Binds owner, owner, now. A scalar, not EXISTS: PostgreSQL
 * made a join of that, which began with all attempts of the worker.
 */
const failedHere = `(SELECT a.worker FROM attempt a
		WHERE a.run_id = n.run_id AND a.path = n.path AND a.epoch = n.epoch) = ?
	AND EXISTS (SELECT 1 FROM worker w WHERE w.worker_id <> ? AND w.expires_at >= ?)`;

/** Not left to others, or not any longer. Binds since (now less AVOID_MS), owner, owner, now. */
const spared = `(n.state <> 'retrying' OR n.due_at <= ? OR NOT (${failedHere}))`;

function build(dialect: Dialect): ClaimTexts {
	// In one condition: PostgreSQL plans these while the tables are nearly empty, and took an index of one of its parts, all
	// instances that are not paused, for each node.
	const can = `${dialect.memberOf("i.definition_hash")} AND (n.tags = '[]' OR ${dialect.subsetOf("n.tags")})`;
	// Compared one by one: SQLite makes a table of a list, and two tables in one statement took it 50 µs to allocate.
	const goesOn = MOVING.map((status) => `i.status = '${status}'`).join(" OR ");
	const takes = `(i.control = 'none' AND (${goesOn})) IS TRUE AND ${can}`;
	// Every writer of a node locks its instance first; a claim takes both or neither, and waits for nobody.
	const locked = dialect.rowLocks?.skip("i", "n") ?? "";
	const inOrder = `ORDER BY ${dialect.queued}n.due_at`;
	const head = (state: string, after: string) =>
		`SELECT n.lane, n.priority, n.due_at,
			(n.lane = 0 OR EXISTS (SELECT 1 FROM instance i WHERE i.run_id = n.run_id AND ${can})) AS served
		FROM open_node n WHERE n.state = ${state} AND n.owner IS NULL AND ${after}
		ORDER BY ${dialect.queued}n.lane, n.priority, n.due_at LIMIT 1`;
	const seek = (state: string, lane: string, priority: string) =>
		`n.state = ${state} AND n.owner IS NULL AND n.lane = ${lane} AND n.priority = ${priority}`;
	const seekOf = (row: string) => seek(`${row}.state`, `${row}.lane`, `${row}.priority`);
	const seekBound = `${from} ${seek(boundState, "?", "?")}`;
	const heads = (...states: string[]) => `WITH RECURSIVE heads AS (
			SELECT s.state, h.* FROM (VALUES ${states.map((state) => `('${state}')`).join(", ")}) s(state)
				CROSS JOIN LATERAL (${head("s.state", `n.lane > ${BEFORE_ALL}`)}) h
			UNION ALL
			SELECT p.state, h.* FROM heads p CROSS JOIN LATERAL (${head("p.state", "(n.lane, n.priority) > (p.lane, CASE WHEN p.served THEN p.priority ELSE 9 END)")}) h)`;
	const left = `n.due_at > ? AND n.due_at <= ? AND ${failedHere}`;
	return {
		// Not as (lane, priority) > (?, ?): SQLite would go through all rows of the pair given.
		nextPriority: head(boundState, "n.lane = ? AND n.priority > ?"),
		nextLane: head(boundState, "n.lane > ?"),
		free: `SELECT ${OPEN_NODE_COLUMNS_N} ${seekBound} AND n.due_at <= ? AND ${takes} AND ${spared} ${inOrder} ${limit}`,
		// Looks first, so that no more of each queue is locked than this claim takes of it. LATERAL with a limit, not
		// EXISTS or a join: those were planned as a scan of all rows.
		freeOfAll: `${heads("ready", "retrying", "waiting", "awaiting_signal")}, best AS MATERIALIZED (
				SELECT b.state, b.lane, b.priority FROM heads h CROSS JOIN LATERAL (
					SELECT n.state, n.lane, n.priority, n.due_at ${from}
					${seekOf("h")} AND n.due_at <= ? AND ${takes} AND ${spared} ${inOrder} ${limit}) b
				WHERE h.served AND h.due_at <= ? ORDER BY b.due_at + b.priority * CAST(? AS BIGINT), b.priority ${limit}
			), wanted AS MATERIALIZED (SELECT state, lane, priority, COUNT(*) AS most FROM best GROUP BY 1, 2, 3)
			SELECT r.* FROM wanted c CROSS JOIN LATERAL (
				SELECT ${OPEN_NODE_COLUMNS_N}, ${HEAD_COLUMNS_I} ${from}
				${seekOf("c")} AND n.due_at <= ? AND ${takes} AND ${spared} ${inOrder} LIMIT c.most${locked}) r`,
		earliest: `SELECT n.due_at AS due_at ${seekBound} AND n.due_at > ? AND ${takes} ${inOrder} LIMIT 1`,
		earliestLeft: `SELECT n.due_at + CAST(? AS BIGINT) AS due_at ${from}
			${seek("'retrying'", "?", "?")} AND ${left} AND ${takes} ${inOrder} LIMIT 1`,
		earliestOfAll: `${heads("retrying", "waiting", "awaiting_signal")}
			SELECT MIN(e.due_at) AS due_at FROM heads h CROSS JOIN LATERAL (
				(SELECT n.due_at ${from} ${seekOf("h")} AND n.due_at > ? AND ${takes} ${inOrder} LIMIT 1)
				UNION ALL
				(SELECT n.due_at + CAST(? AS BIGINT) ${from}
				h.state = 'retrying' AND ${seekOf("h")} AND ${left} AND ${takes} ${inOrder} LIMIT 1)) e
			WHERE h.served`,
		earliestOfRun: `SELECT MIN(n.due_at) AS due_at ${from}
			n.run_id = ? AND n.state IN ('retrying', 'waiting', 'awaiting_signal') AND n.owner IS NULL
				AND n.due_at > ? AND ${takes}`,
		// The lock keeps a heartbeat out until the takeover has committed; one that came first has moved the expiry.
		leases: `SELECT worker_id, 1 AS live FROM worker WHERE worker_id = ? AND expires_at >= ?
			UNION ALL SELECT dead.worker_id, 0 FROM (
				SELECT worker_id FROM worker WHERE expires_at < ? AND ${OWNS_NODES}${dialect.rowLocks?.skip("worker") ?? ""}) dead`,
		orphaned: `SELECT ${OPEN_NODE_COLUMNS_N} ${from}
			n.${OWNED} AND ${dialect.memberOf("n.owner")}
				AND ${takes}
			${byRank} ${limit}${locked}`,
		ofRun: `SELECT ${OPEN_NODE_COLUMNS_N} ${from}
			n.run_id = ? AND n.state IN ('ready', 'running', 'retrying', 'waiting', 'awaiting_signal')
				AND n.due_at <= ? AND (n.owner IS NULL OR ${dialect.memberOf("n.owner")}
					OR NOT EXISTS (SELECT 1 FROM worker w WHERE w.worker_id = n.owner)) AND ${takes}
			${byRank} ${limit}${locked}`,
	};
}
