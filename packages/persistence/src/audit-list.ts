import {
	type AuditRecord,
	checkPageLimit,
	cursorAt,
	parseCursor,
	type RequestPage,
	type RequestQuery,
} from "@waymark/engine/backend";
import { type ControlRequestRow, toControlRequest } from "./record-mapper.ts";
import type { Sql } from "./sql.ts";
import { allOf, literal, type SqlText, sqlText } from "./sql-text.ts";

/** Rows of the audit that one page looks at (see instance-search.ts). */
const STRETCH = 2_000;

interface Row extends ControlRequestRow {
	readonly instance_id: string;
	readonly workflow: string;
}

/** Newest first. The requests of one instance are found by its runs, all others along the time. */
export async function listRequests(sql: Sql, now: number, query: RequestQuery): Promise<RequestPage> {
	checkPageLimit(query.limit);
	const keys = candidates(sql, query);
	const { text, values } =
		sqlText`SELECT r.request_id, r.run_id, r.kind, r.path, r.requested_by, r.reason, r.requested_at, r.result,
			r.status_before, r.status_after, r.because, r.version, i.instance_id, i.workflow
		FROM (${keys}) c JOIN control_request r ON r.request_id = c.request_id JOIN instance i ON i.run_id = r.run_id
		WHERE ${allOf([
			anyOf(sql, "r.kind", query.kinds),
			anyOf(sql, "r.result", query.results),
			query.by === null ? null : sqlText`r.requested_by = ${query.by}`,
		])} ORDER BY c.requested_at DESC, c.request_id DESC LIMIT ${literal(query.limit + 1)}`;
	const rows = await sql.all<Row>(text, ...values);
	const page = rows.slice(0, query.limit);
	const last = page.at(-1);
	const more = rows.length > query.limit && last !== undefined;
	return {
		now,
		requests: page.map(toAudit),
		nextCursor: more ? cursorAt(last.requested_at, last.request_id) : await endOf(sql, keys),
	};
}

function candidates(sql: Sql, { instanceId, requestIds, cursor }: RequestQuery): SqlText {
	const from = cursor === null ? null : parseCursor(cursor);
	return sqlText`SELECT request_id, requested_at FROM control_request WHERE ${allOf([
		requestIds === undefined ? null : (anyOf(sql, "request_id", requestIds) ?? sqlText`1 = 0`),
		instanceId === null ? null : sqlText`run_id IN (SELECT run_id FROM instance WHERE instance_id = ${instanceId})`,
		from === null ? null : sqlText`(requested_at, request_id) < (${from.at}, ${from.id})`,
	])} ORDER BY requested_at DESC, request_id DESC LIMIT ${literal(STRETCH)}`;
}

async function endOf(sql: Sql, keys: SqlText): Promise<string | null> {
	const { text, values } =
		sqlText`SELECT COUNT(*) OVER () AS n, c.requested_at AS at, c.request_id AS id FROM (${keys}) c
		ORDER BY c.requested_at, c.request_id LIMIT 1`;
	const found = await sql.get<{ n: number; at: number; id: string }>(text, ...values);
	return found === undefined || found.n < STRETCH ? null : cursorAt(found.at, found.id);
}

function anyOf(sql: Sql, column: string, values: readonly string[]): SqlText | null {
	return values.length === 0 ? null : { text: sql.dialect.memberOf(column), values: [JSON.stringify(values)] };
}

function toAudit(row: Row): AuditRecord {
	return { ...toControlRequest(row), instanceId: row.instance_id, runId: row.run_id, workflow: row.workflow };
}
