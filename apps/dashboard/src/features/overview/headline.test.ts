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

const unserved = (workflow: string, nodes: number) => {
	const work = { workflow, definitionHash: "h", tags: [], nodes, since: 0, instanceId: "o" };
	return { kind: "unserved", work } as const;
};

it("puts first that nothing can run at all, and does not hide what failed", () => {
	const dead: Overview = { ...calm, findings: [{ kind: "no-worker", isMissed: true }] };
	expect(headlineOf(dead)).toMatchObject({ tone: "bad", words: "No worker is alive: nothing runs.", href: "/workers" });
	expect(headlineOf({ ...dead, attention: { ...calm.attention, failedLastDay: 8 } }).words).toBe(
		"No worker is alive: nothing runs, and 8 instances failed in the last 24 hours.",
	);
});

it("names the workflow that no live worker serves, and what to do", () => {
	expect(headlineOf({ ...calm, findings: [unserved("order", 2)] })).toMatchObject({
		words: "No live worker can run 2 nodes of order.",
		way: "Start a worker with that version of the code and those tags.",
		href: "/workers",
	});
	expect(headlineOf({ ...calm, findings: [unserved("order", 1)] }).href).toBe("/instances/o");
});

it("sums up everything that no live worker serves", () => {
	const two = { ...calm, findings: [unserved("needs-a-gpu", 1), unserved("campaign", 18)] };
	expect(headlineOf(two).words).toBe("No live worker can run 19 nodes of needs-a-gpu and campaign.");
	const three = { ...two, findings: [...two.findings, unserved("order", 1)] };
	expect(headlineOf({ ...three, attention: { ...calm.attention, failedLastDay: 1 } }).words).toBe(
		"No live worker can run 20 nodes of 3 workflows, and 1 instance failed in the last 24 hours.",
	);
});

it("does not call an empty store well, nor one without a worker", () => {
	const none = { ...calm.counts.byStatus, in_progress: 0 };
	const empty: Overview = { ...calm, counts: { ...calm.counts, byStatus: none } };
	expect(headlineOf(empty)).toMatchObject({ tone: "good", words: "Nothing was started yet, and a worker is ready." });
	const alone: Overview = { ...empty, findings: [{ kind: "no-worker", isMissed: false }] };
	expect(headlineOf(alone)).toMatchObject({
		tone: "warn",
		words: "Nothing was started yet, and no worker is alive.",
		href: "/workers",
	});
	const over: Overview = { ...alone, counts: { ...calm.counts, byStatus: { ...none, completed: 4 } } };
	expect(headlineOf(over).words).toBe("Nothing failed lately, and nothing is due. No worker is alive.");
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
