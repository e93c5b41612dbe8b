import type { AttemptRecord, ControlRequestRecord } from "@waymark/engine/backend";
import { describe, expect, it } from "vitest";
import { checkpoint, instanceAt, snapshotAt } from "../live/testing/snapshots.ts";
import { historyLength, historyRows } from "./history-rows.ts";

const request = (
	kind: ControlRequestRecord["kind"],
	version: number,
	changes: Partial<ControlRequestRecord> = {},
): ControlRequestRecord => ({
	requestId: `${kind} ${version}`,
	kind,
	path: null,
	by: "mira",
	reason: null,
	requestedAt: 2_000 + version,
	result: "applied",
	before: "in_progress",
	after: "in_progress",
	because: null,
	version,
	...changes,
});

const attempt = (version: number, changes: Partial<AttemptRecord> = {}): AttemptRecord => ({
	path: "charge",
	epoch: version,
	attempt: 1,
	outcome: "failed",
	error: { name: "RangeError", message: `refused ${version}`, code: null, stack: null, cause: null },
	startedAt: 2_000,
	finishedAt: 2_000 + version,
	worker: "w",
	nextAttemptAt: null,
	version,
	...changes,
});

const told = (snapshot: Parameters<typeof historyRows>[0]) =>
	historyRows(snapshot).map(({ what, detail }) => (detail === null ? what : `${what}: ${detail}`));

describe("the story of an instance", () => {
	it("begins with its start and ends with its end, also where all of it was one moment", () => {
		const instance = instanceAt(3, { status: "completed", createdAt: 5, endedAt: 5 });
		const snapshot = snapshotAt(3, { instance, checkpoints: [{ ...checkpoint("a", 2), finishedAt: 5 }] });
		expect(historyRows(snapshot).map(({ what }) => what)).toEqual(["done", "completed", "begun"]);
		expect(historyLength(snapshot)).toBe(3);
	});

	it("tells who paused and unpaused it and why, and when a pause that had to wait took effect", () => {
		const snapshot = snapshotAt(9, {
			checkpoints: [{ ...checkpoint("a", 4), finishedAt: 2_004 }],
			controlRequests: [
				request("pause", 3, { after: "pausing", reason: "wrong price list" }),
				request("unpause", 6, { before: "paused" }),
			],
		});
		expect(told(snapshot)).toEqual([
			"unpause: by mira",
			"paused: the tasks that ran have ended",
			"completed: 2 B recorded",
			"pause: by mira: wrong price list",
			"begun",
		]);
	});

	it("says of a request that waits that it is not in effect yet, and of one that came too late what came first", () => {
		const cancel = request("cancel", 3, { after: "cancelling" });
		const waits = snapshotAt(4, { instance: instanceAt(4, { control: "cancelling" }), controlRequests: [cancel] });
		expect(told(waits)).toEqual(["cancel: by mira · not in effect yet", "begun"]);
		const late = snapshotAt(5, {
			instance: instanceAt(5, { status: "completed", endedAt: 2_005 }),
			controlRequests: [cancel],
		});
		expect(told(late)).toEqual(["done", "cancel: by mira · it completed before", "begun"]);
	});

	it("keeps the failures that were retried, with where and why, and tells the last one", () => {
		const error = { name: "TypeError", message: "no card", code: null, stack: null, cause: null };
		const snapshot = snapshotAt(9, {
			instance: instanceAt(9, { status: "failed", endedAt: 2_009, failedPath: "charge", error }),
			attempts: [attempt(2, { nextAttemptAt: 2_003 }), attempt(4), attempt(8)],
			controlRequests: [request("retry", 6, { before: "failed", requestedAt: 2_006 })],
		});
		const story = historyRows(snapshot).filter(({ what }) => what === "broken" || what === "retry");
		expect(story.map(({ what, at, opens, detail }) => [what, at, opens, detail])).toEqual([
			["broken", 2_009, "charge", "TypeError: no card"],
			["retry", 2_006, null, "by mira"],
			["broken", 2_004, "charge", "RangeError: refused 4"],
		]);
	});

	it("leaves to the audit what changed nothing, and who was shown what is hidden", () => {
		const snapshot = snapshotAt(6, {
			controlRequests: [
				request("cancel", 3, { result: "refused", because: "the role reader may not do that" }),
				request("pause", 4, { result: "unchanged" }),
				request("reveal", 5, { reason: "input" }),
			],
		});
		expect(told(snapshot)).toEqual(["begun"]);
	});
});
