import type { WorkflowSnapshot } from "@waymark/engine/backend";
import {
	branchEnds,
	type GraphEntry,
	INPUT_REF,
	indexGraph,
	joinRef,
	keyPath,
	unwrap,
	type ValueRef,
	type WorkflowGraph,
} from "@waymark/engine/graph";

/** Where values of one run lie, as far as anything is recorded. Null: not recorded, or not reached. */
export interface Recorded {
	/** Output reference of the checkpoint at that path. */
	outputAt(path: string): ValueRef | null;
	/** Input reference of the open node at that path. */
	openInputAt(path: string): ValueRef | null;
}

const indexed = new WeakMap<WorkflowSnapshot, Recorded>();

export function recorded(snapshot: WorkflowSnapshot): Recorded {
	let found = indexed.get(snapshot);
	if (found === undefined) {
		const outputs = new Map(snapshot.checkpoints.map(({ path, output }) => [path, output]));
		const inputs = new Map(snapshot.openNodes.map(({ path, input }) => [path, input]));
		found = { outputAt: (path) => outputs.get(path) ?? null, openInputAt: (path) => inputs.get(path) ?? null };
		indexed.set(snapshot, found);
	}
	return found;
}

/**
 * What the node at `path` (with iterations) was given. An open row says so itself; a finished node was given what
 * the node before it recorded, or what the composite around it was given.
 */
export function inputRef(graph: WorkflowGraph, key: string, path: string, from: Recorded): ValueRef | null {
	const open = from.openInputAt(path) ?? from.openInputAt(keyPath(path));
	if (open !== null) return open;
	const index = indexGraph(graph);
	let at: string = path;
	for (let entry = index.get(key); entry !== undefined; ) {
		const prefix = at.slice(0, at.lastIndexOf("/") + 1);
		if (entry.role === "join") return joinRef(prefix + entry.node.id);
		const before: GraphEntry["node"] | undefined = entry.scope[entry.at - 1];
		if (before !== undefined) return from.outputAt(prefix + (before.kind === "fork" ? before.join.id : before.id));
		const { owner }: GraphEntry = entry;
		const scope = prefix.slice(0, -1);
		switch (owner.kind) {
			case "root":
				return INPUT_REF;
			case "branch":
				at = scope.slice(0, scope.lastIndexOf("/"));
				entry = owner.fork;
				break;
			case "case":
				at = scope.slice(0, scope.lastIndexOf("/"));
				entry = owner.route;
				break;
			case "child":
				at = scope;
				entry = owner.child;
				break;
			case "loop": {
				const loopPath = scope.slice(0, scope.lastIndexOf("["));
				const iteration = Number(scope.slice(scope.lastIndexOf("[") + 1, -1));
				if (iteration > 0) return handedOn(owner.loop, loopPath, iteration - 1, from);
				at = loopPath;
				entry = owner.loop;
				break;
			}
		}
	}
	return null;
}

/** What an iteration gave the next one: the value inside its `again`. */
function handedOn(loop: GraphEntry, loopPath: string, iteration: number, from: Recorded): ValueRef | null {
	const last = loop.node.kind === "loop" ? loop.node.scope.at(-1) : undefined;
	if (last === undefined) return null;
	const verdict = from.outputAt(`${loopPath}[${iteration}]/${last.kind === "fork" ? last.join.id : last.id}`);
	return verdict === null ? null : (unwrap(verdict)?.inner ?? null);
}

/** The last recorded output of each branch, by name: what a join is given. `settle: "all"` records under the branch. */
export function branchOutputs(
	graph: WorkflowGraph,
	joinKey: string,
	joinPath: string,
	from: Recorded,
): readonly { readonly name: string; readonly output: ValueRef | null }[] {
	const entry = indexGraph(graph).get(joinKey);
	if (entry?.node.kind !== "fork") return [];
	const forkPath = joinPath.slice(0, joinPath.lastIndexOf("/") + 1) + entry.node.id;
	return branchEnds(entry.node, forkPath).map(({ name, branchPath, lastPath }) => ({
		name,
		output: from.outputAt(branchPath) ?? from.outputAt(lastPath),
	}));
}
