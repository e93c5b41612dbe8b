import type { ControlRequestRecord } from "@waymark/engine/backend";
import { describe, expect, it } from "vitest";
import { checkpoint, instanceAt, snapshotAt } from "../features/live/testing/snapshots.ts";
import { effectOf } from "./request-effect.ts";

function request(given: Partial<ControlRequestRecord>): ControlRequestRecord {
	const said = { path: null, by: "mira", reason: null, because: null, requestedAt: 500, result: "applied" as const };
	return { requestId: "r", kind: "pause", before: "in_progress", after: "pausing", version: 5, ...said, ...given };
}

describe("what became of a request", () => {
	it("is at once when nothing was in flight, and nothing when it was refused", () => {
		expect(effectOf(request({ after: "paused" }), snapshotAt(6))).toEqual({ kind: "at_once", at: 500 });
		expect(effectOf(request({ result: "refused" }), snapshotAt(6))).toEqual({ kind: "none" });
	});

	it("is not yet while it waits, and then the end of the last task it waited for", () => {
		const waiting = snapshotAt(6, { instance: instanceAt(6, { control: "pausing" }) });
		expect(effectOf(request({}), waiting)).toEqual({ kind: "not_yet" });
		const paused = snapshotAt(7, {
			instance: instanceAt(7, { status: "paused" }),
			checkpoints: [
				{ ...checkpoint("before", 4), finishedAt: 400 },
				{ ...checkpoint("a", 6), finishedAt: 640 },
				{ ...checkpoint("b", 7), finishedAt: 610 },
			],
		});
		expect(effectOf(request({}), paused)).toEqual({ kind: "later", at: 640 });
	});

	it("is overtaken by an end that came first, and by an unpause that took it back", () => {
		const done = snapshotAt(8, { instance: instanceAt(8, { status: "completed", endedAt: 900 }) });
		expect(effectOf(request({}), done)).toEqual({ kind: "overtaken", by: "completed" });
		const pause = request({});
		const unpause = request({ kind: "unpause", before: "in_progress", after: "in_progress", version: 7 });
		const back = snapshotAt(8, { controlRequests: [pause, unpause] });
		expect(effectOf(pause, back)).toEqual({ kind: "overtaken", by: "unpause" });
	});

	it("is the end of the instance for a cancel that waited", () => {
		const cancel = request({ kind: "cancel", after: "cancelling" });
		const cancelled = snapshotAt(9, { instance: instanceAt(9, { status: "cancelled", endedAt: 990 }) });
		expect(effectOf(cancel, cancelled)).toEqual({ kind: "later", at: 990 });
	});
});
