import { describe, expect, it } from "vitest";
import { flow } from "../builder/flow.ts";
import { again, done } from "../builder/loop-result.ts";
import type { ValueRef } from "../value-ref.ts";
import { nodeViews } from "./node-views.ts";
import type { AttemptRecord, CheckpointRecord, OpenNodeRecord, WorkflowSnapshot } from "./records.ts";
import type { InstanceStatus, OpenState } from "./status.ts";

const { graph } = flow<number>("seen")
	.task("first", (n) => n, { retry: { maxAttempts: 5 } })
	.fork("f", {
		a: (b) => b.task("work", (n) => n),
		b: (b) => b.waitForSignal<number>("ask", "approval"),
	})
	.join("j", ({ a, b }) => a + b)
	.route("r", (n): "big" | "small" => (n > 9 ? "big" : "small"), {
		big: (b) => b.task("grow", () => 1),
		small: (b) => b.task("shrink", () => 2),
	})
	.loop("l", (b) => b.task("turn", (v) => (v.case === "big" ? again(v) : done(1))), { maxIterations: 9, onMax: "fail" })
	.build();

function open(path: string, state: OpenState, more: Partial<OpenNodeRecord> = {}): OpenNodeRecord {
	const common = { attempt: 1, crashes: 0, epoch: 1, dueAt: null, signal: null, signalId: null, remaining: 0 };
	const rest = { input: "~input", priority: 3, tags: [], owner: null, grantedAt: null, version: 1 };
	return { path, state, openedAs: "ready", ...common, ...rest, ...more };
}

function checkpoint(path: string, output: ValueRef = path): CheckpointRecord {
	return { path, output, size: 1, codec: "json", attempt: 1, startedAt: 10, finishedAt: 20, worker: "w", version: 1 };
}

function snapshot(
	status: InstanceStatus,
	rows: { open?: OpenNodeRecord[]; checkpoints?: CheckpointRecord[]; attempts?: AttemptRecord[] },
): WorkflowSnapshot {
	const times = { createdAt: 0, startedAt: 1, updatedAt: 2, endedAt: null };
	return {
		now: 100,
		instance: {
			instanceId: "i",
			runId: "r",
			generation: 1,
			workflow: "seen",
			definitionHash: "h",
			status,
			control: "none",
			version: 1,
			progress: { done: 0, total: 7 },
			...times,
			output: null,
			error: null,
			failedPath: null,
			labels: {},
		},
		openNodes: rows.open ?? [],
		checkpoints: rows.checkpoints ?? [],
		attempts: rows.attempts ?? [],
		controlRequests: [],
		signals: [],
	};
}

function states(view: WorkflowSnapshot, iterations?: ReadonlyMap<string, number>): Record<string, string> {
	return Object.fromEntries([...nodeViews(graph, view, iterations)].map(([key, { state }]) => [key, state]));
}

describe("nodeViews", () => {
	it("has one view for each node and join of the plan, in document order", () => {
		expect([...nodeViews(graph, snapshot("pending", {})).keys()]).toEqual([
			"first",
			"f",
			"f/a/work",
			"f/b/ask",
			"j",
			"r",
			"r/big/grow",
			"r/small/shrink",
			"l",
			"l/turn",
		]);
	});

	it("shows a retrying task with its next attempt, the limit and the last error", () => {
		const error = { name: "E", message: "no", code: null, stack: null, cause: null };
		const failed: AttemptRecord = {
			path: "first",
			epoch: 1,
			attempt: 1,
			outcome: "failed",
			error,
			startedAt: 5,
			finishedAt: 6,
			worker: "w",
			nextAttemptAt: 500,
			version: 2,
		};
		const row = open("first", "retrying", { attempt: 2, dueAt: 500 });
		expect(nodeViews(graph, snapshot("waiting", { open: [row], attempts: [failed] })).get("first")).toMatchObject({
			state: "retrying",
			attempt: 2,
			maxAttempts: 5,
			dueAt: 500,
			error,
		});
	});

	it("lets a fork look like its liveliest branch and counts what the join waits for", () => {
		const view = snapshot("in_progress", {
			checkpoints: [checkpoint("first"), checkpoint("f/a/work")],
			open: [open("f/b/ask", "awaiting_signal", { signal: "approval" }), open("j", "joining", { remaining: 1 })],
		});
		expect(states(view)).toMatchObject({ f: "awaiting_signal", "f/a/work": "completed", j: "pending", r: "pending" });
		expect(nodeViews(graph, view).get("j")?.branches).toEqual({ ended: 1, total: 2 });
	});

	it("passes a state that only a newer engine knows on as it is, and lets a fork look like it if nothing else is told", () => {
		const waits = open("f/b/ask", "on_hold" as OpenState);
		const alone = snapshot("waiting", { checkpoints: [checkpoint("first")], open: [waits] });
		expect(states(alone)).toMatchObject({ "f/b/ask": "on_hold", f: "on_hold" });
		const beside = snapshot("waiting", {
			checkpoints: [checkpoint("first")],
			open: [waits, open("f/a/work", "running")],
		});
		expect(states(beside)).toMatchObject({ "f/b/ask": "on_hold", f: "running" });
	});

	it("marks a case skipped once another was chosen", () => {
		const recorded = ["first", "f/a/work", "f/b/ask", "j"].map((path) => checkpoint(path));
		const view = snapshot("in_progress", {
			checkpoints: [...recorded, checkpoint("r.key", "case:big|~none")],
			open: [open("r/big/grow", "running", { owner: "w", grantedAt: 50 })],
		});
		expect(states(view)).toMatchObject({
			f: "completed",
			r: "running",
			"r/big/grow": "running",
			"r/small/shrink": "skipped",
		});
		expect(nodeViews(graph, view).get("r")?.chosen).toBe("big");
	});

	it("shows a loop's latest iteration, or the one that was picked", () => {
		const recorded = ["first", "f/a/work", "f/b/ask", "j", "r", "r/big/grow", "l[0]/turn"].map((path) =>
			checkpoint(path),
		);
		const view = snapshot("in_progress", {
			checkpoints: [...recorded, checkpoint("r.key", "case:big|~none")],
			open: [open("l[1]/turn", "running", { owner: "w" })],
		});
		expect(nodeViews(graph, view).get("l")).toMatchObject({
			state: "running",
			iterations: { shown: 1, begun: 2, max: 9 },
		});
		expect(nodeViews(graph, view).get("l/turn")).toMatchObject({ state: "running", path: "l[1]/turn" });
		expect(nodeViews(graph, view, new Map([["l", 0]])).get("l/turn")).toMatchObject({
			state: "completed",
			path: "l[0]/turn",
		});
	});

	it("shows where a cancelled instance stood, though it has no open rows any more", () => {
		const view = snapshot("cancelled", { checkpoints: [checkpoint("first"), checkpoint("f/a/work")] });
		expect(states(view)).toMatchObject({ first: "completed", "f/b/ask": "cancelled", f: "cancelled", j: "pending" });
	});

	it("keeps a completed instance's composites completed and everything not taken skipped", () => {
		const recorded = ["first", "f/a/work", "f/b/ask", "j", "r", "r/small/shrink", "l", "l[0]/turn"].map((path) =>
			checkpoint(path),
		);
		const view = snapshot("completed", { checkpoints: [...recorded, checkpoint("r.key", "case:small|~none")] });
		expect(states(view)).toEqual({
			first: "completed",
			f: "completed",
			"f/a/work": "completed",
			"f/b/ask": "completed",
			j: "completed",
			r: "completed",
			"r/big/grow": "skipped",
			"r/small/shrink": "completed",
			l: "completed",
			"l/turn": "completed",
		});
	});

	it("shows a branch that failed for good as failed where the join takes outcomes, and the fork as going on", () => {
		const settled = flow<number>("settled")
			.fork(
				"f",
				{
					a: (b) =>
						b.child(
							"c",
							flow<number>("inner")
								.task("work", (n) => n)
								.task("after", (n) => n)
								.build(),
						),
					b: (b) => b.task("other", (n) => n),
				},
				{ settle: "all" },
			)
			.join("j", () => 1)
			.build();
		const last: AttemptRecord = {
			path: "f/a/c/work",
			epoch: 1,
			attempt: 1,
			outcome: "failed",
			error: null,
			startedAt: 1,
			finishedAt: 2,
			worker: "w",
			nextAttemptAt: null,
			version: 1,
		};
		const rows = {
			open: [open("f/b/other", "running", { owner: "w" }), open("j", "joining", { remaining: 1 })],
			checkpoints: [checkpoint("f/a")],
			attempts: [last],
		};
		const found = nodeViews(settled.graph, snapshot("in_progress", rows));
		expect(Object.fromEntries([...found].map(([key, { state }]) => [key, state]))).toEqual({
			f: "running",
			"f/a/c": "failed",
			"f/a/c/work": "failed",
			"f/a/c/after": "skipped",
			"f/b/other": "running",
			j: "pending",
		});
		const ended = snapshot("completed", {
			...rows,
			open: [],
			checkpoints: ["f/a", "f/b", "f/b/other", "j"].map((path) => checkpoint(path)),
		});
		expect(nodeViews(settled.graph, ended).get("f")?.state).toBe("completed");
	});
});
