import { flow } from "@waymark/engine";
import { describe, expect, it } from "vitest";
import { checkpoint, snapshotAt } from "../live/testing/snapshots.ts";
import { attemptChoices, attemptFilter, keptSegments, lastRetry } from "./attempt-filter.ts";
import type { Segment } from "./segment.ts";
import { timelineRows } from "./timeline-rows.ts";

/** "1f 10-20": attempt 1 failed; b: backoff before it, s: succeeded, r: runs on, d: a delay. */
function segments(told: string): readonly Segment[] {
	const what = { f: "failed", b: "backoff", s: "succeeded", r: "running", d: "delay" } as const;
	return told.split(", ").map((one): Segment => {
		const [, attempt, kind, from, to, path = "call"] = /^(\d*)([fbsrd]) (\d+)-(\d*) ?(.*)$/.exec(one) ?? [];
		return {
			...{ id: one, from: Number(from), to: to === "" ? null : Number(to), path: path === "" ? "call" : path },
			what: what[kind as keyof typeof what],
			attempt: attempt === "" ? null : Number(attempt),
		};
	});
}

const kept = (told: string, value: string, retriedAt: number | null = null) =>
	keptSegments(segments(told), attemptFilter(value, retriedAt)).map(({ id }) => id);

const RETRIED = "1f 10-20, 2b 20-30, 2f 30-40, 1f 100-110, 2b 110-120, 2s 120-130";

describe("which attempts the timeline shows", () => {
	it("is all, unless the address asks for something that it can ask for", () => {
		for (const value of ["", "all", "0", "-1", "1.5", "1e3", "9999999", "run"]) {
			expect(kept(RETRIED, value), value).toHaveLength(6);
		}
		expect(attemptFilter(null, 5)).toEqual({ kind: "all" });
	});

	it("can be what came after the last retry, and what went on then", () => {
		expect(kept(RETRIED, "run", 90)).toEqual(["1f 100-110", "2b 110-120", "2s 120-130"]);
		expect(kept("d 10-200, 1r 150-, 1s 20-90", "run", 90)).toEqual(["d 10-200", "1r 150-"]);
	});

	it("can be the last attempt of a node in each iteration; a wait is none, and stays", () => {
		expect(kept(RETRIED, "last")).toEqual(["2s 120-130"]);
		const loop = "1f 10-20 poll[0]/call, 2b 20-30 poll[0]/call, 2s 30-40 poll[0]/call, 1s 50-60 poll[1]/call";
		expect(kept(loop, "last")).toEqual(["2s 30-40 poll[0]/call", "1s 50-60 poll[1]/call"]);
		expect(kept("d 10-20", "last")).toEqual(["d 10-20"]);
		expect(kept("1f 10-20, 2b 20-900", "last")).toEqual(["1f 10-20"]);
	});

	it("can be those of one number, without the backoff before them and without waits", () => {
		expect(kept(RETRIED, "2")).toEqual(["2f 30-40", "2s 120-130"]);
		expect(kept(RETRIED, "3")).toEqual([]);
		expect(kept("d 10-20, 1s 20-30", "1")).toEqual(["1s 20-30"]);
	});

	it("is offered where it makes a difference, up to thirty of them", () => {
		const offered = (told: string, retriedAt: number | null = null) =>
			attemptChoices(segments(told), retriedAt).map(({ value }) => value);
		expect(offered("1s 10-20, d 20-30")).toEqual([]);
		expect(offered("1f 10-20, 2b 20-90")).toEqual([]);
		expect(offered("1f 10-20, 2s 20-30")).toEqual(["", "last", "1", "2"]);
		expect(offered("1s 10-20", 5)).toEqual(["", "run", "last", "1"]);
		expect(offered("400f 10-20")).toHaveLength(32);
	});

	it("carries into the rows, whose containers reach as far as what is left", () => {
		const { graph } = flow("flaky")
			.child(
				"sub",
				flow("inner")
					.task("call", (input) => input)
					.build(),
			)
			.build();
		const failed = { outcome: "failed", error: null, nextAttemptAt: 70, worker: "w", version: 2 } as const;
		const retry = {
			kind: "retry",
			by: "mira",
			reason: null,
			before: "failed",
			after: "in_progress",
			because: null,
			path: null,
			version: 3,
		} as const;
		const snapshot = snapshotAt(3, {
			attempts: [{ path: "sub/call", epoch: 1, attempt: 1, startedAt: 10, finishedAt: 20, ...failed }],
			checkpoints: [{ ...checkpoint("sub/call", 3), attempt: 2, startedAt: 72, finishedAt: 80 }],
			controlRequests: [
				{ ...retry, requestId: "1", requestedAt: 50, result: "applied" },
				{ ...retry, requestId: "2", requestedAt: 75, result: "refused" },
			],
		});
		expect(lastRetry(snapshot)).toBe(50);
		expect(lastRetry(snapshotAt(1))).toBeNull();
		const extent = (value: string | null) => timelineRows(graph, snapshot, attemptFilter(value, 50))[0]?.extent;
		expect(extent(null)).toEqual({ from: 10, to: 80 });
		expect(extent("1")).toEqual({ from: 10, to: 20 });
		expect(extent("last")).toEqual({ from: 72, to: 80 });
		expect(extent("run")).toEqual({ from: 20, to: 80 });
		expect(extent("7")).toBeNull();
	});

	it("counts a failure that was handed on as data once: as the attempt that failed", () => {
		const { graph } = flow("handed")
			.task("call", (input) => input)
			.build();
		const snapshot = snapshotAt(3, {
			attempts: [
				{
					path: "call",
					epoch: 1,
					attempt: 1,
					outcome: "failed",
					error: null,
					startedAt: 3,
					finishedAt: 4,
					nextAttemptAt: null,
					worker: "w",
					version: 3,
				},
			],
			checkpoints: [checkpoint("call", 3)],
		});
		expect(timelineRows(graph, snapshot)[0]?.segments.map(({ what }) => what)).toEqual(["failed"]);
	});
});
