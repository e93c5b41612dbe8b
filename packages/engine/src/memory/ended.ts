import type { EndedBucket, EndedQuery, EndedSeries } from "../backend/overview.ts";
import { checkBuckets } from "../backend/page-limit.ts";
import { percentile } from "../backend/percentile.ts";
import type { InstanceRecord } from "../backend/rows.ts";
import type { MemoryState } from "./state.ts";

export function readEnded(state: MemoryState, now: number, query: EndedQuery): EndedSeries {
	checkBuckets(query);
	const buckets = Array.from({ length: query.buckets }, (_, at) => {
		const from = query.from + at * query.bucketMs;
		return bucket(from, endedWithin(state, from, from + query.bucketMs));
	});
	return { now, buckets };
}

function endedWithin(state: MemoryState, from: number, to: number): readonly InstanceRecord[] {
	return state.byCreation
		.map(({ instance }) => instance)
		.filter(({ endedAt }) => endedAt !== null && endedAt >= from && endedAt < to);
}

function bucket(from: number, ended: readonly InstanceRecord[]): EndedBucket {
	const count = (status: InstanceRecord["status"]) => ended.filter((instance) => instance.status === status).length;
	const spans = spansOf(ended);
	return {
		from,
		completed: count("completed"),
		failed: count("failed"),
		cancelled: count("cancelled"),
		estimated: false,
		p50: percentile(spans, 0.5),
		p95: percentile(spans, 0.95),
	};
}

/** From the first lease to the end, of those that completed. */
export function spansOf(instances: readonly InstanceRecord[]): readonly number[] {
	return instances
		.filter(({ status }) => status === "completed")
		.map(({ endedAt, startedAt, createdAt }) => (endedAt ?? createdAt) - (startedAt ?? createdAt));
}
