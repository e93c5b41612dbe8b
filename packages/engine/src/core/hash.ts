import { createHash } from "node:crypto";
import type { Scope, TaskPolicy, WorkflowContinuation, WorkflowGraph } from "./graph/continuation.ts";

/**
 * The canonical text of a graph's shape is JSON of nested lists, so that no name can be confused with a bracket:
 *
 *   ["waymark-shape-1", workflow, scope]
 *   scope   [node, …]
 *   task    ["task", id, code]                  code  [version | null, onFailure]
 *   delay   ["delay", id]
 *   signal  ["signal", id, signal name, has a timeout]
 *   fork    ["fork", id, settle, [[branch, scope], …], join id, code of the join]
 *   route   ["route", id, has a default, [[key, scope], …], code of the key]
 *   loop    ["loop", id, scope]
 *   child   ["child", id, workflow, scope]
 *
 * Times, retry, priority, tags, descriptions and limits are not in it: they come from the registered code, and may be
 * changed while instances are alive. Changing this text strands every stored instance; the golden test says so.
 */
type Shape = string | boolean | null | readonly Shape[];

/** SHA-256 (hex) over the canonical shape of a valid graph. */
export function definitionHash(graph: WorkflowGraph): string {
	return createHash("sha256").update(canonicalShape(graph)).digest("hex");
}

export function canonicalShape(graph: WorkflowGraph): string {
	return JSON.stringify(["waymark-shape-1", graph.workflow, scopeShape(graph.scope)]);
}

function scopeShape(scope: Scope): Shape {
	return scope.map(nodeShape);
}

function codeShape(policy: TaskPolicy): Shape {
	return [policy.version, policy.onFailure];
}

function nodeShape(node: WorkflowContinuation): Shape {
	switch (node.kind) {
		case "task":
			return ["task", node.id, codeShape(node.policy)];
		case "delay":
			return ["delay", node.id];
		case "signal":
			return ["signal", node.id, node.signal, node.timeoutMs !== null];
		case "fork": {
			const branches = node.branches.map(({ name, scope }): Shape => [name, scopeShape(scope)]);
			return ["fork", node.id, node.settle, branches, node.join.id, codeShape(node.join.policy)];
		}
		case "route": {
			const cases = node.cases.map(({ key, scope }): Shape => [key, scopeShape(scope)]);
			return ["route", node.id, node.hasDefault, cases, codeShape(node.policy)];
		}
		case "loop":
			return ["loop", node.id, scopeShape(node.scope)];
		case "child":
			return ["child", node.id, node.workflow, scopeShape(node.scope)];
	}
}
