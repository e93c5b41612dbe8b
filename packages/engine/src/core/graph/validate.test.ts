import { describe, expect, it } from "vitest";
import { LIMITS } from "../limits.ts";
import type { Scope, TaskContinuation, TaskPolicy, WorkflowGraph } from "./continuation.ts";
import { validateGraph } from "./validate.ts";

const policy: TaskPolicy = {
	retry: null,
	timeoutMs: null,
	heartbeatTimeoutMs: null,
	onFailure: "fail",
	priority: 3,
	tags: [],
	description: null,
	version: null,
};
const task = (id: string): TaskContinuation => ({ kind: "task", id, policy });
const graph = (scope: Scope, workflow = "f"): WorkflowGraph => ({ format: 1, workflow, description: null, scope });
const child = (id: string, scope: Scope) => ({ kind: "child", id, workflow: "c", scope }) as const;

describe("validateGraph", () => {
	it("finds nothing wrong with the same id in different scopes", () => {
		const fork = {
			kind: "fork",
			id: "f",
			branches: [
				{ name: "a", scope: [task("t")] },
				{ name: "b", scope: [task("t")] },
			],
			settle: "all",
			join: { id: "j", policy },
		} as const;
		expect(validateGraph(graph([task("t"), fork, child("c", [task("t"), task("f"), task("j")])]))).toEqual([]);
	});

	it.each(["", "a/b", "a.key", "a[0]", "a b", "é", "__proto__", "x".repeat(LIMITS.nameLength + 1)])(
		"refuses the id %j, which would make paths ambiguous",
		(id) => {
			const [problem, ...rest] = validateGraph(graph([child("c", [task("ok"), task(id)])]));
			expect(problem?.path).toBe("c");
			expect(problem?.message).toMatch(/^node 2 \(a task\) has the id/);
			expect(rest).toEqual([]);
		},
	);

	it.each(["", " a", "a ", "a\nb", "é", "x".repeat(LIMITS.nameLength + 1)])("refuses the workflow name %j", (name) => {
		expect(validateGraph(graph([task("t")], name)).map(({ path }) => path)).toEqual([""]);
	});

	it("names each further use of an id once", () => {
		const scope = [task("a"), task("b"), task("a"), task("a")];
		expect(validateGraph(graph([child("c", scope)])).map(({ path }) => path)).toEqual(["c/a", "c/a"]);
	});

	it("walks a graph of any depth without overflowing, and reports the depth once", () => {
		let scope: Scope = [task("t")];
		for (let level = 0; level < 5_000; level += 1) scope = [child("c", scope)];
		expect(validateGraph(graph(scope))).toHaveLength(1);
	});

	it("refuses a route that turns its failure into a value, and empty children", () => {
		const route = {
			kind: "route",
			id: "r",
			policy: { ...policy, onFailure: "value" },
			cases: [{ key: "bad key", scope: [] }],
			hasDefault: false,
		} as const;
		expect(validateGraph(graph([route, child("c", [])])).map(({ path, message }) => `${path}: ${message}`)).toEqual([
			"r: a route cannot choose by a failure; leave onFailure out",
			expect.stringMatching(/^r: the case key "bad key" must be/),
			"c: the child has no nodes; add at least one to its workflow",
		]);
	});
});
