import { decideDrained, type InstanceRecord } from "@waymark/engine/backend";
import type { InstanceRow } from "./instance-row.ts";
import { toInstance } from "./record-mapper.ts";
import type { Sql } from "./sql.ts";

/**
 * The instance as it stands now. A request that waits for tasks in flight is over as soon as the last of their owners
 * is dead; whoever calls `reap` next writes that down, and until then reads derive it.
 */
export async function shownInstance(sql: Sql, now: number, row: InstanceRow): Promise<InstanceRecord> {
	const instance = toInstance(row);
	if (row.control === "none") return instance;
	const flying = await sql.get(
		`SELECT 1 FROM open_node n JOIN worker w ON w.worker_id = n.owner AND w.expires_at >= ?
		WHERE n.run_id = ? LIMIT 1`,
		now,
		row.run_id,
	);
	return flying === undefined ? { ...instance, ...decideDrained(row) } : instance;
}
