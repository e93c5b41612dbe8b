import type { InstanceRecord } from "@waymark/engine/backend";
import { INSTANCE_COLUMNS, type InstanceRow } from "./instance-row.ts";
import { toInstance } from "./record-mapper.ts";
import type { Sql } from "./sql.ts";

/**
 * Live, unpaused instances that neither a lease, a due time, a wait nor a pending request will ever move. A wait counts
 * unless it has no timeout and its signal lies unreserved beside it.
 */
const ORPHANED = `status IN ('pending', 'in_progress', 'waiting', 'awaiting_signal') AND control = 'none'
	AND NOT EXISTS (
		SELECT 1 FROM open_node n WHERE n.run_id = instance.run_id AND (
			n.state IN ('ready', 'running')
			OR (n.state IN ('retrying', 'waiting', 'awaiting_signal') AND n.due_at IS NOT NULL)
			OR (n.state = 'awaiting_signal' AND NOT EXISTS (
				SELECT 1 FROM signal s
				WHERE s.run_id = n.run_id AND s.name = n.signal_name AND s.reserved_for IS NULL))))`;

/** All there are: this walks every live instance. */
export async function readOrphans(sql: Sql): Promise<InstanceRecord[]> {
	const rows = await sql.all<InstanceRow>(
		`SELECT ${INSTANCE_COLUMNS} FROM instance WHERE ${ORPHANED} ORDER BY created_at, run_id`,
	);
	return rows.map(toInstance);
}

/** Those among these runs, a JSON array of their ids. */
export async function orphansAmong(sql: Sql, runs: string): Promise<InstanceRecord[]> {
	const rows = await sql.all<InstanceRow>(
		`SELECT ${INSTANCE_COLUMNS} FROM instance WHERE ${sql.dialect.memberOf("run_id")} AND ${ORPHANED}
		ORDER BY created_at, run_id`,
		runs,
	);
	return rows.map(toInstance);
}
