import { describe, expect, it } from "vitest";
import { InvalidDefinitionError } from "../errors.ts";
import { indexGraph, isPlanned, walkGraph } from "../graph/index-graph.ts";
import { LIMITS } from "../limits.ts";
import { task } from "./defined-task.ts";
import { type FlowBuilder, flow } from "./flow.ts";
import { again, done, LoopResult } from "./loop-result.ts";
import type { TaskContext } from "./task-context.ts";
import type { Workflow } from "./workflow.ts";

const id = <T>(value: T): T => value;

const context: TaskContext = {
	instanceId: "i",
	runId: "r",
	workflow: { name: "w", definitionHash: "h" },
	path: "p",
	attempt: 1,
	maxAttempts: 1,
	iteration: null,
	idempotencyKey: "k",
	signal: new AbortController().signal,
	heartbeat: () => undefined,
	log: { info: id, warn: id, error: id },
};

const invoice = flow<number>("invoice")
	.task("print", (n) => `invoice over ${n}`)
	.build();

/** A workflow with every kind of node. */
function everyKind() {
	return flow<{ readonly amount: number }>("order", { description: "Everything at once" })
		.task("validate", (o) => o.amount, { version: "2", description: "Checks" })
		.fork("fulfil", {
			payment: (b) => b.task("charge", (n) => n + 1).delay("settle", "5s"),
			stock: (b) => b.waitForSignal<string>("arrived", "stock", { timeout: "48h" }),
		})
		.join("combine", ({ payment, stock }) => (stock.received ? payment : 0), { timeout: "1m" })
		.route("risk", (n) => (n > 10 ? "review" : "auto"), {
			review: (b) => b.waitForSignal<boolean>("approval", "approve").task("decide", (ok) => (ok ? 1 : 0)),
			auto: (b) => b,
		})
		.loop(
			"poll",
			(b) =>
				b.task("check", ({ case: chosen, value }) =>
					value > 3 ? done(value) : again({ case: chosen, value: value + 1 } as never),
				),
			{
				maxIterations: 50,
			},
		)
		.child("invoice", invoice);
}

function problemsOf(build: () => Workflow): readonly string[] {
	try {
		build();
	} catch (error) {
		if (InvalidDefinitionError.is(error)) return error.problems.map(({ path, message }) => `${path}: ${message}`);
		throw error;
	}
	return [];
}

describe("flow", () => {
	it("builds the graph as plain data, in order", () => {
		const { graph, name } = everyKind().build();
		expect(name).toBe("order");
		expect(graph).toEqual(JSON.parse(JSON.stringify(graph)));
		expect(graph.scope.map(({ kind, id }) => [kind, id])).toEqual([
			["task", "validate"],
			["fork", "fulfil"],
			["route", "risk"],
			["loop", "poll"],
			["child", "invoice"],
		]);
		expect([...indexGraph(graph).keys()]).toEqual([
			"validate",
			"fulfil",
			"fulfil/payment/charge",
			"fulfil/payment/settle",
			"fulfil/stock/arrived",
			"combine",
			"risk",
			"risk.key",
			"risk/review/approval",
			"risk/review/decide",
			"poll",
			"poll/check",
			"invoice",
			"invoice/print",
		]);
	});

	it("keeps every function under its path, joins, keys and children included", () => {
		const { handlers, graph } = everyKind().build();
		expect([...handlers.keys()].sort()).toEqual([
			"combine",
			"fulfil/payment/charge",
			"invoice/print",
			"poll/check",
			"risk.key",
			"risk/review/decide",
			"validate",
		]);
		expect(handlers.get("fulfil/payment/charge")?.run(4, context)).toBe(5);
		expect(handlers.get("risk.key")?.run(11, context)).toBe("review");
		expect(handlers.get("combine")?.run({ payment: 3, stock: { received: true, payload: "" } }, context)).toBe(3);
		expect(handlers.get("invoice/print")?.run(7, context)).toBe("invoice over 7");
		const code = [...walkGraph(graph)].filter(({ node, role }) => role !== "node" || node.kind === "task");
		expect(code.map(({ key }) => key).sort()).toEqual([...handlers.keys()].sort());
	});

	it("keeps the functions of routes, joins, loops and children inside of other scopes under their whole paths", () => {
		const { handlers, graph } = flow<number>("f")
			.fork("out", {
				a: (b) =>
					b
						.route("r", () => "x", { x: (c) => c.child("inv", invoice) })
						.fork("in", { z: (c) => c.loop("l", (d) => d.task("t", done), { maxIterations: 1 }) })
						.join("merge", id),
			})
			.join("join", id)
			.build();
		expect([...handlers.keys()].sort()).toEqual([
			"join",
			"out/a/in/z/l/t",
			"out/a/merge",
			"out/a/r.key",
			"out/a/r/x/inv/print",
		]);
		const index = indexGraph(graph);
		for (const path of handlers.keys()) expect(index.has(path)).toBe(true);
	});

	it("counts the plan nodes", () => {
		const { plannedNodes, graph } = everyKind().build();
		expect(plannedNodes).toBe(10);
		expect(plannedNodes).toBe([...walkGraph(graph)].filter(isPlanned).length);
	});

	it("takes the options of tasks, joins and routes into the policy", () => {
		const options = {
			timeout: "30s",
			retry: { maxAttempts: 5, jitter: true },
			tags: ["gpu", "eu", "gpu"],
			priority: 1,
		} as const;
		const policy = {
			retry: { maxAttempts: 5, initialDelayMs: 1_000, multiplier: 2, maxDelayMs: null, jitter: true },
			timeoutMs: 30_000,
			heartbeatTimeoutMs: null,
			onFailure: "fail",
			priority: 1,
			tags: ["gpu", "eu"],
			description: null,
			version: null,
		};
		const { handlers } = flow<number>("f")
			.task("t", id, options)
			.fork("fork", { a: (b) => b.task("t", id) })
			.join("join", ({ a }) => a, options)
			.route("route", () => "a", { a: (b) => b, default: (b) => b }, options)
			.build();
		for (const path of ["t", "join", "route.key"]) expect(handlers.get(path)?.policy).toEqual(policy);
		expect(handlers.get("fork/a/t")?.policy).toEqual({
			...policy,
			retry: null,
			timeoutMs: null,
			heartbeatTimeoutMs: null,
			priority: 3,
			tags: [],
		});
	});

	it("hands the driver the schemas, and keeps the flow's own", () => {
		const schema = {
			"~standard": { version: 1, vendor: "test", validate: (value: unknown) => ({ value: value as number }) },
		} as const;
		const built = flow("f", { input: schema }).task("t", id, { input: schema, output: schema }).build();
		expect(built.inputSchema).toBe(schema);
		expect(built.handlers.get("t")).toMatchObject({ inputSchema: schema, outputSchema: schema });
	});

	it("is immutable: two flows share a beginning and do not see each other", () => {
		const start = flow<number>("f").task("a", id);
		const left = start.task("left", id).build();
		const right = start.delay("right", 5).build();
		expect(left.graph.scope.map((node) => node.id)).toEqual(["a", "left"]);
		expect(right.graph.scope.map((node) => node.id)).toEqual(["a", "right"]);
		expect(start.build().graph.scope).toHaveLength(1);
	});

	it("freezes what the hash was taken of", () => {
		const { graph } = everyKind().build();
		for (const entry of walkGraph(graph))
			expect(Object.isFrozen(entry.node) && Object.isFrozen(entry.scope)).toBe(true);
	});

	it("is no thenable, so that an async function may return it", async () => {
		const b = flow<number>("f").task("a", id);
		expect("then" in b).toBe(false);
		expect(await (async () => b)()).toBe(b);
	});

	it("builds a chain of the largest size, and refuses one more", () => {
		let b: FlowBuilder<number, number, "workflow"> = flow<number>("long");
		for (let at = 0; at < LIMITS.nodes; at += 1) b = b.task(`t${at}`, id);
		const built = b.build();
		expect(built.plannedNodes).toBe(LIMITS.nodes);
		expect(built.graph.scope[LIMITS.nodes - 1]?.id).toBe(`t${LIMITS.nodes - 1}`);
		expect(problemsOf(() => b.task("more", id).build())).toEqual([
			": there are more than 10000 nodes; split the work over several workflows",
		]);
	});

	it("refuses children that multiply beyond the limit", () => {
		let built: Workflow<number, number> = flow<number>("w").task("t", id).build();
		const double = (inner: Workflow<number, number>) => flow<number>("w").child("a", inner).child("b", inner);
		for (let level = 0; level < 11; level += 1) built = double(built).build();
		expect(problemsOf(() => double(double(built).build()).build())).toHaveLength(1);
	});

	it("refuses nesting beyond the limit, and takes the limit", () => {
		let built: Workflow<number, number> = flow<number>("w").task("t", id).build();
		const around = (inner: Workflow<number, number>) => flow<number>("w").child("c", inner);
		for (let level = 0; level < LIMITS.nesting; level += 1) built = around(built).build();
		const deeper = built;
		expect(problemsOf(() => around(deeper).build())).toEqual([
			`${"c/".repeat(LIMITS.nesting + 1)}t: it is nested deeper than 64 scopes; make the structure flatter`,
		]);
	});
});

describe("defined tasks", () => {
	const charge = task("charge", (n: number) => n * 2, { retry: { maxAttempts: 7 }, tags: ["money"] });

	it("are called directly in a unit test", () => {
		expect(charge(4)).toBe(8);
		expect(charge.as("other")(4)).toBe(8);
	});

	it("bring their id and options into any number of flows, also under another id", () => {
		const { handlers } = flow<number>("f").task(charge).task(charge.as("again")).build();
		for (const path of ["charge", "again"]) {
			expect(handlers.get(path)?.policy).toMatchObject({ tags: ["money"], retry: { maxAttempts: 7 } });
			expect(handlers.get(path)?.run(4, context)).toBe(8);
		}
	});

	it("get their context from the driver", () => {
		const attempt = task("attempt", (_: number, ctx) => ctx.attempt);
		expect(flow<number>("f").task(attempt).build().handlers.get("attempt")?.run(1, context)).toBe(1);
	});

	it("are refused as plain functions, which would lose their options", () => {
		const problems = problemsOf(() => flow<number>("f").task("mine", charge).build());
		expect(problems).toEqual([expect.stringMatching(/^mine: task "charge" was passed as a plain function/)]);
	});
});

describe("again and done", () => {
	it("are verdicts that the driver can tell from any other value", () => {
		expect(again(1)).toMatchObject({ verdict: "again", value: 1 });
		expect(done(1)).toMatchObject({ verdict: "done", value: 1 });
		expect(LoopResult.is(again(1))).toBe(true);
		for (const other of [{ verdict: "again", value: 1 }, null, undefined, 5, "again"])
			expect(LoopResult.is(other)).toBe(false);
	});
});
