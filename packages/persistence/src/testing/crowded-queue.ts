import { laneOf } from "../lanes.ts";

/** Far ahead of anything that a test does. */
const FAR = 9_000_000_000_000;

interface Kind {
	readonly name: string;
	readonly state: string;
	readonly status: string;
	readonly hash: string;
	readonly tags: string;
	readonly held: boolean;
	/** SQL of `x`, the number of the row. */
	readonly dueAt: string;
}

const ready = { state: "ready", status: "pending", hash: "hash-1", tags: "[]", held: false, dueAt: "1000 + x" };

/** Everything that lies in a queue and that a worker which knows hash-1 and serves no tag cannot take. */
const KINDS: readonly Kind[] = [
	{ ...ready, name: "delay", state: "waiting", status: "waiting", dueAt: `${FAR} + x` },
	{ ...ready, name: "signal", state: "awaiting_signal", status: "awaiting_signal", dueAt: "NULL" },
	{ ...ready, name: "backoff", state: "retrying", status: "in_progress", dueAt: `${FAR} + x` },
	{ ...ready, name: "paused", status: "paused", held: true },
	{ ...ready, name: "unknown", hash: "hash-2" },
	{ ...ready, name: "tagged", tags: '["gpu"]' },
];

/**
 * SQL that puts `each` rows of every kind ahead of whatever comes later. `numbers` is a table of one column `x` from 1
 * to that. hash-1 must be stored.
 */
export function crowd(each: number, numbers: "generate_series" | "recursive"): string[] {
	const series =
		numbers === "generate_series"
			? `generate_series(1, ${each}) AS s(x)`
			: `(WITH RECURSIVE s(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM s WHERE x < ${each}) SELECT x FROM s) s`;
	const definition = `INSERT INTO definition (hash, workflow, planned_nodes, created_at, graph) VALUES ('hash-2', 'other', 1, 1, '{}')`;
	return [definition, ...KINDS.flatMap((kind) => rowsOf(kind, series)), "ANALYZE"];
}

function rowsOf({ name, state, status, hash, tags, held, dueAt }: Kind, series: string): string[] {
	const lane = laneOf(hash, tags) * (held ? -1 : 1);
	return [
		`INSERT INTO instance (run_id, instance_id, generation, workflow, definition_hash, status, control, version,
			progress_done, progress_total, created_at, updated_at, labels, input_codec, input_bytes)
		SELECT '${name}-' || x, '${name}-' || x, 1, 'order', '${hash}', '${status}', 'none', 1, 0, 1, 1, 1, '{}', 'json', 'x'
		FROM ${series}`,
		`INSERT INTO open_node (run_id, place, path, state, opened_as, opened_version, opened_ordinal, attempt, crashes, epoch,
			due_at, remaining, input, priority, tags, lane, version)
		SELECT '${name}-' || x, 0, 'a', '${state}', 'ready', 1, 0, 1, 0, 1, ${dueAt}, 0, '~input', 1 + x % 5, '${tags}', ${lane}, 1
		FROM ${series}`,
	];
}
