import type { DefinitionRecord, InstanceRecord, WorkerRecord } from "@waymark/engine/backend";
import { INSTANCE_COLUMNS, type InstanceRow } from "./instance-row.ts";
import { OWNED } from "./owned-nodes.ts";
import type { ReadClient } from "./read-client.ts";
import { toInstance, toWorker, type WorkerRow } from "./record-mapper.ts";
import { shownInstance } from "./shown-instance.ts";
import type { Database, Sql } from "./sql.ts";

/** The newest run of that id. Drivers and waiting clients ask this often: plain SQL, and a transaction only if need be. */
export async function readInstance(database: Database, instanceId: string): Promise<InstanceRecord | null> {
	const row = await database.look(async (sql) => newestRow(sql, instanceId));
	if (row === undefined) return null;
	if (row.control === "none") return toInstance(row);
	return database.read(async (sql, now) => {
		const again = await newestRow(sql, instanceId);
		return again === undefined ? null : shownInstance(sql, now, again);
	});
}

function newestRow(sql: Sql, instanceId: string) {
	const text = `SELECT ${INSTANCE_COLUMNS} FROM instance WHERE instance_id = ? ORDER BY generation DESC LIMIT 1`;
	return sql.get<InstanceRow>(text, instanceId);
}

/** Of those runs that exist. One statement, whatever their number. */
export async function readVersions(sql: Sql, runIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
	if (runIds.length === 0) return new Map();
	const rows = await sql.all<{ readonly run_id: string; readonly version: number }>(
		`SELECT run_id, version FROM instance WHERE ${sql.dialect.memberOf("run_id")}`,
		JSON.stringify(runIds),
	);
	return new Map(rows.map(({ run_id, version }) => [run_id, Number(version)]));
}

export async function readDefinition(client: ReadClient, hash: string): Promise<DefinitionRecord | null> {
	const found = await client.definition.findUnique({ where: { hash } });
	if (found === null) return null;
	const { workflow, plannedNodes, graph } = found;
	return { hash, workflow, plannedNodes, graph: JSON.parse(graph) as DefinitionRecord["graph"] };
}

export async function readWorkers(sql: Sql): Promise<WorkerRecord[]> {
	const rows = await sql.all<WorkerRow>(
		`SELECT worker_id, name, slots, started_at, heartbeat_at, expires_at, profile,
			(SELECT COUNT(*) FROM open_node n WHERE n.owner = worker.worker_id AND n.${OWNED}) AS held
		FROM worker ORDER BY started_at, worker_id`,
	);
	return rows.map(toWorker);
}
