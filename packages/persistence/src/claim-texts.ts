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
	/** Binds state, priority, now, definitions, tags. */
	readonly earliest: string;
	/** Binds run id, now, definitions, tags. */
	readonly earliestOfRun: string;
	/** Binds owners, definitions, tags, limit. */
	readonly orphaned: string;
	/** Binds run id, now, now, definitions, tags, limit. */
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

function build(dialect: Dialect): ClaimTexts {
	const takes =
		`i.control = 'none' AND i.status IN ('pending', 'in_progress', 'waiting', 'awaiting_signal') ` +
		`AND ${dialect.memberOf("i.definition_hash")} AND (n.tags = '[]' OR ${dialect.subsetOf("n.tags")})`;
	const from = "FROM open_node n JOIN instance i ON i.run_id = n.run_id";
	const seek = `${from} WHERE n.state = ? AND n.owner IS NULL AND n.priority = ?`;
	const limit = "LIMIT CAST(? AS INTEGER)";
	return {
		free: `SELECT ${OPEN_NODE_COLUMNS_N} ${seek} AND n.due_at <= ? AND ${takes} ORDER BY n.due_at ${limit}`,
		earliest: `SELECT n.due_at AS due_at ${seek} AND n.due_at > ? AND ${takes} ORDER BY n.due_at LIMIT 1`,
		earliestOfRun: `SELECT MIN(n.due_at) AS due_at ${from}
			WHERE n.run_id = ? AND n.state IN ('retrying', 'waiting', 'awaiting_signal') AND n.owner IS NULL
				AND n.due_at > ? AND ${takes}`,
		orphaned: `SELECT ${OPEN_NODE_COLUMNS_N} ${from}
			WHERE n.state IN ('running', 'ready', 'waiting', 'awaiting_signal') AND ${dialect.memberOf("n.owner")}
				AND ${takes}
			ORDER BY n.priority, n.due_at ${limit}`,
		ofRun: `SELECT ${OPEN_NODE_COLUMNS_N} ${from} LEFT JOIN worker w ON w.worker_id = n.owner
			WHERE n.run_id = ? AND n.state IN ('ready', 'running', 'retrying', 'waiting', 'awaiting_signal')
				AND n.due_at <= ? AND (n.owner IS NULL OR w.worker_id IS NULL OR w.expires_at < ?) AND ${takes}
			ORDER BY n.priority, n.due_at ${limit}`,
	};
}
