import type { WorkflowContinuation, WorkflowGraph } from "@waymark/engine/graph";
import { graphOf, POLICY } from "./arbitrary-graph.ts";

function task(id: string): WorkflowContinuation {
	return { kind: "task", id, policy: POLICY };
}

/** Every kind of continuation once: first, fork (pay | stock: pick, settle) → join, route (yes: agree | no), poll, sub. */
export const SAMPLE: WorkflowGraph = graphOf([
	task("first"),
	{
		kind: "fork",
		id: "fork",
		branches: [
			{ name: "pay", scope: [task("charge")] },
			{ name: "stock", scope: [task("pick"), { kind: "delay", id: "settle", durationMs: 1_000 }] },
		],
		settle: "first-failure",
		join: { id: "join", policy: POLICY },
	},
	{
		kind: "route",
		id: "route",
		policy: POLICY,
		cases: [
			{ key: "yes", scope: [{ kind: "signal", id: "agree", signal: "ok", timeoutMs: null }] },
			{ key: "no", scope: [] },
		],
		hasDefault: false,
	},
	{ kind: "loop", id: "poll", scope: [task("check"), task("decide")], maxIterations: 5, onMax: "fail" },
	{ kind: "child", id: "sub", workflow: "inner", scope: [task("last")] },
]);
