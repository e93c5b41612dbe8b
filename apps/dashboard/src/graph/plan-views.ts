import { indexGraph, type NodeView, type WorkflowContinuation, type WorkflowGraph } from "@waymark/engine/graph";
import { formatDuration } from "../time/format.ts";

/** A view for every node of a definition that nobody runs: everything is still to come. */
export function planViews(graph: WorkflowGraph): ReadonlyMap<string, NodeView> {
	const views = new Map<string, NodeView>();
	for (const { key, role, node } of indexGraph(graph).values()) {
		if (role === "key") continue;
		views.set(key, {
			key,
			path: key,
			kind: role === "join" ? "join" : node.kind,
			state: "pending",
			attempt: 0,
			maxAttempts: null,
			dueAt: null,
			startedAt: null,
			finishedAt: null,
			worker: null,
			signal: null,
			error: null,
			chosen: null,
			branches: null,
			iterations: null,
		});
	}
	return views;
}

/** What a definition says of a node, in a few words: "up to 5 attempts, 30 s each". */
export function planWords(graph: WorkflowGraph, key: string): string {
	const entry = indexGraph(graph).get(key);
	if (entry === undefined) return "";
	const { node } = entry;
	return entry.role === "join" && node.kind === "fork" ? policyWords(node.join.policy) : nodeWords(node);
}

function nodeWords(node: WorkflowContinuation): string {
	switch (node.kind) {
		case "task":
			return policyWords(node.policy);
		case "delay":
			return `waits ${formatDuration(node.durationMs)}`;
		case "signal":
			return node.timeoutMs === null ? `waits for ${node.signal}` : `${node.signal}, ${formatDuration(node.timeoutMs)}`;
		case "fork":
			return `${node.branches.length} branches`;
		case "route":
			return `${node.cases.length} cases`;
		case "loop":
			return `up to ${node.maxIterations} iterations`;
		case "child":
			return node.workflow;
	}
}

function policyWords({ retry, timeoutMs }: Extract<WorkflowContinuation, { kind: "task" }>["policy"]): string {
	const attempts = retry?.maxAttempts ?? 1;
	const each = timeoutMs === null ? "no timeout" : `${formatDuration(timeoutMs)} each`;
	return attempts === 1 ? `one attempt, ${each}` : `up to ${attempts} attempts, ${each}`;
}
