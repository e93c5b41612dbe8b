import type { StoredValue, ValueSource } from "@waymark/engine/backend";
import { toValue } from "./record-mapper.ts";
import type { Awaitable, Sql } from "./sql.ts";

interface ValueRow {
	readonly codec: string | null;
	readonly bytes: Uint8Array | null;
}

export async function readValues(
	sql: Sql,
	runId: string,
	sources: readonly ValueSource[],
): Promise<(StoredValue | null)[]> {
	const values: (StoredValue | null)[] = [];
	for (const source of sources) {
		const row = await valueRow(sql, runId, source);
		const missing = row === undefined || row.codec === null || row.bytes === null;
		values.push(missing ? null : toValue(row.codec, row.bytes));
	}
	return values;
}

function valueRow(sql: Sql, runId: string, source: ValueSource): Awaitable<ValueRow | undefined> {
	switch (source.kind) {
		case "input":
			return sql.get("SELECT input_codec AS codec, input_bytes AS bytes FROM instance WHERE run_id = ?", runId);
		case "checkpoint":
			return sql.get("SELECT codec, bytes FROM checkpoint WHERE run_id = ? AND path = ?", runId, source.path);
		case "signal":
			return sql.get("SELECT codec, bytes FROM signal WHERE signal_id = ? AND run_id = ?", source.signalId, runId);
		case "join":
		case "none":
			return undefined;
	}
}

export async function readOutputs(sql: Sql, runId: string, paths: readonly string[]): Promise<(string | null)[]> {
	const outputs: (string | null)[] = [];
	for (const path of paths) {
		const row = await sql.get<{ output: string }>(
			"SELECT output FROM checkpoint WHERE run_id = ? AND path = ?",
			runId,
			path,
		);
		outputs.push(row?.output ?? null);
	}
	return outputs;
}
