import type { AttemptRecord } from "@waymark/engine/backend";
import { describe, expect, it } from "vitest";
import { checkpoint, instanceAt, openNode, snapshotAt } from "../features/live/testing/snapshots.ts";
import { iterationStates } from "./iteration-states.ts";

function failure(path: string, epoch: number): AttemptRecord {
	const times = { startedAt: 1, finishedAt: 2, nextAttemptAt: 3, version: 1 };
	return { path, epoch, attempt: epoch, outcome: "failed", error: null, worker: "w", ...times };
}

describe("iterationStates", () => {
	const checkpoints = [checkpoint("l[0]/a", 1), checkpoint("l[1]/a", 1)];
	const attempts = [failure("l[1]/a", 1), failure("l[1]/a", 2), failure("l[12]/a", 1)];

	it("tells how each iteration stands, and how often something failed in it", () => {
		const openNodes = [openNode("l[2]/a", 2, { state: "running" }), openNode("l[2]/b", 2, { state: "joining" })];
		expect(iterationStates(snapshotAt(2, { checkpoints, attempts, openNodes }), "l", 3)).toEqual([
			{ iteration: 0, state: "completed", failures: 0 },
			{ iteration: 1, state: "completed", failures: 2 },
			{ iteration: 2, state: "running", failures: 0 },
		]);
	});

	it("shows the last iteration of a loop that has ended as completed, and of a cancelled instance as cancelled", () => {
		const ended = snapshotAt(2, { checkpoints: [...checkpoints, checkpoint("l", 2)] });
		expect(iterationStates(ended, "l", 2)[1]?.state).toBe("completed");
		const cancelled = snapshotAt(2, { checkpoints, instance: instanceAt(2, { status: "cancelled" }) });
		expect(iterationStates(cancelled, "l", 2)[1]?.state).toBe("cancelled");
	});

	it("takes no other loop for this one", () => {
		const openNodes = [openNode("l2[0]/a", 2, { state: "failed" })];
		expect(iterationStates(snapshotAt(2, { openNodes, checkpoints: [checkpoint("l", 1)] }), "l", 1)[0]?.state).toBe(
			"completed",
		);
	});
});
