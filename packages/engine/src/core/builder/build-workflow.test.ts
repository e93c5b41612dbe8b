import { describe, expect, it } from "vitest";
import { InvalidDefinitionError } from "../errors.ts";
import { type FlowBuilder, flow } from "./flow.ts";
import { done } from "./loop-result.ts";
import type { Workflow } from "./workflow.ts";

const id = <T>(value: T): T => value;

function problemsOf(build: () => Workflow): readonly string[] {
	try {
		build();
	} catch (error) {
		if (InvalidDefinitionError.is(error)) return error.problems.map(({ path, message }) => `${path}: ${message}`);
		throw error;
	}
	return [];
}

describe("build", () => {
	it("reports every problem at once, in document order per source", () => {
		const problems = problemsOf(() =>
			flow<number>(" bad name ", { description: "" })
				.task("", id)
				.task("twice", id, { timeout: "5 bananas" as never, priority: 9, tags: [""], version: "" })
				.delay("twice", -5)
				.waitForSignal("wait", "", { timeout: "soon" as never })
				.fork("fork", { "bad/name": (b) => b.task("a", id), empty: (b) => b })
				.join("fork", () => 1, { retry: { maxAttempts: 0, multiplier: 0.1 } })
				.route("route", () => "x", {} as { default: never })
				.loop("loop", (b) => b as never, { maxIterations: 0, onMax: "explode" as never })
				.build(),
		);
		expect(problems).toEqual([
			": description must be a text of 1 to 2000 characters",
			expect.stringMatching(/^twice: timeout: "5 bananas" is not a duration/),
			expect.stringMatching(/^twice: priority must be/),
			expect.stringMatching(/^twice: tags must be/),
			expect.stringMatching(/^twice: version must be/),
			"twice: -5 is negative; a duration is 0 or longer",
			expect.stringMatching(/^wait: timeout: "soon" is not a duration/),
			expect.stringMatching(/^fork: retry.maxAttempts/),
			expect.stringMatching(/^fork: retry.multiplier/),
			expect.stringMatching(/^: the workflow's name must be/),
			expect.stringMatching(/^: node 1 \(a task\) has the id ""/),
			'twice: the id "twice" is used twice in one scope; choose another',
			'fork: the id "fork" is used twice in one scope; choose another',
			expect.stringMatching(/^wait: the signal's name must be/),
			expect.stringMatching(/^fork: the branch name "bad\/name" must be/),
			'fork: branch "empty" has no nodes; add at least one',
			"route: the route has no cases; add at least one",
			"loop: maxIterations must be a whole number from 1 to 100000",
			'loop: onMax must be "fail" or "exitWithLast"',
			"loop: the loop's body has no nodes; add at least one",
		]);
	});

	it("names the place of a problem inside of branches, cases, loops and their bodies", () => {
		const bad = (b: FlowBuilder<number, number, "inner">) => b.delay("d", -1);
		const problems = problemsOf(() =>
			flow<number>("f")
				.fork("fork", { a: (b) => b.loop("l", (c) => bad(c).task("t", done), { maxIterations: 1 }) })
				.join("j", ({ a }) => a)
				.route("r", () => "x", { x: bad, default: (b) => b })
				.build(),
		);
		expect(problems.map((problem) => problem.split(":")[0])).toEqual(["fork/a/l/d", "r/x/d"]);
	});

	it("reports what only JavaScript can pass", () => {
		const b = flow<number>("f");
		const problems = problemsOf(() =>
			b
				.task("none", undefined as never)
				.task(undefined as never, id)
				.task("schema", id, { input: {} as never })
				.task("retry", id, { retry: 5 as never })
				.task("failure", id, { onFailure: "ignore" as never })
				.fork(
					"fork",
					{ a: 5 as never, b: (() => undefined) as never, c: (() => b) as never },
					{ settle: "some" as never },
				)
				.join("join", undefined as never)
				.fork("nothing", undefined as never)
				.join("j", () => 1)
				.loop("loop", (c) => c.task("t", done), undefined as never)
				.child("child", b as never)
				.build(),
		);
		expect(problems.map((problem) => problem.replace(/[;,].*/, ""))).toEqual([
			"none: the second argument of .task(id, fn) must be a function".replace(/[;,].*/, ""),
			'schema: input must be a Standard Schema (an object with "~standard")',
			"retry: retry must be an object such as { maxAttempts: 5 }",
			'fork: "a" must be a function such as b => b.task(…)',
			'fork: "b" must return the builder it was given',
			'fork: "c" must return the builder it was given',
			"join: the second argument of .join(id",
			"child: the second argument of .child(id",
			": node 2 (a task) has the id undefined",
			'failure: onFailure must be "fail" or "value"',
			'fork: settle must be "first-failure" or "all"',
			'fork: branch "a" has no nodes',
			'fork: branch "b" has no nodes',
			'fork: branch "c" has no nodes',
			"nothing: the fork has no branches",
			"loop: maxIterations must be a whole number from 1 to 100000",
			"child: the child has no nodes",
		]);
	});

	it("refuses a body that continues another scope", () => {
		const problems = problemsOf(() =>
			flow<number>("f")
				.fork("outer", { a: (b) => b.fork("inner", { x: () => b.task("t", id) }).join("j", id) })
				.join("join", id)
				.build(),
		);
		expect(problems[0]).toBe('outer/a/inner: "x" must return the builder it was given, with its nodes appended');
	});

	it("refuses a timeout of 0 for a task and takes one for a signal", () => {
		expect(problemsOf(() => flow<number>("f").task("t", id, { timeout: 0 }).build())).toHaveLength(1);
		expect(problemsOf(() => flow<number>("f").waitForSignal("w", "go", { timeout: 0 }).build())).toEqual([]);
	});

	it("refuses an empty workflow and __proto__ as a name", () => {
		expect(problemsOf(() => flow("f").build())).toEqual([": the workflow has no nodes; add at least one"]);
		const branches = { ["__proto__"]: (b: FlowBuilder<number, number, "inner">) => b.task("t", id) };
		expect(problemsOf(() => flow<number>("f").fork("fork", branches).join("j", id).build())).toHaveLength(1);
	});
});
