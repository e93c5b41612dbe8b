import { describe, expect, it } from "vitest";
import { flow } from "../builder/flow.ts";
import { again, done } from "../builder/loop-result.ts";
import type { WorkflowGraph } from "../graph/continuation.ts";
import { indexGraph, isPlanned } from "../graph/index-graph.ts";
import { INPUT_REF, joinRef, NONE_REF, type ValueRef, wrap } from "../value-ref.ts";
import { inputOf, position } from "./position.ts";
import { advance, begin, branchEnds, choiceRef, failedBranch, type Transition } from "./step.ts";

const step = (value: number) => value + 1;
const paths = (transition: Transition) => transition.open.map(({ path, state }) => `${path}:${state}`);
const following = (graph: WorkflowGraph, path: string, output: ValueRef = path, input: ValueRef = INPUT_REF) =>
	advance(graph, { path, input, output });

describe("a chain", () => {
	const { graph } = flow<number>("chain").task("a", step).delay("nap", "1s").waitForSignal<number>("ask", "go").build();

	it("opens its first node with the instance's input", () => {
		expect(begin(graph).open).toEqual([
			expect.objectContaining({ path: "a", state: "ready", input: INPUT_REF, dueInMs: null, signal: null }),
		]);
	});

	it("hands a node's output on by reference, through a delay without a copy", () => {
		const nap = following(graph, "a");
		expect(nap.open).toEqual([expect.objectContaining({ path: "nap", state: "waiting", dueInMs: 1000, input: "a" })]);
		const ask = following(graph, "nap", "a");
		expect(ask.open).toEqual([
			expect.objectContaining({ path: "ask", state: "awaiting_signal", signal: "go", dueInMs: null, input: "a" }),
		]);
	});

	it("completes with the last node's output", () => {
		expect(following(graph, "ask", "~signal:1").end).toEqual({ kind: "completed", output: "~signal:1" });
	});
});

describe("a fork", () => {
	const { graph } = flow<number>("forked")
		.fork("f", {
			left: (b) =>
				b
					.task("a", step)
					.fork("inner", { x: (c) => c.task("x", step) })
					.join("ix", ({ x }) => x),
			right: (b) => b.delay("nap", 5),
		})
		.join("sum", ({ left, right }) => left + right)
		.build();

	it("opens every branch and one joining row that counts them", () => {
		const opened = begin(graph);
		expect(paths(opened)).toEqual(["f/left/a:ready", "f/right/nap:waiting", "sum:joining"]);
		expect(opened.open.at(-1)).toMatchObject({ remaining: 2, input: joinRef("f") });
	});

	it("counts the join down at a branch's last node, not at its first", () => {
		expect(following(graph, "f/left/a")).toMatchObject({ countDown: null });
		expect(paths(following(graph, "f/left/a"))).toEqual(["f/left/inner/x/x:ready", "f/left/ix:joining"]);
		expect(following(graph, "f/left/inner/x/x")).toMatchObject({ countDown: "f/left/ix", open: [], end: null });
		expect(following(graph, "f/left/ix")).toMatchObject({ countDown: "sum", open: [], end: null });
	});

	it("finds a branch's output at its last node, which for a fork is its join", () => {
		const fork = indexGraph(graph).get("f")?.node;
		if (fork?.kind !== "fork") throw new Error("f is the fork");
		expect(branchEnds(fork, "f").map((end) => end.lastPath)).toEqual(["f/left/ix", "f/right/nap"]);
	});

	it("lets a failure end the instance, unless the fork hands outcomes to its join", () => {
		expect(failedBranch(graph, "f/left/inner/x/x")).toBeNull();
		const tolerant = flow<number>("tolerant")
			.loop(
				"l",
				(b) =>
					b
						.fork("f", { a: (c) => c.child("k", flow<number>("kid").task("t", step).build()) }, { settle: "all" })
						.join("j", () => done(1)),
				{ maxIterations: 3, onMax: "fail" },
			)
			.build();
		expect(failedBranch(tolerant.graph, "l[2]/f/a/k/t")).toEqual({
			branchPath: "l[2]/f/a",
			countDown: "l[2]/j",
			closes: "l[2]/f/a/",
		});
	});
});

describe("a route", () => {
	const { graph } = flow<number>("routed")
		.route("r", (n) => (n > 1 ? "many" : "few"), { many: (b) => b.task("a", step).task("b", step), few: (b) => b })
		.task("end", () => 1)
		.build();
	const route = indexGraph(graph).get("r")?.node;
	if (route?.kind !== "route") throw new Error("r is the route");

	it("begins with its key and opens the chosen case with the route's own input", () => {
		expect(paths(begin(graph))).toEqual(["r.key:ready"]);
		const chosen = following(graph, "r.key", choiceRef("r.key", route, "many") as ValueRef, "before");
		expect(chosen.open).toEqual([expect.objectContaining({ path: "r/many/a", input: "before" })]);
	});

	it("records itself as { case, value } when the case ends", () => {
		const ended = following(graph, "r/many/b");
		expect(ended.recorded).toEqual([{ path: "r", output: "case:many|r/many/b" }]);
		expect(ended.open).toEqual([expect.objectContaining({ path: "end", input: "case:many|r/many/b" })]);
	});

	it("hands its input on through an empty case", () => {
		const ended = following(graph, "r.key", wrap({ kind: "case", key: "few" }, NONE_REF), "before");
		expect(ended.recorded).toEqual([{ path: "r", output: "case:few|before" }]);
		expect(paths(ended)).toEqual(["end:ready"]);
	});

	it("refuses a key that no case has", () => {
		expect(choiceRef("r.key", route, "none")).toMatchObject({ code: "UnknownRouteKey", cases: ["many", "few"] });
	});
});

describe("a loop", () => {
	const looped = (onMax: "fail" | "exitWithLast") =>
		flow<number>("looped")
			.loop("l", (b) => b.task("t", (n) => (n > 3 ? done(n) : again(n + 1))), { maxIterations: 2, onMax })
			.task("end", () => 1)
			.build().graph;

	it("gives the next iteration the value of again()", () => {
		expect(following(looped("fail"), "l[0]/t", "again|l[0]/t").open).toEqual([
			expect.objectContaining({ path: "l[1]/t", input: "l[0]/t" }),
		]);
	});

	it("records itself with the value of done() and goes on", () => {
		const ended = following(looped("fail"), "l[1]/t", "done|l[1]/t");
		expect(ended.recorded).toEqual([{ path: "l", output: "l[1]/t" }]);
		expect(ended.open).toEqual([expect.objectContaining({ path: "end", input: "l[1]/t" })]);
	});

	it("fails at its limit, or leaves with the last value", () => {
		expect(following(looped("fail"), "l[1]/t", "again|l[1]/t").end).toMatchObject({
			kind: "failed",
			error: { code: "LoopLimit", maxIterations: 2 },
		});
		expect(following(looped("exitWithLast"), "l[1]/t", "again|l[1]/t").recorded).toEqual([
			{ path: "l", output: "l[1]/t" },
		]);
	});

	it("fails a body that ends without a verdict", () => {
		expect(following(looped("fail"), "l[0]/t", "l[0]/t").end).toMatchObject({
			error: { code: "LoopResult", path: "l" },
		});
	});
});

describe("progress", () => {
	const workflow = flow<number>("progress")
		.task("a", step)
		.route("r", () => "x" as "x" | "y", { x: (b) => b.task("x", step), y: (b) => b.task("y1", step).task("y2", step) })
		.loop("l", (b) => b.task("t", () => done(1)), { maxIterations: 9, onMax: "fail" })
		.child("k", flow<number>("kid").task("t", step).build())
		.build();

	it("adds up to the planned nodes on every way through, skipped cases and repeated bodies included", () => {
		const total = [...indexGraph(workflow.graph).values()].filter(isPlanned).length;
		const steps: [string, ValueRef][] = [
			["a", "a"],
			["r.key", "case:x|~none"],
			["r/x/x", "r/x/x"],
			["l[0]/t", "again|l[0]/t"],
			["l[1]/t", "done|l[1]/t"],
			["k/t", "k/t"],
		];
		const made = steps.map(([path, output]) => following(workflow.graph, path, output));
		expect(made.map(({ progress }) => progress)).toEqual([1, 3, 1, 0, 1, 1]);
		expect(made.reduce((sum, { progress }) => sum + progress, 0)).toBe(total);
		expect(total).toBe(workflow.plannedNodes);
	});
});

describe("cost", () => {
	it("looks at as many nodes for the last of 10,000 as for the first", () => {
		const scope = Array.from({ length: 10_000 }, (_, at) => `n${at}`);
		let building = flow<number>("long").task("first", step);
		for (const id of scope.slice(1)) building = building.task(id, step);
		const { graph } = building.build();
		indexGraph(graph);
		let reads = 0;
		const counted: WorkflowGraph = {
			...graph,
			scope: new Proxy(graph.scope, {
				get: (target, key) => {
					reads += 1;
					return Reflect.get(target, key);
				},
			}),
		};
		indexGraph(counted);
		const cost = (path: string) => {
			reads = 0;
			following(counted, path);
			return reads;
		};
		cost("first");
		expect(cost("n9998")).toBe(cost("n1"));
	});
});

describe("position", () => {
	const { graph } = flow<number>("where")
		.fork("f", { a: (b) => b.task("a1", step).task("a2", step), b: (b) => b.delay("nap", 5) })
		.join("j", ({ a }) => a)
		.build();
	const open = (recorded: Record<string, ValueRef>) =>
		position(graph, new Map(Object.entries(recorded))).open.map(
			(spec) => `${spec.path}:${spec.state}:${spec.remaining}`,
		);

	it("says from the records alone what must be open", () => {
		expect(open({})).toEqual(["f/a/a1:ready:0", "f/b/nap:waiting:0", "j:joining:2"]);
		expect(open({ "f/a/a1": "f/a/a1", "f/a/a2": "f/a/a2" })).toEqual(["f/b/nap:waiting:0", "j:joining:1"]);
		expect(open({ "f/a/a1": "x", "f/a/a2": "x", "f/b/nap": "~input" })).toEqual(["j:ready:0"]);
	});

	it("reaches the end when everything is recorded", () => {
		const all = new Map(["f/a/a1", "f/a/a2", "f/b/nap", "j"].map((path): [string, ValueRef] => [path, path]));
		expect(position(graph, all)).toMatchObject({ open: [], end: { kind: "completed", output: "j" } });
	});

	it("knows what every node was given, composites too, in every iteration", () => {
		const nested = flow<number>("given")
			.task("a", step)
			.fork("f", { x: (b) => b.task("x", step), y: (b) => b.delay("nap", 5) })
			.join("j", ({ x }) => x)
			.route("r", (): "yes" | "no" => "yes", { yes: (b) => b.task("go", step), no: (b) => b })
			.task("open", ({ value }) => value)
			.loop("l", (b) => b.task("t", (n) => (n > 3 ? done(n) : again(n))), { maxIterations: 9 })
			.build().graph;
		const outputs = new Map<string, ValueRef>([
			...["a", "f/x/x", "j", "r/yes/go", "open"].map((path): [string, ValueRef] => [path, path]),
			["f/y/nap", "a"],
			["r.key", "case:yes|~none"],
			["r", "case:yes|r/yes/go"],
			["l[0]/t", "again|l[0]/t"],
		]);
		const where = position(nested, outputs);
		const given = (path: string) => inputOf(where, nested, path);
		expect(["a", "f", "f/x/x", "f/y/nap", "j"].map(given)).toEqual([INPUT_REF, "a", "a", "a", joinRef("f")]);
		expect(["r", "r/yes/go", "open"].map(given)).toEqual(["j", "j", "case:yes|r/yes/go"]);
		expect(["l", "l[0]/t", "l[1]/t"].map(given)).toEqual(["open", "open", "l[0]/t"]);
		expect(["l[2]/t", "gone"].map(given)).toEqual([null, null]);
	});
});
