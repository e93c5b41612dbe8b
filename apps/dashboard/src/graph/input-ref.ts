import type { WorkflowSnapshot } from "@waymark/engine/backend";
import {
	branchEnds,
	type ExecutionPosition,
	indexGraph,
	inputOf,
	position,
	type ValueRef,
	type WorkflowGraph,
} from "@waymark/engine/graph";

/** Where the values of one run lie, as far as anything is recorded. */
export interface Recorded {
	readonly graph: WorkflowGraph;
	/** Output references by path. */
	readonly outputs: ReadonlyMap<string, ValueRef>;
	readonly position: ExecutionPosition;
}

const known = new WeakMap<WorkflowSnapshot, Recorded>();

export function recorded(graph: WorkflowGraph, snapshot: WorkflowSnapshot): Recorded {
	let found = known.get(snapshot);
	if (found === undefined) {
		const outputs = new Map(snapshot.checkpoints.map(({ path, output }) => [path, output]));
		found = { graph, outputs, position: position(graph, outputs) };
		known.set(snapshot, found);
	}
	return found;
}

/** What the node at `path` (with iterations) was given, by the engine's own steps. Null: not reached. */
export function inputRef(from: Recorded, path: string): ValueRef | null {
	return inputOf(from.position, from.graph, path);
}

/** The last recorded output of each branch, by name: what a join is given. `settle: "all"` records under the branch. */
export function branchOutputs(
	{ graph, outputs }: Recorded,
	joinKey: string,
	joinPath: string,
): readonly { readonly name: string; readonly output: ValueRef | null }[] {
	const entry = indexGraph(graph).get(joinKey);
	if (entry?.node.kind !== "fork") return [];
	const forkPath = joinPath.slice(0, joinPath.lastIndexOf("/") + 1) + entry.node.id;
	return branchEnds(entry.node, forkPath).map(({ name, branchPath, lastPath }) => ({
		name,
		output: outputs.get(branchPath) ?? outputs.get(lastPath) ?? null,
	}));
}
