import { expect, it } from "vitest";
import type { Overview } from "../../server/wire.ts";
import { headlineOf } from "./headline.ts";

const NOW = 1_795_000_000_000;
const worker = {
	workerId: "w",
	name: "w",
	slots: 1,
	startedAt: 0,
	heartbeatAt: NOW,
	expiresAt: NOW + 1,
	held: 0,
	profile: null,
};
const calm: Overview = {
	now: NOW,
	range: "1h",
	attention: {
		now: NOW,
		failures: [],
		failedLastDay: 0,
		failuresCut: false,
		stalled: [],
		retrying: [],
		retryingCount: 0,
		waiting: [],
	},
	counts: {
		byStatus: {
			pending: 0,
			in_progress: 1,
			waiting: 0,
			awaiting_signal: 0,
			paused: 0,
			completed: 0,
			failed: 0,
			cancelled: 0,
		},
		workflows: [],
	},
	workers: [worker],
	waits: [],
	findings: [],
	ended: { now: NOW, buckets: [], bucketMs: 1 },
};

it("says that all is well only when it is", () => {
	expect(headlineOf(calm).tone).toBe("good");
	expect(headlineOf({ ...calm, attention: { ...calm.attention, retryingCount: 3 } })).toMatchObject({
		tone: "warn",
		words: "3 nodes will be tried again.",
	});
});

it("puts first that nothing can run at all", () => {
	const dead: Overview = { ...calm, findings: [{ kind: "no-worker" }] };
	expect(headlineOf(dead)).toMatchObject({ tone: "bad", words: "No worker is alive: nothing runs." });
});

it("names the workflow that no live worker serves, and what to do", () => {
	const work = { workflow: "order", definitionHash: "h", tags: [], nodes: 2, since: 0, instanceId: "o" };
	expect(headlineOf({ ...calm, findings: [{ kind: "unserved", work }] })).toMatchObject({
		words: "No live worker can run 2 nodes of order.",
		way: "Start a worker with that version of the code and those tags.",
	});
});

it("counts the failures of the last day, and says where it did not look further", () => {
	const failing = (failedLastDay: number, failuresCut: boolean): Overview => ({
		...calm,
		attention: { ...calm.attention, failedLastDay, failuresCut },
	});
	expect(headlineOf(failing(1, false)).words).toBe("1 instance failed in the last 24 hours.");
	expect(headlineOf(failing(100, true)).words).toBe("At least 100 instances failed in the last 24 hours.");
	expect(headlineOf(failing(0, true)).tone).toBe("good");
});
