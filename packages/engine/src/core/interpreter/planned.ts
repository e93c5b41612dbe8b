import type { WorkflowGraph } from "../graph/continuation.ts";
import { type GraphEntry, indexGraph, isPlanned } from "../graph/index-graph.ts";

/**
 * How many plan nodes lie below each scope, by the scope's definition path without its slash: `fulfil/payment`,
 * `risk/review`, `poll`, `invoice`. Counted once per graph, so that progress costs the same at every node.
 */
const counts = new WeakMap<WorkflowGraph, ReadonlyMap<string, number>>();

function scopeKey({ owner }: GraphEntry): string | null {
	switch (owner.kind) {
		case "root":
			return null;
		case "branch":
			return `${owner.fork.key}/${owner.name}`;
		case "case":
			return `${owner.route.key}/${owner.key}`;
		case "loop":
			return owner.loop.key;
		case "child":
			return owner.child.key;
	}
}

/** The composite that a node's scope belongs to; null at the root. */
export function parentOf({ owner }: GraphEntry): GraphEntry | null {
	switch (owner.kind) {
		case "root":
			return null;
		case "branch":
			return owner.fork;
		case "case":
			return owner.route;
		case "loop":
			return owner.loop;
		case "child":
			return owner.child;
	}
}

export function plannedBelow(graph: WorkflowGraph, scope: string): number {
	let below = counts.get(graph);
	if (below === undefined) {
		const sums = new Map<string, number>();
		for (const entry of indexGraph(graph).values()) {
			if (!isPlanned(entry)) continue;
			for (let at: GraphEntry | null = entry; at !== null; at = parentOf(at)) {
				const key = scopeKey(at);
				if (key !== null) sums.set(key, (sums.get(key) ?? 0) + 1);
			}
		}
		below = sums;
		counts.set(graph, below);
	}
	return below.get(scope) ?? 0;
}

export function isInLoop(entry: GraphEntry): boolean {
	for (let at: GraphEntry | null = entry; at !== null; at = parentOf(at)) if (at.owner.kind === "loop") return true;
	return false;
}
