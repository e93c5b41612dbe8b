import type { ControlRequestRecord } from "@waymark/engine/backend";
import type { WorkflowGraph } from "@waymark/engine/graph";
import { describe, expect, it } from "vitest";
import { instanceAt, openNode, snapshotAt } from "../live/testing/snapshots.ts";
import { historyRows } from "./history-rows.ts";
import { shownRequest } from "./pending-request.ts";

const GRAPH: WorkflowGraph = {
	format: 1,
	workflow: "order",
	description: null,
	scope: [
		{
			kind: "task",
			id: "charge",
			policy: {
				retry: null,
				timeoutMs: 30_000,
				heartbeatTimeoutMs: null,
				onFailure: "fail",
				priority: 3,
				tags: [],
				description: null,
				version: null,
			},
		},
	],
};

function request(
	kind: ControlRequestRecord["kind"],
	result: ControlRequestRecord["result"] = "applied",
): ControlRequestRecord {
	return {
		requestId: `${kind}-${result}`,
		kind,
		path: null,
		by: "mira",
		reason: "wrong price list",
		requestedAt: 10_000,
		result,
		before: "in_progress",
		after: "cancelling",
		because: null,
		version: 2,
	};
}

describe("the request that the page explains", () => {
	it("is none while nobody asked for anything", () => {
		expect(shownRequest(snapshotAt(1), GRAPH)).toBeNull();
	});

	it("names who asked and the task that it waits for, with its deadline", () => {
		const shown = shownRequest(
			snapshotAt(3, {
				instance: instanceAt(3, { control: "cancelling" }),
				openNodes: [openNode("charge", 2, { state: "running", owner: "w-3", grantedAt: 5_000 }), openNode("later", 2)],
				controlRequests: [request("pause"), request("cancel"), request("cancel", "refused")],
			}),
			GRAPH,
		);
		expect(shown).toMatchObject({
			kind: "cancelling",
			request: { kind: "cancel", by: "mira", result: "applied" },
			awaited: [{ path: "charge", worker: "w-3", since: 5_000, timesOutAt: 35_000 }],
			overdueAt: 70_000,
		});
	});

	it("stays after the fact: paused and cancelled say by whom", () => {
		const at = (status: "paused" | "cancelled") =>
			shownRequest(
				snapshotAt(3, { instance: instanceAt(3, { status }), controlRequests: [request("pause"), request("cancel")] }),
				GRAPH,
			);
		expect(at("paused")).toMatchObject({ kind: "paused", request: { kind: "pause" } });
		expect(at("cancelled")).toMatchObject({ kind: "cancelled", request: { kind: "cancel" } });
	});
});

it("tells the history newest first, and leads each row to its own node of the run", () => {
	const rows = historyRows(
		snapshotAt(5, {
			instance: instanceAt(5, { createdAt: 1 }),
			checkpoints: [
				{
					path: "risk.key",
					output: "risk.key",
					size: 6,
					codec: "json",
					attempt: 2,
					startedAt: 10,
					finishedAt: 30,
					worker: "w",
					version: 3,
				},
			],
			attempts: [
				{
					path: "poll[2]/check",
					epoch: 1,
					attempt: 1,
					outcome: "timed_out",
					error: { name: "TaskTimedOutError", message: "too slow", code: null, stack: null, cause: null },
					startedAt: 40,
					finishedAt: 50,
					worker: "w",
					nextAttemptAt: null,
					version: 4,
				},
			],
		}),
	);
	expect(rows).toMatchObject([
		{ what: "timed_out", opens: "poll[2]/check", detail: "TaskTimedOutError: too slow", tookMs: 10 },
		{ what: "completed", opens: "risk.key", attempt: 2, tookMs: 20 },
		{ what: "begun", opens: null },
	]);
});
