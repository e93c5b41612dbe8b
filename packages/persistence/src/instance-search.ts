import { INSTANCE_STATUSES, type InstanceQuery } from "@waymark/engine/backend";
import { beginsWith, type Condition, conditionsOf } from "./instance-conditions.ts";
import type { Dialect, Sql } from "./sql.ts";
import { allOf, joined, literal, type SqlText, sqlText, word } from "./sql-text.ts";

/**
 * How the instances that a filter lets through are found. One condition drives: its index is walked in the order of the
 * page, from the cursor on. The others are asked of each row that is met, of at most `STRETCH` rows; the page may then
 * come short, and the next one goes on from there. So no filter, however rare what it asks for, walks a million rows.
 */
export const STRETCH = 2_000;

/** A prefix that more ids than this begin with is no way to find them: the page's own order is walked. */
const MOST_IDS = 500;

export interface Place {
	readonly at: number;
	readonly id: string;
}

export interface Search {
	/** Keys (created_at, run_id) in the page's order, at most so many. */
	candidates(most: number): SqlText;
	/** What is left to ask of a row `i`; empty: nothing. */
	readonly rest: readonly SqlText[];
	/** The page's order, for a table that has both keys. */
	order(table: string): SqlText;
	reversed(table: string): SqlText;
}

export async function searchOf(sql: Sql, now: number, query: InstanceQuery, from: Place | null): Promise<Search> {
	const newer = query.towards === "newer";
	const byRun = runWalk(sql.dialect, query);
	if (byRun !== null) {
		return {
			candidates: (most) => byRun.keys(beyondRun(from, newer), word(newer ? "ASC" : "DESC"), most),
			rest: conditionsOf(sql.dialect, now, query, new Set(byRun.meets)),
			order: (table) => byRunId(table, newer),
			reversed: (table) => byRunId(table, !newer),
		};
	}
	const walk = (await idWalk(sql, query.idPrefix)) ?? creationWalk(query);
	const range = allOf([
		from === null ? null : sqlText`(k.created_at, k.run_id) ${word(newer ? ">" : "<")} (${from.at}, ${from.id})`,
		query.startedFrom === undefined ? null : sqlText`k.created_at >= ${query.startedFrom}`,
		query.startedTo === undefined ? null : sqlText`k.created_at < ${query.startedTo}`,
		// Whatever took that long began at least that long ago.
		query.minDurationMs === undefined ? null : sqlText`k.created_at <= ${now - query.minDurationMs}`,
	]);
	const order = (table: string) => byCreation(table, newer);
	return {
		candidates: (most) => merged(walk.branches, range, order, most),
		rest: conditionsOf(sql.dialect, now, query, new Set<Condition>(["started", ...walk.meets])),
		order,
		reversed: (table) => byCreation(table, !newer),
	};
}

function byCreation(table: string, ascending: boolean): SqlText {
	return word(ascending ? `${table}.created_at, ${table}.run_id` : `${table}.created_at DESC, ${table}.run_id DESC`);
}

function byRunId(table: string, ascending: boolean): SqlText {
	return word(`${table}.run_id${ascending ? "" : " DESC"}`);
}

interface RunWalk {
	readonly meets: readonly Condition[];
	keys(beyond: SqlText, direction: SqlText, most: number): SqlText;
}

/** Conditions whose own index is in the order of run ids, which is that of time. */
function runWalk(dialect: Dialect, query: InstanceQuery): RunWalk | null {
	const [label] = Object.entries(query.labels ?? {});
	if (label !== undefined) {
		return walkOf("label", sqlText`key = ${label[0]} AND value = ${label[1]}`, []);
	}
	if (query.signal !== undefined) {
		const waits = `open_node${dialect.indexedBy("open_node_awaiting")}`;
		return walkOf(waits, sqlText`state = 'awaiting_signal' AND signal_name = ${query.signal}`, ["signal"]);
	}
	if (query.retries === "now") {
		const retries = `open_node${dialect.indexedBy("open_node_retrying")}`;
		return walkOf(retries, word("state = 'retrying'"), ["retries"]);
	}
	if (query.retries === "ever") return walkOf("attempt", word("run_id > ''"), ["retries"]);
	return null;
}

/** A run may have several rows there; it is one candidate. */
function walkOf(table: string, where: SqlText, meets: readonly Condition[]): RunWalk {
	return {
		meets,
		keys: (beyond, direction, most) =>
			sqlText`SELECT 0 AS created_at, run_id FROM ${word(table)} WHERE ${where}${beyond}
				GROUP BY run_id ORDER BY run_id ${direction} LIMIT ${literal(most)}`,
	};
}

function beyondRun(from: Place | null, newer: boolean): SqlText {
	return from === null ? word("") : sqlText` AND run_id ${word(newer ? ">" : "<")} ${from.id}`;
}

interface CreationWalk {
	/** Each is walked in order of creation; together they hold every candidate, once. */
	readonly branches: readonly SqlText[];
	readonly meets: readonly Condition[];
}

function creationWalk({ statuses, workflows }: InstanceQuery): CreationWalk {
	const some = statuses.length > 0 && statuses.length < INSTANCE_STATUSES.length;
	// Nearly all instances have ended well: their workflow tells more than that they did.
	if (some && (workflows.length === 0 || !statuses.includes("completed"))) {
		return { branches: [...new Set(statuses)].map((status) => sqlText`k.status = ${status}`), meets: ["statuses"] };
	}
	if (workflows.length > 0) {
		return { branches: [...new Set(workflows)].map((name) => sqlText`k.workflow = ${name}`), meets: ["workflows"] };
	}
	return { branches: [word("1 = 1")], meets: [] };
}

/** Null: no prefix, or one that tells too little. */
async function idWalk(sql: Sql, prefix: string | undefined): Promise<CreationWalk | null> {
	if (prefix === undefined) return null;
	const { text, values } = sqlText`SELECT run_id FROM instance
		WHERE ${beginsWith("instance_id", prefix)} LIMIT ${literal(MOST_IDS + 1)}`;
	const found = await sql.all<{ run_id: string }>(text, ...values);
	if (found.length > MOST_IDS) return null;
	const ids = JSON.stringify(found.map(({ run_id }) => run_id));
	return { branches: [{ text: sql.dialect.memberOf("k.run_id"), values: [ids] }], meets: ["idPrefix"] };
}

/** The best of each branch, and of those the best: each walks its index no further than it must. */
function merged(
	branches: readonly SqlText[],
	range: SqlText,
	order: (table: string) => SqlText,
	most: number,
): SqlText {
	const parts = branches.map(
		(branch) => sqlText`SELECT created_at, run_id FROM (
			SELECT k.created_at, k.run_id FROM instance k WHERE ${branch} AND ${range}
			ORDER BY ${order("k")} LIMIT ${literal(most)}) b`,
	);
	if (parts.length === 1) return parts[0] ?? word("");
	return sqlText`SELECT u.created_at, u.run_id FROM (${joined(parts, " UNION ALL ")}) u
		ORDER BY ${order("u")} LIMIT ${literal(most)}`;
}
