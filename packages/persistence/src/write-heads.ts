import type { InstanceHead } from "./instance-row.ts";
import type { Sql } from "./sql.ts";

/** An instance that a commit changed, and the state of it that the database holds. */
export interface ChangedHead {
	readonly row: InstanceHead;
	readonly stored: Pick<InstanceHead, "version" | "status" | "control">;
}

/**
 * Writes the instances that a commit changed, each where it still has the version that was read. Answers how many it
 * wrote. A server, where every statement is a round trip, is asked once for all that go on; SQLite once for each.
 */
export async function writeHeads(sql: Sql, now: number, heads: readonly ChangedHead[]): Promise<number> {
	const together = sql.dialect.rowLocks === null ? [] : heads.filter(({ row }) => row.ending === undefined);
	if (together.length < 2) return writeEach(sql, now, heads);
	const ended = heads.filter(({ row }) => row.ending !== undefined);
	return (await sql.run(ALL_HEADS, now, JSON.stringify(together.map(asJson)))) + (await writeEach(sql, now, ended));
}

async function writeEach(sql: Sql, now: number, heads: readonly ChangedHead[]): Promise<number> {
	let written = 0;
	for (const head of heads) written += await writeHead(sql, now, head);
	return written;
}

/** Unchanged values cost nothing here: the server compares them before it touches an index. */
const ALL_HEADS = `UPDATE instance i SET version = h.version, progress_done = h.progress_done, started_at = h.started_at,
		updated_at = ?, status = h.status, control = h.control
	FROM jsonb_to_recordset(?::jsonb) AS h(run_id text, stored integer, version integer, progress_done integer,
		started_at bigint, status text, control text)
	WHERE i.run_id = h.run_id AND i.version = h.stored`;

function asJson({ row, stored }: ChangedHead) {
	const { run_id, version, progress_done, started_at, status, control } = row;
	return { run_id, stored: stored.version, version, progress_done, started_at, status, control };
}

const COMMON_SET = "version = ?, progress_done = ?, started_at = ?, updated_at = ?";
const GUARD = "WHERE run_id = ? AND version = ?";

async function writeHead(sql: Sql, now: number, { row, stored }: ChangedHead): Promise<number> {
	const { ending } = row;
	const common = [row.version, row.progress_done, row.started_at, now] as const;
	if (ending !== undefined) {
		return sql.run(
			`UPDATE instance SET ${COMMON_SET}, status = ?, control = ?, ended_at = ?, output = ?, failed_path = ?, error = ?
			${GUARD}`,
			...common,
			row.status,
			row.control,
			ending.ended_at,
			ending.output,
			ending.failed_path,
			ending.error,
			row.run_id,
			stored.version,
		);
	}
	// Most commits change no indexed column; naming none keeps them to the table's own page.
	if (row.status === stored.status && row.control === stored.control) {
		return sql.run(`UPDATE instance SET ${COMMON_SET} ${GUARD}`, ...common, row.run_id, stored.version);
	}
	return sql.run(
		`UPDATE instance SET ${COMMON_SET}, status = ?, control = ? ${GUARD}`,
		...common,
		row.status,
		row.control,
		row.run_id,
		stored.version,
	);
}
