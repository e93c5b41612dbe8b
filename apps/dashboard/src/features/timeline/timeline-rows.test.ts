import { again, CheckpointingRunner, done, flow, InMemoryBackend, WorkflowClient } from "@waymark/engine";
import type { WorkflowSnapshot } from "@waymark/engine/backend";
import { FakeClock } from "@waymark/engine/testing";
import { describe, expect, it } from "vitest";
import { checkpoint, snapshotAt } from "../live/testing/snapshots.ts";
import { busySpans, timelineRows } from "./timeline-rows.ts";

async function snapshotOf(backend: InMemoryBackend, instanceId: string): Promise<WorkflowSnapshot> {
	const instance = await backend.getInstance(instanceId);
	const snapshot = instance === null ? null : await backend.getSnapshot(instance.runId, 0);
	if (snapshot === null) throw new Error(`${instanceId} was not started`);
	return snapshot;
}

const tour = flow<number>("tour")
	.task("load", (input) => input)
	.fork("work", { left: (b) => b.task("paint", () => 1), right: (b) => b.delay("dry", "20ms").task("look", () => 2) })
	.join("pack", ({ left }) => left)
	.loop("poll", (b) => b.task("check", (value, ctx) => ((ctx.iteration ?? 0) < 2 ? again(value) : done(value))), {
		maxIterations: 5,
		onMax: "fail",
	})
	.route("size", (value): "big" | "small" => (value === null ? "small" : "big"), {
		big: (b) => b.task("crane", () => 3),
		small: (b) => b.task("hand", () => 4),
	})
	.waitForSignal("approval", "go")
	.build();

async function toured() {
	const clock = new FakeClock();
	const backend = new InMemoryBackend({ clock });
	const runner = new CheckpointingRunner(backend, { clock });
	expect((await runner.run(tour, "t-1", 7)).status).toBe("waiting");
	clock.advance(20);
	expect((await runner.resume(tour, "t-1")).status).toBe("awaiting_signal");
	return { backend };
}

describe("the rows of the timeline", () => {
	it("end a backoff when somebody wanted the next attempt at once", async () => {
		const clock = new FakeClock();
		const backend = new InMemoryBackend({ clock });
		const runner = new CheckpointingRunner(backend, { clock, backoff: "park" });
		const call = () => Promise.reject(new Error("down"));
		const calling = flow<number>("calling")
			.task("call", call, { retry: { maxAttempts: 3, initialDelay: "1h", multiplier: 1, jitter: false } })
			.build();
		await runner.run(calling, "c-1", 1);
		const failedAt = clock.now();
		clock.advance(60_000);
		await new WorkflowClient(backend).retryNow("c-1", "call");
		await runner.resume(calling, "c-1");
		const [row] = timelineRows(calling.graph, await snapshotOf(backend, "c-1"));
		const waits = row?.segments.filter(({ what }) => what === "backoff").map(({ from, to }) => [from, to]);
		expect(waits).toEqual([
			[failedAt, failedAt + 60_000],
			[failedAt + 60_000, failedAt + 3_660_000],
		]);
	});

	it("show every node in the outline's order, with what ran, in every iteration, and what waited", async () => {
		const { backend } = await toured();
		const rows = timelineRows(tour.graph, await snapshotOf(backend, "t-1"));
		const told = rows.map(({ row, segments }) => [row.name, segments.map(({ what }) => what).join(" ")]);
		expect(told).toEqual([
			["load", "succeeded"],
			["work", ""],
			["left", ""],
			["paint", "succeeded"],
			["right", ""],
			["dry", "delay"],
			["look", "succeeded"],
			["pack", "succeeded"],
			["poll", ""],
			["check", "succeeded succeeded succeeded"],
			["size", "succeeded"],
			["big", ""],
			["crane", "succeeded"],
			["small", ""],
			["hand", ""],
			["approval", "signal"],
		]);
	});

	it("stretch a container from the first to the last of what is inside, and leave an untaken case empty", async () => {
		const { backend } = await toured();
		const rows = timelineRows(tour.graph, await snapshotOf(backend, "t-1"));
		const of = (name: string) => rows.find(({ row }) => row.name === name);
		const inside = of("check")?.segments ?? [];
		expect(of("poll")?.extent).toEqual({ from: inside[0]?.from, to: inside[2]?.to });
		expect(of("small")?.extent).toBeNull();
		expect(of("load")?.extent).toBeNull();
	});

	it("begin a wait at the end of what stands before it", async () => {
		const { backend } = await toured();
		const snapshot = await snapshotOf(backend, "t-1");
		const rows = timelineRows(tour.graph, snapshot);
		const of = (name: string) => rows.find(({ row }) => row.name === name)?.segments[0];
		const routed = snapshot.checkpoints.find(({ path }) => path === "size");
		expect(of("approval")).toMatchObject({ from: routed?.finishedAt, to: null });
		const dry = of("dry");
		expect((dry?.to ?? 0) - (dry?.from ?? 0)).toBe(20);
	});

	it("end everything that was open when the instance ends", async () => {
		const { backend } = await toured();
		await new WorkflowClient(backend).cancel("t-1");
		const rows = timelineRows(tour.graph, await snapshotOf(backend, "t-1"));
		expect(rows.flatMap(({ segments }) => segments.filter(({ to }) => to === null))).toEqual([]);
	});

	it("put the backoff between two attempts, and count it as idle", () => {
		const flaky = flow("flaky")
			.task("call", (input) => input)
			.build();
		const failed = { outcome: "failed", error: null, startedAt: 10, finishedAt: 20, nextAttemptAt: 70 } as const;
		const snapshot = snapshotAt(3, {
			attempts: [{ path: "call", epoch: 1, attempt: 1, worker: "w", version: 2, ...failed }],
			checkpoints: [{ ...checkpoint("call", 3), attempt: 2, startedAt: 72, finishedAt: 80 }],
		});
		const [row] = timelineRows(flaky.graph, snapshot);
		expect(row?.segments.map(({ what, attempt, from, to }) => [what, attempt, from, to])).toEqual([
			["failed", 1, 10, 20],
			["backoff", 2, 20, 70],
			["succeeded", 2, 72, 80],
		]);
		expect(busySpans(row === undefined ? [] : [row], 90)).toEqual([
			{ from: 10, to: 20 },
			{ from: 72, to: 80 },
		]);
	});
});
