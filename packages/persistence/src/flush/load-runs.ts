import { HEAD_COLUMNS_I, headOf, type JoinedHead } from "../instance-row.ts";
import type { Dialect, Sql, WantedRuns } from "../sql.ts";
import { type KnownNode, KnownRun, storedRow } from "./known-run.ts";

interface LoadedNode extends Omit<KnownNode, "dueInMs" | "stored" | "isWritten"> {
	readonly run_id: string;
}

type LoadedHead = JoinedHead & { readonly buffered: number };

const NODE = ["place", "path", "state", "opened_as", "opened_version", "opened_ordinal", "attempt", "crashes", "epoch"]
	.concat("signal_name", "signal_id", "remaining", "input", "priority", "tags", "lane", "owner")
	.map((name) => `n.${name}`);

/** A number on both databases. A scalar, not EXISTS: PostgreSQL read the signals of all runs for that, at every load. */
const BUFFERED = `CASE WHEN (SELECT s.ordinal FROM signal s WHERE s.run_id = i.run_id AND s.reserved_for IS NULL LIMIT 1)
	IS NULL THEN 0 ELSE 1 END AS buffered`;

/** To read more rows than that for one signal would cost more than the general way, which reads what it needs. */
const MOST_NODES_FOR_A_SIGNAL = 100;

/** Head and open rows of one moment, in one statement: the version vouches for the rows. */
const LOAD = `SELECT ${HEAD_COLUMNS_I}, ${NODE.join(", ")}, ${BUFFERED} FROM instance i LEFT JOIN open_node n ON n.run_id = i.run_id
	WHERE`;

const newestOf = ({ eachOf }: Dialect) => `i.run_id IN (
		SELECT (SELECT run_id FROM instance WHERE instance_id = e.value ORDER BY generation DESC LIMIT 1) FROM ${eachOf("e")})
	AND (SELECT COUNT(*) FROM (SELECT 1 FROM open_node o WHERE o.run_id = i.run_id
		LIMIT ${MOST_NODES_FOR_A_SIGNAL + 1}) few) <= ${MOST_NODES_FOR_A_SIGNAL}`;

export async function loadRuns(sql: Sql, { runs, instances }: WantedRuns): Promise<KnownRun[]> {
	const found: KnownRun[] = [];
	if (runs.length > 0) found.push(...(await load(sql, sql.dialect.memberOf("i.run_id"), runs)));
	if (instances.length > 0) found.push(...(await load(sql, newestOf(sql.dialect), instances)));
	return found;
}

async function load(sql: Sql, which: string, ids: readonly string[]): Promise<KnownRun[]> {
	const rows = await sql.all<LoadedHead & (LoadedNode | { readonly path: null })>(
		`${LOAD} ${which}`,
		JSON.stringify(ids),
	);
	const runs = new Map<string, KnownRun>();
	for (const row of rows) {
		let run = runs.get(row.i_run_id);
		if (run === undefined) {
			run = new KnownRun(headOf(row), new Map(), row.buffered === 1);
			runs.set(row.i_run_id, run);
		}
		if (row.path !== null) run.nodes.set(row.path, nodeOf(row));
	}
	return [...runs.values()];
}

function nodeOf(row: LoadedNode): KnownNode {
	return {
		place: row.place,
		path: row.path,
		state: row.state,
		opened_as: row.opened_as,
		opened_version: row.opened_version,
		opened_ordinal: row.opened_ordinal,
		attempt: row.attempt,
		crashes: row.crashes,
		epoch: row.epoch,
		dueInMs: null,
		signal_name: row.signal_name,
		signal_id: row.signal_id,
		remaining: row.remaining,
		input: row.input,
		priority: row.priority,
		tags: row.tags,
		lane: row.lane,
		owner: row.owner,
		stored: storedRow(row),
		isWritten: false,
	};
}
