import {
	checkBuckets,
	type EndedBucket,
	type EndedQuery,
	type EndedSeries,
	percentile,
	type TerminalStatus,
} from "@waymark/engine/backend";
import type { Sql } from "./sql.ts";

/** Ends of one status that are counted in one stretch; beyond it their number follows from how fast those came. */
const MOST_COUNTED = 200;

/** Completed instances of one stretch whose time is looked at. */
const MOST_TIMED = 8;

const STATUSES = ["completed", "failed", "cancelled"] as const satisfies readonly TerminalStatus[];

interface CountRow {
	readonly at: number;
	readonly status: TerminalStatus;
	readonly n: number;
	readonly first: number;
	readonly last: number;
}

/** Reads along one index, a bounded number of entries for each stretch of time. */
export async function readEnded(sql: Sql, now: number, query: EndedQuery): Promise<EndedSeries> {
	checkBuckets(query);
	const starts = Array.from({ length: query.buckets }, (_, at) => query.from + at * query.bucketMs);
	const counts = await sql.all<CountRow>(
		countText(query.buckets),
		...rangesOf(starts, query.bucketMs, STATUSES.length),
	);
	const times = await sql.all<{ at: number; ms: number }>(
		timeText(query.buckets),
		...rangesOf(starts, query.bucketMs, 1),
	);
	const buckets = starts.map((from, at) =>
		bucketOf(
			from,
			query.bucketMs,
			counts.filter((row) => row.at === at),
			times.filter((row) => row.at === at).map(({ ms }) => ms),
		),
	);
	return { now, buckets };
}

function rangesOf(starts: readonly number[], length: number, times: number): number[] {
	return starts.flatMap((from) => Array.from({ length: times }, () => [from, from + length]).flat());
}

function countText(buckets: number): string {
	const part = (at: number, status: TerminalStatus) =>
		`SELECT ${at} AS at, '${status}' AS status, COUNT(*) AS n, MIN(ended_at) AS first, MAX(ended_at) AS last FROM (
			SELECT ended_at FROM instance WHERE status = '${status}' AND ended_at IS NOT NULL AND ended_at >= ? AND ended_at < ?
			ORDER BY ended_at LIMIT ${MOST_COUNTED}) s`;
	return unionOf(buckets, (at) => STATUSES.map((status) => part(at, status)));
}

function timeText(buckets: number): string {
	return unionOf(buckets, (at) => [
		`SELECT ${at} AS at, ended_at - COALESCE(started_at, created_at) AS ms FROM (
			SELECT ended_at, started_at, created_at FROM instance
			WHERE status = 'completed' AND ended_at IS NOT NULL AND ended_at >= ? AND ended_at < ?
			ORDER BY ended_at LIMIT ${MOST_TIMED}) s`,
	]);
}

function unionOf(buckets: number, parts: (at: number) => readonly string[]): string {
	return Array.from({ length: buckets }, (_, at) => parts(at))
		.flat()
		.join(" UNION ALL ");
}

function bucketOf(from: number, length: number, rows: readonly CountRow[], spans: readonly number[]): EndedBucket {
	const count = (status: TerminalStatus) => {
		const row = rows.find((found) => found.status === status);
		return row === undefined ? 0 : estimate(row, from, length);
	};
	return {
		from,
		completed: count("completed"),
		failed: count("failed"),
		cancelled: count("cancelled"),
		estimated: rows.some(({ n }) => n === MOST_COUNTED),
		p50: percentile(spans, 0.5),
		p95: percentile(spans, 0.95),
	};
}

/** A full count went on until its last end; the rest of the stretch is taken to have gone on at that pace. */
function estimate({ n, last }: CountRow, from: number, length: number): number {
	return n < MOST_COUNTED ? n : Math.round((n * length) / Math.max(1, last - from));
}
