import type { ControlRequestRecord } from "@waymark/engine/backend";
import { describe, expect, it } from "vitest";
import { checkpoint, instanceAt, retryNowRequest, snapshotAt } from "../live/testing/snapshots.ts";
import { historyLength, historyRows } from "./history-rows.ts";

const request = (id: string, changes: Partial<ControlRequestRecord>) =>
	retryNowRequest(id, { path: "poll[2]/call", ...changes });

describe("the history", () => {
	it("tells of a node that was tried at once, by whom and why, and links it", () => {
		const snapshot = snapshotAt(6, {
			instance: instanceAt(6, { createdAt: 1 }),
			checkpoints: [checkpoint("before", 2)],
			controlRequests: [request("r", { reason: "it is up again" })],
		});
		const [newest, ...older] = historyRows(snapshot);
		expect(newest).toMatchObject({
			what: "retry_now",
			at: 50,
			path: "poll[2]/call",
			opens: "poll[2]/call",
			detail: "by mira: it is up again",
		});
		expect(older.map(({ what }) => what)).toEqual(["completed", "begun"]);
		expect(historyLength(snapshot)).toBe(3);
	});

	it("leaves to the audit what changed nothing", () => {
		const snapshot = snapshotAt(6, {
			controlRequests: [
				request("a", { result: "unchanged" }),
				request("b", { result: "refused", because: "it is paused" }),
			],
		});
		expect(historyRows(snapshot).map(({ what }) => what)).toEqual(["begun"]);
		expect(historyLength(snapshot)).toBe(1);
	});
});
