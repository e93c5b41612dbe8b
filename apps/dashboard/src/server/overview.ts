import type { Attention } from "@waymark/engine/backend";
import { getBackend } from "./backend.ts";
import { failureGroups } from "./failure-groups.ts";
import { findingsOf } from "./findings.ts";
import { oneOf } from "./query-params.ts";
import { remembered } from "./remembered.ts";
import { viewStalls } from "./stalls.ts";
import type { Overview, OverviewAttention, SeriesRange, StalledView } from "./wire.ts";
import { workersNow } from "./workers-now.ts";

const SHOWN = 5;
/** The newest failures are one line for all that are alike; as many as the database answers at once. */
const FAILURES_READ = 100;
/** Nodes of one instance are one line: more of them are sent, so that another instance has its line as well. */
const RETRYING_SENT = 40;
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How the stretches of a range are cut, and how long a series may be kept: the longer the range, the less it changes. */
const RANGES: Readonly<
	Record<SeriesRange, { readonly bucketMs: number; readonly buckets: number; readonly keepMs: number }>
> = {
	"1h": { bucketMs: MINUTE, buckets: 60, keepMs: 2 * SECOND },
	"24h": { bucketMs: 30 * MINUTE, buckets: 48, keepMs: 15 * SECOND },
	"7d": { bucketMs: 2 * HOUR, buckets: 84, keepMs: MINUTE },
};

const series = {
	"1h": seriesOf("1h"),
	"24h": seriesOf("24h"),
	"7d": seriesOf("7d"),
} as const satisfies Record<SeriesRange, unknown>;

function seriesOf(range: SeriesRange) {
	const { bucketMs, buckets, keepMs } = RANGES[range];
	return remembered(keepMs, async () => {
		const last = Math.floor(Date.now() / bucketMs) * bucketMs;
		const read = await (await getBackend()).readEnded({ from: last - (buckets - 1) * bucketMs, bucketMs, buckets });
		return { ...read, bucketMs };
	});
}

const state = remembered(SECOND, async () => {
	const backend = await getBackend();
	const [attention, counts, seen, waits, unserved] = await Promise.all([
		backend.listAttention(FAILURES_READ),
		backend.countInstances(),
		workersNow(),
		backend.countWaits(),
		backend.listUnserved(),
	]);
	const [findings, stalled] = await Promise.all([
		findingsOf(backend, seen, unserved, counts),
		viewStalls(backend, attention.stalled.slice(0, SHOWN), seen),
	]);
	return { attention: worst(attention, stalled), counts, workers: seen.workers, waits, findings };
});

function worst(
	{ failed, stalled: _, retrying, waiting, ...rest }: Attention,
	stalled: readonly StalledView[],
): OverviewAttention {
	return {
		...rest,
		failures: failureGroups(failed).slice(0, SHOWN),
		failedLastDay: failed.filter(({ endedAt }) => endedAt !== null && rest.now - endedAt < DAY).length,
		failuresCut: failed.length >= FAILURES_READ,
		retrying: retrying.slice(0, RETRYING_SENT),
		stalled,
		waiting: waiting.slice(0, SHOWN),
	};
}

/** What a person on call sees first. */
export async function loadOverview(params: URLSearchParams): Promise<Overview> {
	const range = oneOf(params, "range", ["1h", "24h", "7d"]) ?? "1h";
	const [now, ended] = await Promise.all([state(), series[range]()]);
	const { attention, counts, workers, waits, findings } = now;
	return { now: attention.now, range, attention, counts, workers, waits, findings, ended };
}
