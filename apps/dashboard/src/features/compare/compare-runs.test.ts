import { again, CheckpointingRunner, done, flow, InMemoryBackend, type Workflow } from "@waymark/engine";
import type { WorkflowSnapshot } from "@waymark/engine/backend";
import { FakeClock } from "@waymark/engine/testing";
import { describe, expect, it } from "vitest";
import type { InstanceState } from "../../server/wire.ts";
import { compareRuns, timeBetween } from "./compare-runs.ts";
import { observeRun } from "./observe-run.ts";

interface Order {
	readonly size: "big" | "small";
	readonly rounds: number;
	/** Attempts of `charge` that fail. */
	readonly refusals?: number;
	/** Ms that `charge` takes. */
	readonly takes?: number;
	readonly reason?: string;
}

const clock = new FakeClock();

/** The plan of an order; `extra`: another version of it, with a node more and a node less. */
const plan = (extra = false) => {
	const begun = flow<Order>("order").task("load", (order) => order);
	const charged = begun.task(
		"charge",
		(order, { attempt }) => {
			clock.advance(order.takes ?? 10);
			if (attempt <= (order.refusals ?? 0)) throw new RangeError(order.reason ?? "declined");
			return order;
		},
		{ retry: { maxAttempts: 3, initialDelay: 100, multiplier: 1, jitter: false } },
	);
	const looped = charged.loop(
		"poll",
		(b) => b.task("check", (o, { iteration }) => ((iteration ?? 0) + 1 < o.rounds ? again(o) : done(o))),
		{
			maxIterations: 9,
			onMax: "fail",
		},
	);
	const routed = looped.route("size", ({ size }): "big" | "small" => size, {
		big: (b) => b.task("crane", () => "lifted"),
		small: (b) => b.task("hand", () => "carried"),
	});
	return extra
		? routed.task("thank", () => "thanks").build()
		: routed
				.waitForSignal("approval", "go")
				.task("ship", () => "gone")
				.build();
};

const ORDER = plan();

/** The state of a run that went as far as it goes by itself, or that had come so far. */
async function stateOf(
	workflow: Workflow<Order, unknown>,
	input: Order,
	isEnough = (_: WorkflowSnapshot) => false,
): Promise<InstanceState> {
	const backend = new InMemoryBackend({ clock });
	let isOver = false;
	const running = new CheckpointingRunner(backend, { clock, timers: clock })
		.run(workflow, "order-1", input)
		.then(() => {
			isOver = true;
		});
	let found: WorkflowSnapshot | null = null;
	while (!isOver) {
		await clock.nextTurn();
		const snapshot = await snapshotOf(backend);
		if (found === null && snapshot !== null && isEnough(snapshot)) found = snapshot;
		if (snapshot?.openNodes.some(({ state }) => state === "retrying")) clock.advance(clock.nextTimerInMs ?? 0);
	}
	await running;
	const snapshot = found ?? (await snapshotOf(backend));
	const definition = await backend.getDefinition(workflow.definitionHash);
	if (snapshot === null || definition === null) throw new Error("it was not started");
	return { now: snapshot.now, snapshot, definition };
}

async function snapshotOf(backend: InMemoryBackend): Promise<WorkflowSnapshot | null> {
	const instance = await backend.getInstance("order-1");
	return instance === null ? null : backend.getSnapshot(instance.runId, 0);
}

const compared = async (a: Order, b: Order, versionB = ORDER) =>
	compareRuns(observeRun(await stateOf(ORDER, a)), observeRun(await stateOf(versionB, b)));

const told = (nodes: readonly { readonly key: string; readonly differences: readonly string[] }[]) =>
	nodes.map(({ key, differences }) => `${key}: ${differences}`);

describe("two runs side by side", () => {
	it("do not differ where both did the same, also not by the moments that it took", async () => {
		const { nodes, different, partings } = await compared(
			{ size: "big", rounds: 2 },
			{ size: "big", rounds: 2, takes: 30 },
		);
		expect(nodes.map(({ key }) => key)).toEqual([
			...["load", "charge", "poll", "poll/check", "size", "size/big/crane", "size/small/hand", "approval", "ship"],
		]);
		expect(different).toEqual([]);
		expect(partings).toEqual([]);
	});

	it("part where a route took another case and a loop went round more often, and what follows is different too", async () => {
		const { different, partings } = await compared({ size: "big", rounds: 2 }, { size: "small", rounds: 4 });
		expect(told(different)).toEqual([
			"poll: iterations",
			"size: case",
			"size/big/crane: state",
			"size/small/hand: state",
		]);
		expect(told(partings)).toEqual(["poll: iterations", "size: case"]);
	});

	it("count the attempts that were more than the iterations needed", async () => {
		const { different, nodes } = await compared({ size: "big", rounds: 1 }, { size: "big", rounds: 3, refusals: 2 });
		expect(told(different)).toEqual(["charge: attempts", "poll: iterations"]);
		const charge = nodes.find(({ key }) => key === "charge");
		expect([charge?.a?.made, charge?.b?.made]).toEqual([1, 3]);
		// Three attempts of 10 ms and two backoffs of 100 ms, against one.
		expect(timeBetween(charge?.a ?? null, charge?.b ?? null)).toBe(220);
		const check = nodes.find(({ key }) => key === "poll/check");
		expect([check?.b?.made, check?.b?.rounds]).toEqual([3, 3]);
	});

	it("part at the node that failed in one of them; what it did not get to is different", async () => {
		const { different, partings } = await compared({ size: "big", rounds: 1 }, { size: "big", rounds: 1, refusals: 9 });
		expect(told(partings)).toEqual(["charge: state,attempts"]);
		expect(told(different)).toEqual([
			"charge: state,attempts",
			"poll/check: state",
			"size: state",
			"size/big/crane: state",
		]);
	});

	it("part where both failed by another error, and not where it was the same", async () => {
		const failing = { size: "big", rounds: 1, refusals: 9 } as const;
		expect(told((await compared(failing, { ...failing, reason: "no cover" })).partings)).toEqual(["charge: error"]);
		expect((await compared(failing, failing)).different).toEqual([]);
	});

	it("say of a node that only one version of the plan has which it is", async () => {
		const { nodes, onlyA, onlyB, different } = await compared(
			{ size: "big", rounds: 1 },
			{ size: "big", rounds: 1 },
			plan(true),
		);
		expect([onlyA, onlyB]).toEqual([2, 1]);
		expect(told(different)).toEqual(["approval: only", "ship: only", "thank: only"]);
		expect(nodes.at(-1)).toMatchObject({ key: "thank", a: null });
	});

	it("tell a time that is at least twice as long, and half a second longer", async () => {
		const of = async (a: number, b: number) =>
			(await compared({ size: "big", rounds: 1, takes: a }, { size: "big", rounds: 1, takes: b })).different;
		expect(told(await of(400, 1_000))).toEqual(["charge: time"]);
		expect(told(await of(1_000, 400))).toEqual(["charge: time"]);
		expect(await of(5_000, 8_000)).toEqual([]);
		expect(await of(10, 400)).toEqual([]);
	});

	it("leave open what a run that goes on has not decided", async () => {
		const a = await stateOf(ORDER, { size: "big", rounds: 3 });
		const retries = ({ openNodes }: WorkflowSnapshot) => openNodes.some(({ state }) => state === "retrying");
		const b = await stateOf(ORDER, { size: "small", rounds: 3, refusals: 1 }, retries);
		const { different, nodes } = compareRuns(observeRun(a), observeRun(b));
		expect(told(different)).toEqual(["charge: state"]);
		const charge = nodes.find(({ key }) => key === "charge");
		expect(charge?.b?.view.state).toBe("retrying");
		expect(timeBetween(charge?.a ?? null, nodes.find(({ key }) => key === "ship")?.b ?? null)).toBeNull();
	});
});
