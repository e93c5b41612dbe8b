import type { Scope, TaskPolicy, WorkflowContinuation } from "../graph/continuation.ts";
import { branchPrefix, childPath, childPrefix, iterationPrefix, keyPath } from "../graph/path.ts";
import { joinRef, type ValueRef } from "../value-ref.ts";
import type { OpenSpec } from "./open-spec.ts";

function runnable(path: string, input: ValueRef, policy: TaskPolicy): OpenSpec {
	return {
		path,
		state: "ready",
		input,
		dueInMs: null,
		signal: null,
		remaining: 0,
		priority: policy.priority,
		tags: policy.tags,
	};
}

/** Waits have nothing to run: any worker may settle them, and none should be kept from it. */
function parked(path: string, input: ValueRef, wait: Pick<OpenSpec, "state" | "dueInMs" | "signal">): OpenSpec {
	return { path, input, remaining: 0, priority: 3, tags: [], ...wait };
}

/** Opens the first node of a scope, which is not empty. */
export function openScope(scope: Scope, prefix: string, input: ValueRef, into: OpenSpec[]): void {
	const first = scope[0];
	if (first !== undefined) openNode(first, prefix, input, into);
}

/** The rows that stand for a node at its beginning. A composite is open as the first nodes of its scopes. */
export function openNode(node: WorkflowContinuation, prefix: string, input: ValueRef, into: OpenSpec[]): void {
	const path = childPath(prefix, node.id);
	switch (node.kind) {
		case "task":
			into.push(runnable(path, input, node.policy));
			return;
		case "delay":
			into.push(parked(path, input, { state: "waiting", dueInMs: node.durationMs, signal: null }));
			return;
		case "signal":
			into.push(parked(path, input, { state: "awaiting_signal", dueInMs: node.timeoutMs, signal: node.signal }));
			return;
		case "fork":
			for (const { name, scope } of node.branches) openScope(scope, branchPrefix(path, name), input, into);
			into.push({
				...runnable(childPath(prefix, node.join.id), joinRef(path), node.join.policy),
				state: "joining",
				remaining: node.branches.length,
			});
			return;
		case "route":
			into.push(runnable(keyPath(path), input, node.policy));
			return;
		case "loop":
			openScope(node.scope, iterationPrefix(path, 0), input, into);
			return;
		case "child":
			openScope(node.scope, childPrefix(path), input, into);
			return;
	}
}
