import type { InstanceFilter } from "@waymark/engine/backend";
import type { Dialect } from "./sql.ts";
import { type SqlText, sqlText, word } from "./sql-text.ts";

/** The conditions of a filter, by the fields that carry them. */
export type Condition =
	| "statuses"
	| "workflows"
	| "started"
	| "minDurationMs"
	| "retries"
	| "signal"
	| "idPrefix"
	| "error";

/** Conditions on a row `i` of instances, without those that are met already. Labels are always asked all. */
export function conditionsOf(
	dialect: Dialect,
	now: number,
	filter: InstanceFilter,
	met: ReadonlySet<Condition>,
): readonly SqlText[] {
	const asked: readonly (readonly [Condition | null, SqlText | null])[] = [
		["statuses", anyOf(dialect, "i.status", filter.statuses)],
		["workflows", anyOf(dialect, "i.workflow", filter.workflows)],
		["started", filter.startedFrom === undefined ? null : sqlText`i.created_at >= ${filter.startedFrom}`],
		["started", filter.startedTo === undefined ? null : sqlText`i.created_at < ${filter.startedTo}`],
		["minDurationMs", filter.minDurationMs === undefined ? null : tookAtLeast(now, filter.minDurationMs)],
		["retries", filter.retries === undefined ? null : retried(filter.retries)],
		["signal", filter.signal === undefined ? null : awaiting(filter.signal)],
		["idPrefix", filter.idPrefix === undefined ? null : beginsWith("i.instance_id", filter.idPrefix)],
		["error", filter.error === undefined ? null : failedWith(dialect, filter.error)],
		...Object.entries(filter.labels ?? {}).map(([key, value]) => [null, labelled(key, value)] as const),
	];
	return asked.flatMap(([condition, text]) =>
		text === null || (condition !== null && met.has(condition)) ? [] : [text],
	);
}

function anyOf(dialect: Dialect, column: string, values: readonly string[]): SqlText | null {
	return values.length === 0 ? null : { text: dialect.memberOf(column), values: [JSON.stringify(values)] };
}

function tookAtLeast(now: number, ms: number): SqlText {
	return sqlText`COALESCE(i.ended_at, ${now}) - COALESCE(i.started_at, i.created_at) >= ${ms}`;
}

function retried(retries: "now" | "ever"): SqlText {
	return word(
		retries === "ever"
			? "EXISTS (SELECT 1 FROM attempt a WHERE a.run_id = i.run_id)"
			: "EXISTS (SELECT 1 FROM open_node n WHERE n.run_id = i.run_id AND n.state = 'retrying')",
	);
}

function awaiting(signal: string): SqlText {
	return sqlText`EXISTS (SELECT 1 FROM open_node n
		WHERE n.run_id = i.run_id AND n.state = 'awaiting_signal' AND n.signal_name = ${signal})`;
}

function labelled(key: string, value: string): SqlText {
	return sqlText`EXISTS (SELECT 1 FROM label l WHERE l.run_id = i.run_id AND l.key = ${key} AND l.value = ${value})`;
}

/** No character comes after the last of Unicode. Ids compare by their bytes on both databases. */
export function beginsWith(column: string, prefix: string): SqlText {
	return sqlText`${word(column)} >= ${prefix} AND ${word(column)} < ${`${prefix}\u{10FFFF}`}`;
}

/**
 * Name and message as they stand in the row: `{"name":"…","message":"…","code":…`. Cut out of the text: a cast to JSON
 * fails for characters that one of the databases does not take, and one failing row would end the whole search.
 */
function failedWith(dialect: Dialect, text: string): SqlText {
	const escaped = JSON.stringify(text).slice(1, -1);
	const lowered = escaped.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
	const pattern = `%${lowered.replace(/[%_~]/g, "~$&")}%`;
	const end = `${dialect.positionIn}(i.error, ',"code":')`;
	const words = `REPLACE(CASE WHEN ${end} > 10 THEN SUBSTR(i.error, 10, ${end} - 11) ELSE i.error END, '","message":"', ' ')`;
	return sqlText`i.status = 'failed' AND ${word(dialect.lowered(words))} LIKE ${pattern} ESCAPE '~'`;
}
