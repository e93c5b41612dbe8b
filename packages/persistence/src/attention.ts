import { type Attention, COUNT_LIMIT, type RetryingNode, type StalledInstance } from "@waymark/engine/backend";
import { CONTROLLED, INSTANCE_COLUMNS, type InstanceRow, MOVING } from "./instance-row.ts";
import { orphansAmong } from "./orphans.ts";
import { toInstance } from "./record-mapper.ts";
import type { Sql } from "./sql.ts";
import { longestWaits } from "./waits.ts";

/** How many of the oldest instances of a status, and of the newest retries, are looked at. */
const AMONG = 100;

/** What may need a person. Every part reads a bounded number of rows. */
export async function listAttention(sql: Sql, now: number, limit: number): Promise<Attention> {
	const most = Math.min(Math.max(1, Math.trunc(limit)), AMONG);
	const failed = await sql.all<InstanceRow>(
		`SELECT ${INSTANCE_COLUMNS} FROM instance WHERE status = 'failed' AND ended_at IS NOT NULL
		ORDER BY ended_at DESC LIMIT ${most}`,
	);
	return {
		now,
		failed: failed.map(toInstance),
		stalled: (await stalled(sql, now)).slice(0, most),
		retrying: (await retrying(sql)).slice(0, most),
		retryingCount: await countRetrying(sql),
		waiting: await longestWaits(sql, most, AMONG),
	};
}

async function stalled(sql: Sql, now: number): Promise<StalledInstance[]> {
	const controlled = await sql.all<InstanceRow>(
		`SELECT ${INSTANCE_COLUMNS} FROM instance WHERE ${CONTROLLED} LIMIT ${AMONG}`,
	);
	const oldest = (await oldestMoving(sql)).map(({ run_id }) => run_id);
	const orphans = oldest.length === 0 ? [] : await orphansAmong(sql, JSON.stringify(oldest));
	const orphaned = new Set(orphans.map(({ runId }) => runId));
	const idle = oldest.length === 0 ? [] : await unclaimed(sql, now, JSON.stringify(oldest));
	return [
		...orphans.map((instance): StalledInstance => ({ instance, why: "orphan", path: null, since: instance.updatedAt })),
		...controlled.map(
			(row): StalledInstance => ({ instance: toInstance(row), why: "control", path: null, since: row.updated_at }),
		),
		...idle.filter(({ instance }) => !orphaned.has(instance.runId)),
	];
}

function oldestMoving(sql: Sql) {
	const parts = MOVING.map(
		(status) => `SELECT run_id FROM (SELECT run_id FROM instance WHERE status = '${status}'
			ORDER BY created_at, run_id LIMIT ${AMONG}) s`,
	);
	return sql.all<{ run_id: string }>(parts.join(" UNION ALL "));
}

/** Something is ready there, and no live worker holds anything of it. */
async function unclaimed(sql: Sql, now: number, runs: string): Promise<StalledInstance[]> {
	const rows = await sql.all<InstanceRow & { readonly node_path: string; readonly node_since: number | null }>(
		`SELECT ${INSTANCE_COLUMNS.split(", ")
			.map((column) => `i.${column}`)
			.join(", ")}, idle.path AS node_path, idle.since AS node_since
		FROM (
			SELECT n.run_id, MIN(n.path) AS path, MIN(n.due_at) AS since,
				SUM(CASE WHEN w.expires_at >= ? THEN 1 ELSE 0 END) AS held
			FROM open_node n LEFT JOIN worker w ON w.worker_id = n.owner
			WHERE ${sql.dialect.memberOf("n.run_id")} AND n.state IN ('ready', 'running')
			GROUP BY n.run_id) idle
		JOIN instance i ON i.run_id = idle.run_id
		WHERE idle.held = 0 AND (i.control = 'none') IS TRUE ORDER BY i.created_at, i.run_id`,
		now,
		runs,
	);
	return rows.map((row) => ({
		instance: toInstance(row),
		why: "unclaimed",
		path: row.node_path,
		since: row.node_since ?? row.created_at,
	}));
}

async function retrying(sql: Sql): Promise<RetryingNode[]> {
	const rows = await sql.all<{
		instance_id: string;
		run_id: string;
		workflow: string;
		path: string;
		attempt: number;
		due_at: number | null;
	}>(
		`SELECT i.instance_id, i.run_id, i.workflow, n.path, n.attempt, n.due_at
		FROM (SELECT run_id, path, attempt, due_at FROM open_node${sql.dialect.indexedBy("open_node_retrying")} WHERE state = 'retrying'
			ORDER BY run_id DESC LIMIT ${AMONG}) n
		JOIN instance i ON i.run_id = n.run_id`,
	);
	return rows
		.map((row) => ({
			instanceId: row.instance_id,
			runId: row.run_id,
			workflow: row.workflow,
			path: row.path,
			attempt: row.attempt,
			nextAt: row.due_at,
		}))
		.sort((a, b) => b.attempt - a.attempt);
}

async function countRetrying(sql: Sql): Promise<number> {
	const found = await sql.get<{ n: number }>(
		`SELECT COUNT(*) AS n FROM (SELECT 1 FROM open_node${sql.dialect.indexedBy("open_node_retrying")}
			WHERE state = 'retrying' LIMIT ${COUNT_LIMIT + 1}) s`,
	);
	return found?.n ?? 0;
}
