import { claimers, isServed, type UnservedWork } from "@waymark/engine/backend";
import { toProfile } from "./record-mapper.ts";
import type { Sql } from "./sql.ts";

interface Kind {
	readonly workflow: string;
	readonly hash: string;
	readonly tags: string;
	readonly nodes: number;
	readonly since: number;
}

export async function readUnserved(sql: Sql, now: number): Promise<UnservedWork[]> {
	const live = await sql.all<{ profile: string | null }>("SELECT profile FROM worker WHERE expires_at >= ?", now);
	const workers = claimers(live.map(({ profile }) => toProfile(profile)));
	if (workers.length === 0) return [];
	const kinds = await sql.all<Kind>(
		`SELECT i.workflow AS workflow, i.definition_hash AS hash, n.tags AS tags, COUNT(*) AS nodes,
			MIN(n.due_at) AS since ${WAITING_NOW} GROUP BY i.workflow, i.definition_hash, n.tags ORDER BY since`,
		now,
	);
	const unserved: UnservedWork[] = [];
	for (const { workflow, hash, tags: json, nodes, since } of kinds) {
		const tags = JSON.parse(json) as string[];
		if (isServed({ definitionHash: hash, tags }, workers)) continue;
		const first = await sql.get<{ instance_id: string }>(
			`SELECT i.instance_id ${WAITING_NOW} AND i.definition_hash = ? AND n.tags = ? ORDER BY n.due_at LIMIT 1`,
			...[now, hash, json],
		);
		unserved.push({ workflow, definitionHash: hash, tags, nodes, since, instanceId: first?.instance_id ?? "" });
	}
	return unserved;
}

const WAITING_NOW = `FROM open_node n JOIN instance i ON i.run_id = n.run_id
	WHERE n.state IN ('ready', 'retrying', 'waiting', 'awaiting_signal') AND n.owner IS NULL AND n.due_at <= ?
		AND (i.control = 'none' AND i.status IN ('pending', 'in_progress', 'waiting', 'awaiting_signal')) IS TRUE`;
