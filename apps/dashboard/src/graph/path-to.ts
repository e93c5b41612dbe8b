import {
	branchPrefix,
	casePrefix,
	childPrefix,
	type GraphEntry,
	indexGraph,
	type NodeView,
	type Scope,
	type WorkflowGraph,
} from "@waymark/engine/graph";

/**
 * The nodes on the way from the start to that node, with all that had to happen before it, and on to its join. Cases
 * that were not chosen are no way; where nothing was chosen yet, every case is.
 */
export function pathTo(
	graph: WorkflowGraph,
	key: string,
	chosenOf: (route: string) => NodeView["chosen"],
): ReadonlySet<string> {
	const index = indexGraph(graph);
	const lit = new Set<string>();
	const start = index.get(key);
	if (start === undefined) return lit;
	if (start.role === "join" && start.node.kind === "fork") addAll([start.node], prefixOf(start), lit, chosenOf);
	lit.add(key);
	if (start.owner.kind === "branch") addAll(start.scope.slice(start.at + 1), prefixOf(start), lit, chosenOf);
	for (let at: GraphEntry = start, innermost = true; ; innermost = false) {
		addAll(at.scope.slice(0, at.at), prefixOf(at), lit, chosenOf);
		const { owner } = at;
		switch (owner.kind) {
			case "root":
				return lit;
			case "branch":
				at = owner.fork;
				if (innermost && at.node.kind === "fork") lit.add(prefixOf(at) + at.node.join.id);
				break;
			case "case":
				at = owner.route;
				break;
			case "loop":
				at = owner.loop;
				break;
			case "child":
				at = owner.child;
				break;
		}
		lit.add(at.key);
	}
}

function prefixOf(entry: GraphEntry): string {
	return entry.key.slice(0, entry.key.lastIndexOf("/") + 1);
}

/** Nodes of a scope with everything inside them, by an explicit stack. */
function addAll(scope: Scope, prefix: string, lit: Set<string>, chosenOf: (route: string) => NodeView["chosen"]): void {
	const stack: { readonly scope: Scope; readonly prefix: string }[] = [{ scope, prefix }];
	for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
		for (const node of next.scope) {
			const key = next.prefix + node.id;
			lit.add(key);
			switch (node.kind) {
				case "task":
				case "delay":
				case "signal":
					break;
				case "fork":
					lit.add(next.prefix + node.join.id);
					for (const branch of node.branches)
						stack.push({ scope: branch.scope, prefix: branchPrefix(key, branch.name) });
					break;
				case "route": {
					const chosen = chosenOf(key);
					for (const one of node.cases) {
						if (chosen === null || chosen === one.key)
							stack.push({ scope: one.scope, prefix: casePrefix(key, one.key) });
					}
					break;
				}
				case "loop":
				case "child":
					stack.push({ scope: node.scope, prefix: childPrefix(key) });
					break;
			}
		}
	}
}
