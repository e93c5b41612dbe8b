import { OPEN_NODE_COLUMNS_N } from "./open-node-row.ts";
import type { Dialect } from "./sql.ts";

/**
 * The statements that look for rows a claim may take. Each filters by definition, tags and control before it limits,
 * and walks the index (state, owner, priority, due_at) in the order wanted, so that neither a long queue nor rows that
 * the caller cannot run make it slow. Limits are cast, because SQLite prepares a statement anew whenever a bare
 * `LIMIT ?` is bound.
 */
export interface ClaimTexts {
	/** Binds state, priority, now, definitions, tags, limit. */
	readonly free: string;
	/** Which of these seeks of free rows would find any, as `state`, `priority`. Binds seeks, now, definitions, tags. */
	readonly fruitful: string;
	/** Binds state, priority, now, definitions, tags. */
	readonly earliest: string;
	/** The earliest of all these seeks. Binds seeks, now, definitions, tags. */
	readonly earliestOfAll: string;
	/** Binds run id, now, definitions, tags. */
	readonly earliestOfRun: string;
	/** Workers whose leases have expired and who still own nodes. Binds now. */
	readonly dead: string;
	/** Binds owners, definitions, tags, limit. */
	readonly orphaned: string;
	/** Binds run id, now, owners, definitions, tags, limit. */
	readonly ofRun: string;
}

/** JSON of [state, priority] pairs as rows. Only a server, where every statement is a round trip, is asked this way. */
const SEEKS = `(SELECT p ->> 0 AS state, (p ->> 1)::integer AS priority FROM jsonb_array_elements(?::jsonb) p) s`;
const ofSeek = "n.state = s.state AND n.owner IS NULL AND n.priority = s.priority";

const built = new WeakMap<Dialect, ClaimTexts>();

/** Built once: putting a text together, and finding its statement again, costs more than to run it. */
export function claimTexts(dialect: Dialect): ClaimTexts {
	const known = built.get(dialect);
	if (known !== undefined) return known;
	const texts = build(dialect);
	built.set(dialect, texts);
	return texts;
}

function build(dialect: Dialect): ClaimTexts {
	const takes =
		`i.control = 'none' AND i.status IN ('pending', 'in_progress', 'waiting', 'awaiting_signal') ` +
		`AND ${dialect.memberOf("i.definition_hash")} AND (n.tags = '[]' OR ${dialect.subsetOf("n.tags")})`;
	const from = "FROM open_node n JOIN instance i ON i.run_id = n.run_id";
	// Every writer of a node locks its instance first; a claim takes both or neither, and waits for nobody.
	const locked = dialect.rowLocks?.skip("i", "n") ?? "";
	const seek = `${from} WHERE n.state = ? AND n.owner IS NULL AND n.priority = ?`;
	const limit = "LIMIT CAST(? AS INTEGER)";
	return {
		free: `SELECT ${OPEN_NODE_COLUMNS_N} ${seek} AND n.due_at <= ? AND ${takes} ORDER BY ${dialect.byDue} ${limit}${locked}`,
		// LATERAL with a limit, not EXISTS: that was planned as a join over all rows, 240 ms at 150,000 of them.
		fruitful: `SELECT s.state, s.priority FROM ${SEEKS} CROSS JOIN LATERAL (
			SELECT 1 ${from} WHERE ${ofSeek} AND n.due_at <= ? AND ${takes} ORDER BY ${dialect.byDue} LIMIT 1) f`,
		earliest: `SELECT n.due_at AS due_at ${seek} AND n.due_at > ? AND ${takes} ORDER BY ${dialect.byDue} LIMIT 1`,
		earliestOfAll: `SELECT MIN(e.due_at) AS due_at FROM ${SEEKS} CROSS JOIN LATERAL (
			SELECT n.due_at ${from} WHERE ${ofSeek} AND n.due_at > ? AND ${takes} ORDER BY ${dialect.byDue} LIMIT 1) e`,
		earliestOfRun: `SELECT MIN(n.due_at) AS due_at ${from}
			WHERE n.run_id = ? AND n.state IN ('retrying', 'waiting', 'awaiting_signal') AND n.owner IS NULL
				AND n.due_at > ? AND ${takes}`,
		// The lock keeps a heartbeat out until the takeover has committed; one that came first has moved the expiry.
		dead: `SELECT worker_id FROM worker WHERE expires_at < ? AND EXISTS (
			SELECT 1 FROM open_node n WHERE n.owner = worker.worker_id
				AND n.state IN ('running', 'ready', 'waiting', 'awaiting_signal'))${dialect.rowLocks?.skip("worker") ?? ""}`,
		orphaned: `SELECT ${OPEN_NODE_COLUMNS_N} ${from}
			WHERE n.state IN ('running', 'ready', 'waiting', 'awaiting_signal') AND ${dialect.memberOf("n.owner")}
				AND ${takes}
			ORDER BY n.priority, n.due_at ${limit}${locked}`,
		ofRun: `SELECT ${OPEN_NODE_COLUMNS_N} ${from}
			WHERE n.run_id = ? AND n.state IN ('ready', 'running', 'retrying', 'waiting', 'awaiting_signal')
				AND n.due_at <= ? AND (n.owner IS NULL OR ${dialect.memberOf("n.owner")}
					OR NOT EXISTS (SELECT 1 FROM worker w WHERE w.worker_id = n.owner)) AND ${takes}
			ORDER BY n.priority, n.due_at ${limit}${locked}`,
	};
}
