import {
	COUNT_LIMIT,
	checkPageLimit,
	cursorAt,
	type InstanceStatus,
	type OpenWait,
	parseCursor,
	type WaitCount,
	type WaitPage,
	type WaitQuery,
} from "@waymark/engine/backend";
import type { Sql } from "./sql.ts";
import { allOf, literal, type SqlText, sqlText, word } from "./sql-text.ts";

/** Between the parts of a cursor: names and ids hold no line break. */
const SEPARATOR = "\n";

const MOST_NAMES = 200;

export async function listWaits(sql: Sql, now: number, { signal, limit, cursor }: WaitQuery): Promise<WaitPage> {
	checkPageLimit(limit);
	const [name = "", run = "", place = ""] = cursor === null ? [] : parseCursor(cursor).id.split(SEPARATOR);
	const walked = word(sql.dialect.indexedBy("open_node_awaiting"));
	const keys = sqlText`SELECT run_id, place, path, signal_name, due_at, opened_version FROM open_node${walked} WHERE ${allOf(
		[
			word("state = 'awaiting_signal'"),
			signal === null ? null : sqlText`signal_name = ${signal}`,
			cursor === null ? null : sqlText`(signal_name, run_id, place) > (${name}, ${run}, ${Number(place)})`,
		],
	)} ORDER BY signal_name, run_id, place LIMIT ${literal(limit + 1)}`;
	const { text, values } = sqlText`${waitsOf(keys)} ORDER BY n.signal_name, n.run_id, n.place`;
	const rows = await sql.all<WaitRow>(text, ...values);
	const page = rows.slice(0, limit);
	const last = page.at(-1);
	return {
		now,
		waits: page.map(toWait),
		nextCursor:
			rows.length > limit && last !== undefined
				? cursorAt(0, [last.signal_name, last.run_id, last.place].join(SEPARATOR))
				: null,
	};
}

/** Walks from name to name, so that a name with a million waits costs no more than one with ten. */
export async function countWaits(sql: Sql): Promise<WaitCount[]> {
	const waits = `open_node${sql.dialect.indexedBy("open_node_awaiting")}`;
	const names = await sql.all<{ name: string }>(
		`WITH RECURSIVE names(name) AS (
			SELECT MIN(signal_name) FROM ${waits} WHERE state = 'awaiting_signal'
			UNION ALL
			SELECT (SELECT MIN(signal_name) FROM ${waits} WHERE state = 'awaiting_signal' AND signal_name > names.name)
			FROM names WHERE names.name IS NOT NULL)
		SELECT name FROM names WHERE name IS NOT NULL LIMIT ${MOST_NAMES}`,
	);
	const counts: WaitCount[] = [];
	for (const { name } of names) {
		const found = await sql.get<{ n: number }>(
			`SELECT COUNT(*) AS n FROM (SELECT 1 FROM ${waits} WHERE state = 'awaiting_signal' AND signal_name = ?
				LIMIT ${COUNT_LIMIT + 1}) s`,
			name,
		);
		counts.push({ signal: name, waits: found?.n ?? 0 });
	}
	return counts;
}

/** The longest of the waits that the oldest instances have: their ages are not stored, so no index is in their order. */
export async function longestWaits(sql: Sql, limit: number, among: number): Promise<OpenWait[]> {
	const oldest = await sql.all<{ run_id: string }>(
		`SELECT run_id FROM instance WHERE status = 'awaiting_signal' ORDER BY created_at, run_id LIMIT ${among}`,
	);
	if (oldest.length === 0) return [];
	const keys: SqlText = {
		text: `SELECT run_id, place, path, signal_name, due_at, opened_version FROM open_node
			WHERE ${sql.dialect.memberOf("run_id")} AND state IN ('awaiting_signal') LIMIT ${among}`,
		values: [JSON.stringify(oldest.map(({ run_id }) => run_id))],
	};
	const { text, values } = waitsOf(keys);
	const rows = await sql.all<WaitRow>(text, ...values);
	return rows
		.map(toWait)
		.sort((a, b) => a.since - b.since)
		.slice(0, limit);
}

/** A wait begins when the node before it ends, and that is recorded in the commit that opens it. */
function waitsOf(keys: SqlText): SqlText {
	return sqlText`SELECT n.run_id, n.place, n.path, n.signal_name, n.due_at, i.instance_id, i.workflow, i.status, COALESCE(
			(SELECT MAX(c.finished_at) FROM checkpoint c WHERE c.run_id = n.run_id AND c.version = n.opened_version),
			(SELECT MAX(a.finished_at) FROM attempt a WHERE a.run_id = n.run_id AND a.version = n.opened_version),
			i.created_at) AS since
		FROM (${keys}) n JOIN instance i ON i.run_id = n.run_id`;
}

interface WaitRow {
	readonly run_id: string;
	readonly place: number;
	readonly path: string;
	readonly signal_name: string;
	readonly due_at: number | null;
	readonly instance_id: string;
	readonly workflow: string;
	readonly status: InstanceStatus;
	readonly since: number;
}

function toWait(row: WaitRow): OpenWait {
	return {
		instanceId: row.instance_id,
		runId: row.run_id,
		workflow: row.workflow,
		status: row.status,
		path: row.path,
		signal: row.signal_name,
		since: row.since,
		timeoutAt: row.due_at,
	};
}
