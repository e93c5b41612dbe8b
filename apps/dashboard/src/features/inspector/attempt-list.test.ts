import type { AttemptRecord, OpenNodeRecord, WorkflowSnapshot } from "@waymark/engine/backend";
import { describe, expect, it } from "vitest";
import { sampleView } from "../../graph/testing/sample-view.ts";
import { attemptsOf } from "./attempt-list.ts";

function attempt(given: Partial<AttemptRecord>): AttemptRecord {
	const error = { name: "Error", message: "no", code: null, stack: null, cause: null };
	const times = { startedAt: 10, finishedAt: 20, nextAttemptAt: null };
	return {
		path: "charge",
		epoch: 1,
		attempt: 1,
		outcome: "failed",
		error,
		worker: "w",
		version: 1,
		...times,
		...given,
	};
}

function open(given: Partial<OpenNodeRecord>): OpenNodeRecord {
	const lease = { owner: null, grantedAt: null, version: 1 };
	const wait = { dueAt: null, signal: null, signalId: null, remaining: 0, input: "~input", priority: 3, tags: [] };
	const place = { path: "charge", state: "ready", openedAs: "ready", attempt: 1, crashes: 0, epoch: 1 } as const;
	return { ...place, ...wait, ...lease, ...given };
}

function snapshotOf(given: Partial<WorkflowSnapshot>): WorkflowSnapshot {
	const instance = {
		...{
			instanceId: "i",
			runId: "r",
			generation: 1,
			workflow: "w",
			definitionHash: "h",
			status: "in_progress" as const,
		},
		...{
			control: "none" as const,
			version: 1,
			progress: { done: 0, total: 1 },
			createdAt: 0,
			startedAt: 0,
			updatedAt: 0,
		},
		...{ endedAt: null, output: null, error: null, failedPath: null, labels: {} },
	};
	const empty = { openNodes: [], checkpoints: [], attempts: [], controlRequests: [], signals: [] };
	return { now: 100, instance, ...empty, ...given };
}

const charge = sampleView({ key: "charge", maxAttempts: 5 });

describe("attemptsOf", () => {
	it("lists the newest first and leaves out other nodes", () => {
		const attempts = [attempt({}), attempt({ epoch: 2, attempt: 2 }), attempt({ path: "other" })];
		expect(attemptsOf(charge, snapshotOf({ attempts })).map((one) => one.attempt)).toEqual([2, 1]);
	});

	it("puts the attempt that comes next on top, with its due time and without a start", () => {
		const openNodes = [open({ state: "retrying", attempt: 2, dueAt: 500 })];
		const [next, failed] = attemptsOf(charge, snapshotOf({ attempts: [attempt({})], openNodes }));
		expect(next).toMatchObject({ attempt: 2, outcome: "next", dueAt: 500, startedAt: null });
		expect(failed).toMatchObject({ attempt: 1, outcome: "failed" });
	});

	it("shows a running attempt from its grant", () => {
		const openNodes = [open({ state: "running", attempt: 3, owner: "w1", grantedAt: 90 })];
		expect(attemptsOf(charge, snapshotOf({ openNodes }))).toMatchObject([
			{ attempt: 3, outcome: "running", startedAt: 90, worker: "w1" },
		]);
	});

	it("ends with the attempt that succeeded", () => {
		const checkpoint = {
			path: "charge",
			output: "charge",
			size: 1,
			codec: "json",
			attempt: 2,
			worker: "w",
			version: 3,
		};
		const checkpoints = [{ ...checkpoint, startedAt: 30, finishedAt: 40 }];
		const found = attemptsOf(charge, snapshotOf({ attempts: [attempt({})], checkpoints }));
		expect(found.map((one) => one.outcome)).toEqual(["succeeded", "failed"]);
	});

	it("does not say of an attempt whose failure is handed on as data that it succeeded", () => {
		const at = { startedAt: 30, finishedAt: 40 };
		const checkpoint = {
			path: "charge",
			output: "charge",
			size: 1,
			codec: "json",
			attempt: 2,
			worker: "w",
			version: 3,
		};
		const attempts = [attempt({}), attempt({ epoch: 2, attempt: 2, ...at })];
		const found = attemptsOf(charge, snapshotOf({ attempts, checkpoints: [{ ...checkpoint, ...at }] }));
		expect(found.map((one) => `${one.attempt} ${one.outcome}`)).toEqual(["2 failed", "1 failed"]);
	});

	it("finds the attempts of a route at its key function", () => {
		const route = sampleView({ key: "risk", kind: "route" });
		expect(attemptsOf(route, snapshotOf({ attempts: [attempt({ path: "risk.key" })] }))).toHaveLength(1);
	});

	it("counts no attempts for a delay, which runs no code", () => {
		const delay = sampleView({ key: "charge", kind: "delay", maxAttempts: null });
		const openNodes = [open({ state: "waiting", openedAs: "waiting" })];
		expect(attemptsOf(delay, snapshotOf({ openNodes }))).toEqual([]);
	});
});
