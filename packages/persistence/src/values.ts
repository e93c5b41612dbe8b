import type { StoredValue, ValueSource } from "@waymark/engine/backend";
import { toValue } from "./record-mapper.ts";
import type { Awaitable, Sql } from "./sql.ts";

/** What is asked of one run: bytes, or the reference that a checkpoint recorded. Both never change. */
export type Wanted =
	| { readonly kind: "bytes"; readonly runId: string; readonly source: ValueSource }
	| { readonly kind: "output"; readonly runId: string; readonly path: string };

export interface Found {
	readonly codec: string | null;
	readonly bytes: Uint8Array | null;
	readonly output: string | null;
}

const NOTHING: Found = { codec: null, bytes: null, output: null };

/** In the order asked. A server, where every statement is a round trip, is asked once for all. */
export async function findValues(sql: Sql, wanted: readonly Wanted[]): Promise<Found[]> {
	if (sql.dialect.rowLocks !== null) return findTogether(sql, wanted);
	const found: Found[] = [];
	for (const one of wanted) found.push((await findOne(sql, one)) ?? NOTHING);
	return found;
}

export function storedValue({ codec, bytes }: Found): StoredValue | null {
	return codec === null || bytes === null ? null : toValue(codec, bytes);
}

function findOne(sql: Sql, wanted: Wanted): Awaitable<Found | undefined> {
	const { runId } = wanted;
	if (wanted.kind === "output") return sql.get(OUTPUT, runId, wanted.path);
	const { source } = wanted;
	switch (source.kind) {
		case "input":
			return sql.get(INPUT, runId);
		case "checkpoint":
			return sql.get(CHECKPOINT, runId, source.path);
		case "signal":
			return sql.get(SIGNAL, runId, source.signalId);
		case "join":
		case "none":
			return undefined;
	}
}

const columns = (codec: string, bytes: string, output: string) => `SELECT ${codec} AS codec, ${bytes} AS bytes,
	${output} AS output`;
const OUTPUT = `${columns("NULL", "NULL", "output")} FROM checkpoint WHERE run_id = ? AND path = ?`;
const INPUT = `${columns("input_codec", "input_bytes", "NULL")} FROM instance WHERE run_id = ?`;
const CHECKPOINT = `${columns("codec", "bytes", "NULL")} FROM checkpoint WHERE run_id = ? AND path = ?`;
const SIGNAL = `${columns("codec", "bytes", "NULL")} FROM signal WHERE run_id = ? AND signal_id = ?`;

/** LATERAL with limits: a join would be planned as a scan of all rows, for tables that nobody has counted yet. */
const TOGETHER = `SELECT w.place, v.codec, v.bytes, v.output
	FROM jsonb_array_elements(?::jsonb) WITH ORDINALITY AS w(asked, place) CROSS JOIN LATERAL (
		(${columns("NULL::text", "NULL::bytea", "output")} FROM checkpoint
			WHERE w.asked->>1 = 'output' AND run_id = w.asked->>0 AND path = w.asked->>2 LIMIT 1)
		UNION ALL
		(${columns("input_codec", "input_bytes", "NULL")} FROM instance
			WHERE w.asked->>1 = 'input' AND run_id = w.asked->>0 LIMIT 1)
		UNION ALL
		(${columns("codec", "bytes", "NULL")} FROM checkpoint
			WHERE w.asked->>1 = 'checkpoint' AND run_id = w.asked->>0 AND path = w.asked->>2 LIMIT 1)
		UNION ALL
		(${columns("codec", "bytes", "NULL")} FROM signal
			WHERE w.asked->>1 = 'signal' AND run_id = w.asked->>0 AND signal_id = w.asked->>2 LIMIT 1)) v`;

async function findTogether(sql: Sql, wanted: readonly Wanted[]): Promise<Found[]> {
	const found: Found[] = wanted.map(() => NOTHING);
	const rows = await sql.all<Found & { readonly place: number }>(TOGETHER, JSON.stringify(wanted.map(asJson)));
	// Counted from 1.
	for (const { place, ...row } of rows) found[place - 1] = row;
	return found;
}

function asJson(wanted: Wanted): readonly string[] {
	const { runId, kind } = wanted;
	if (kind === "output") return [runId, kind, wanted.path];
	const { source } = wanted;
	switch (source.kind) {
		case "checkpoint":
			return [runId, source.kind, source.path];
		case "signal":
			return [runId, source.kind, source.signalId];
		case "input":
		case "join":
		case "none":
			return [runId, source.kind];
	}
}
