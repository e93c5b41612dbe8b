import type { SignalRecord } from "@waymark/engine/backend";
import { expect, it } from "vitest";
import { retryNowRequest, snapshotAt } from "../live/testing/snapshots.ts";
import { auditLength, auditRows } from "./audit-rows.ts";

const signal = (signalId: string, receivedAt: number): SignalRecord => ({
	signalId,
	name: "approval",
	by: "bo",
	size: 2,
	receivedAt,
	reservedFor: null,
	consumedBy: null,
	version: 1,
});

it("tells what was asked and what was sent in one list, newest first, and counts both", () => {
	const snapshot = snapshotAt(9, {
		controlRequests: [
			retryNowRequest("r1", { requestedAt: 10 }),
			retryNowRequest("r2", { requestedAt: 30 }),
			retryNowRequest("r3", { requestedAt: 30 }),
		],
		signals: [signal("s1", 20), signal("s2", 40)],
	});
	expect(auditRows(snapshot).map(({ id }) => id)).toEqual(["s2", "r3", "r2", "s1", "r1"]);
	expect(auditLength(snapshot)).toBe(5);
});

it("is empty for an instance of which nobody asked anything", () => {
	expect(auditRows(snapshotAt(1))).toEqual([]);
});
