import type { Scope, WorkflowContinuation, WorkflowGraph } from "./continuation.ts";
import { branchPrefix, casePrefix, childPrefix, keyPath } from "./path.ts";

/** Where a scope hangs: what happens when its last node has ended. */
export type ScopeOwner =
	| { readonly kind: "root" }
	| { readonly kind: "branch"; readonly fork: GraphEntry; readonly name: string }
	| { readonly kind: "case"; readonly route: GraphEntry; readonly key: string }
	| { readonly kind: "loop"; readonly loop: GraphEntry }
	| { readonly kind: "child"; readonly child: GraphEntry };

/** One continuation with its place. `role` tells a join or a route key from the composite that it belongs to. */
export interface GraphEntry {
	/** Definition path. */
	readonly key: string;
	readonly role: "node" | "join" | "key";
	readonly node: WorkflowContinuation;
	readonly scope: Scope;
	/** Index in that scope. */
	readonly at: number;
	readonly owner: ScopeOwner;
	/** Number of scopes around it. */
	readonly depth: number;
}

/** Every path of the graph, looked up in constant time. Document order. */
export type GraphIndex = ReadonlyMap<string, GraphEntry>;

/** The walk of a graph: in document order, parents before children, with an explicit stack. */
export function* walkGraph(graph: WorkflowGraph): Generator<GraphEntry> {
	interface Frame {
		readonly scope: Scope;
		readonly prefix: string;
		readonly owner: ScopeOwner;
		readonly depth: number;
		next: number;
		/** Scopes of the composite just met, still to enter before the scope goes on. */
		readonly inner: Frame[];
		/** Join of a fork, met after its branches. */
		join: GraphEntry | null;
	}
	const frame = (scope: Scope, prefix: string, owner: ScopeOwner, depth: number): Frame => ({
		scope,
		prefix,
		owner,
		depth,
		next: 0,
		inner: [],
		join: null,
	});
	const stack: Frame[] = [frame(graph.scope, "", { kind: "root" }, 0)];
	for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
		const inner = top.inner.shift();
		if (inner !== undefined) {
			stack.push(inner);
			continue;
		}
		if (top.join !== null) {
			yield top.join;
			top.join = null;
		}
		const node = top.scope[top.next];
		if (node === undefined) {
			stack.pop();
			continue;
		}
		const key = top.prefix + node.id;
		const place = { node, scope: top.scope, at: top.next, owner: top.owner, depth: top.depth };
		const entry: GraphEntry = { key, role: "node", ...place };
		const depth = top.depth + 1;
		top.next += 1;
		yield entry;
		switch (node.kind) {
			case "task":
			case "delay":
			case "signal":
				break;
			case "fork":
				for (const { name, scope } of node.branches) {
					top.inner.push(frame(scope, branchPrefix(key, name), { kind: "branch", fork: entry, name }, depth));
				}
				top.join = { key: top.prefix + node.join.id, role: "join", ...place };
				break;
			case "route":
				yield { key: keyPath(key), role: "key", ...place };
				for (const { key: name, scope } of node.cases) {
					top.inner.push(frame(scope, casePrefix(key, name), { kind: "case", route: entry, key: name }, depth));
				}
				break;
			case "loop":
				top.inner.push(frame(node.scope, childPrefix(key), { kind: "loop", loop: entry }, depth));
				break;
			case "child":
				top.inner.push(frame(node.scope, childPrefix(key), { kind: "child", child: entry }, depth));
				break;
		}
	}
}

const indexes = new WeakMap<WorkflowGraph, GraphIndex>();

/** The index of a valid graph; made once per graph object. */
export function indexGraph(graph: WorkflowGraph): GraphIndex {
	let index = indexes.get(graph);
	if (index === undefined) {
		index = new Map(Array.from(walkGraph(graph), (entry) => [entry.key, entry]));
		indexes.set(graph, index);
	}
	return index;
}

/** Whether this entry is one of the plan nodes that progress counts. */
export function isPlanned(entry: GraphEntry): boolean {
	if (entry.role !== "node") return true;
	return entry.node.kind === "task" || entry.node.kind === "delay" || entry.node.kind === "signal";
}
