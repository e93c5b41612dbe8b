import { describe, expect, it } from "vitest";
import { type FlowBuilder, flow } from "../../core/builder/flow.ts";
import { again, done } from "../../core/builder/loop-result.ts";
import type { Workflow } from "../../core/builder/workflow.ts";
import { makeWorld, type OpenBackend, type World } from "./world.ts";

type Place = "workflow" | "inner";

/** One kind of node, put into a scope that carries a number, and what it makes of it. */
interface Kind {
	readonly name: string;
	add<P extends Place>(b: FlowBuilder<number, number, P>): FlowBuilder<number, unknown, P>;
	result(n: number): unknown;
}

const plusOne = flow<number>("plus-one")
	.task("t", (n) => n + 1)
	.build();

const KINDS: readonly Kind[] = [
	{ name: "task", add: (b) => b.task("it", (n) => n + 1), result: (n) => n + 1 },
	{ name: "delay", add: (b) => b.delay("it", "1m"), result: (n) => n },
	{ name: "two delays", add: (b) => b.delay("it", "1m").delay("it2", "1m"), result: (n) => n },
	{ name: "signal", add: (b) => b.waitForSignal<string>("it", "go"), result: () => "payload" },
	{
		name: "signal with timeout",
		add: (b) => b.waitForSignal<string>("it", "never", { timeout: "1m" }),
		result: () => ({ received: false }),
	},
	{
		name: "fork",
		add: (b) =>
			b.fork("it", { x: (s) => s.task("t", (n) => n + 1), y: (s) => s.delay("d", "1m") }).join("j", (all) => all),
		result: (n) => ({ x: n + 1, y: n }),
	},
	{
		name: "route",
		add: (b) => b.route("it", (): "yes" | "no" => "yes", { yes: (s) => s.delay("d", "1m"), no: (s) => s }),
		result: (n) => ({ case: "yes", value: n }),
	},
	{
		name: "loop",
		add: (b) =>
			b.loop("it", (s) => s.delay("d", "1m").task("t", (n) => (n % 3 === 0 ? done({ n }) : again(n + 1))), {
				maxIterations: 5,
			}),
		result: (n) => ({ n: Math.ceil(n / 3) * 3 }),
	},
	{ name: "child", add: (b) => b.child("it", plusOne), result: (n) => n + 1 },
];

interface Position {
	readonly name: string;
	build(kind: Kind): Workflow<number, unknown>;
	result(kind: Kind): unknown;
}

const POSITIONS: readonly Position[] = [
	{ name: "alone", build: (kind) => kind.add(flow<number>("w")).build(), result: (kind) => kind.result(1) },
	{
		name: "first",
		build: (kind) =>
			kind
				.add(flow<number>("w"))
				.task("after", (value) => ({ value }))
				.build(),
		result: (kind) => ({ value: kind.result(1) }),
	},
	{
		name: "last",
		build: (kind) => kind.add(flow<number>("w").task("before", (n) => n + 1)).build(),
		result: (kind) => kind.result(2),
	},
	{
		name: "in a branch",
		build: (kind) =>
			flow<number>("w")
				.fork("f", { a: (b) => kind.add(b), b: (b) => b.task("t", (n) => n) })
				.join("join", (all) => all)
				.build(),
		result: (kind) => ({ a: kind.result(1), b: 1 }),
	},
	{
		name: "in a branch of a branch",
		build: (kind) =>
			flow<number>("w")
				.fork("f", {
					a: (b) => b.fork("g", { c: (s) => kind.add(s), d: (s) => s.task("t", (n) => n) }).join("gj", (all) => all),
				})
				.join("join", (all) => all)
				.build(),
		result: (kind) => ({ a: { c: kind.result(1), d: 1 } }),
	},
	{
		name: "in a case",
		build: (kind) =>
			flow<number>("w")
				.route("r", (): "a" | "b" => "a", { a: (b) => kind.add(b), b: (b) => b })
				.build(),
		result: (kind) => ({ case: "a", value: kind.result(1) }),
	},
	{
		name: "in a loop's body",
		build: (kind) =>
			flow<number>("w")
				.loop("l", (b) => kind.add(b).task("t", (value, ctx) => (ctx.iteration === 0 ? again(2) : done({ value }))), {
					maxIterations: 3,
				})
				.build(),
		result: (kind) => ({ value: kind.result(2) }),
	},
	{
		name: "in a child",
		build: (kind) =>
			flow<number>("w")
				.child("k", kind.add(flow<number>("kid")).build())
				.build(),
		result: (kind) => kind.result(1),
	},
];

/** Lets time pass and sends what is awaited until the instance ends. */
async function drive(world: World, turn: () => Promise<unknown>): Promise<unknown> {
	for (let turns = 0; turns < 30; turns += 1) {
		await turn();
		const state = await world.client.get("i");
		if (state.status === "completed") {
			expect(state.instance.progress.done).toBe(state.instance.progress.total);
			return state.output;
		}
		if (state.status !== "waiting" && state.status !== "awaiting_signal") throw new Error(`it is ${state.status}`);
		for (const { signal } of state.waits) if (signal === "go") await world.client.sendSignal("i", signal, "payload");
		if (state.wakeAt !== null) world.clock.advance(Math.max(state.wakeAt - world.clock.now(), 0));
	}
	throw new Error("it does not end");
}

export function positionSemantics(open: OpenBackend): void {
	describe.each(POSITIONS)("any kind of node $name", (position) => {
		it.each(KINDS)("$name, on a worker", async (kind) => {
			const world = await makeWorld(open);
			const workflow = position.build(kind);
			await world.client.start(workflow, "i", 1);
			const worker = world.worker([workflow]);
			expect(await drive(world, () => worker.tick())).toEqual(position.result(kind));
			expect((await world.snapshot("i")).openNodes).toEqual([]);
		});

		it.each(KINDS)("$name, in a runner that is new at every park", async (kind) => {
			const world = await makeWorld(open);
			const workflow = position.build(kind);
			await world.client.start(workflow, "i", 1);
			expect(await drive(world, () => world.runner.resume(workflow, "i"))).toEqual(position.result(kind));
		});
	});
}
