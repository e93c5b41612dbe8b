import {
	COUNT_LIMIT,
	checkPageLimit,
	cursorAt,
	INSTANCE_STATUSES,
	type InstanceCounts,
	type InstanceFilter,
	type InstancePage,
	type InstanceQuery,
	type InstanceStatus,
	isTerminal,
	type ListedInstance,
	MATCH_LIMIT,
	type MatchCount,
	type NodeActivity,
	parseCursor,
} from "@waymark/engine/backend";
import { INSTANCE_COLUMNS, type InstanceRow } from "./instance-row.ts";
import { type Place, type Search, STRETCH, searchOf } from "./instance-search.ts";
import { toInstance } from "./record-mapper.ts";
import type { Sql } from "./sql.ts";
import { allOf, literal, sqlText, word } from "./sql-text.ts";

const COLUMNS = word(
	INSTANCE_COLUMNS.split(", ")
		.map((column) => `i.${column}`)
		.join(", "),
);

/** Few texts stay few prepared statements: a page of any size is read as one of these. */
const SIZES = [51, 101, 201];

/** One page, by keyset: as fast at the end as at the beginning. Reads no payload. */
export async function listInstances(sql: Sql, now: number, query: InstanceQuery): Promise<InstancePage> {
	checkPageLimit(query.limit);
	const search = await searchOf(sql, now, query, query.cursor === null ? null : parseCursor(query.cursor));
	const wanted = SIZES.find((size) => size > query.limit) ?? 201;
	const most = search.rest.length === 0 ? wanted : STRETCH;
	const statement = sqlText`SELECT ${COLUMNS} FROM (${search.candidates(most)}) c JOIN instance i ON i.run_id = c.run_id
		WHERE ${allOf(search.rest)} ORDER BY ${search.order("c")} LIMIT ${literal(wanted)}`;
	const rows = await sql.all<InstanceRow>(statement.text, ...statement.values);
	const page = rows.slice(0, query.limit);
	const next =
		rows.length > query.limit ? placeOf(page.at(-1)) : search.rest.length === 0 ? null : await endOf(sql, search);
	if (query.towards === "newer") page.reverse();
	return {
		now,
		instances: await withActivity(sql, page),
		nextCursor: next === null ? null : cursorAt(next.at, next.id),
	};
}

function placeOf(row: InstanceRow | undefined): Place | null {
	return row === undefined ? null : { at: row.created_at, id: row.run_id };
}

/** The last candidate of a stretch that was looked at whole; null if the walk had come to its end. */
async function endOf(sql: Sql, search: Search): Promise<Place | null> {
	const { text, values } = sqlText`SELECT COUNT(*) OVER () AS n, c.created_at AS at, c.run_id AS id
		FROM (${search.candidates(STRETCH)}) c ORDER BY ${search.reversed("c")} LIMIT 1`;
	const found = await sql.get<{ n: number; at: number; id: string }>(text, ...values);
	return found === undefined || found.n < STRETCH ? null : { at: found.at, id: found.id };
}

/** What the open nodes of the page's live instances do: one statement for all of them. */
async function withActivity(sql: Sql, rows: readonly InstanceRow[]): Promise<ListedInstance[]> {
	const live = rows.filter(({ status }) => !isTerminal(status)).map(({ run_id }) => run_id);
	const found =
		live.length === 0
			? []
			: await sql.all<ActivityRow>(
					`SELECT n.run_id, n.state, COUNT(*) AS nodes, MIN(n.path) AS path, MAX(n.attempt) AS attempt,
						MIN(n.due_at) AS next_at, MIN(n.signal_name) AS signal
					FROM open_node n WHERE ${sql.dialect.memberOf("n.run_id")}
					GROUP BY n.run_id, n.state ORDER BY n.run_id, n.state`,
					JSON.stringify(live),
				);
	const byRun = new Map<string, ActivityRow[]>();
	for (const row of found) byRun.set(row.run_id, [...(byRun.get(row.run_id) ?? []), row]);
	return rows.map((row) => ({ ...toInstance(row), activity: (byRun.get(row.run_id) ?? []).map(toActivity) }));
}

interface ActivityRow {
	readonly run_id: string;
	readonly state: NodeActivity["state"];
	readonly nodes: number;
	readonly path: string;
	readonly attempt: number;
	readonly next_at: number | null;
	readonly signal: string | null;
}

function toActivity({ state, nodes, path, attempt, next_at, signal }: ActivityRow): NodeActivity {
	return { state, nodes, path, attempt, nextAt: next_at, signal };
}

/** Walks as a page does: to the limit if the walk meets the whole filter, else one stretch of it. */
export async function countMatching(sql: Sql, now: number, filter: InstanceFilter): Promise<MatchCount> {
	const { candidates, rest } = await searchOf(sql, now, { ...filter, limit: 1, cursor: null }, null);
	if (rest.length === 0) {
		const { text, values } = sqlText`SELECT COUNT(*) AS n FROM (${candidates(MATCH_LIMIT + 1)}) c`;
		const n = (await sql.get<{ n: number }>(text, ...values))?.n ?? 0;
		return { count: Math.min(n, MATCH_LIMIT), complete: n <= MATCH_LIMIT };
	}
	const { text, values } = sqlText`SELECT COUNT(*) AS walked, COUNT(CASE WHEN ${allOf(rest)} THEN 1 END) AS met
		FROM (${candidates(STRETCH)}) c JOIN instance i ON i.run_id = c.run_id`;
	const { walked, met } = (await sql.get<{ walked: number; met: number }>(text, ...values)) ?? { walked: 0, met: 0 };
	return { count: Math.min(met, MATCH_LIMIT), complete: walked < STRETCH && met <= MATCH_LIMIT };
}

/** Instances by status, and the names of all workflows. Counts along the index, and never further than it says. */
export async function countInstances(sql: Sql): Promise<InstanceCounts> {
	const parts = INSTANCE_STATUSES.map(
		(status) => `SELECT '${status}' AS status, COUNT(*) AS n
			FROM (SELECT 1 FROM instance WHERE status = '${status}' LIMIT ${COUNT_LIMIT + 1}) s`,
	);
	const counts = await sql.all<{ status: InstanceStatus; n: number }>(parts.join(" UNION ALL "));
	const names = await sql.all<{ workflow: string }>("SELECT DISTINCT workflow FROM definition");
	const byStatus = Object.fromEntries(counts.map(({ status, n }) => [status, n]));
	return { byStatus: byStatus as InstanceCounts["byStatus"], workflows: names.map(({ workflow }) => workflow).sort() };
}
