import type { WorkflowGraph } from "../graph/continuation.ts";
import { indexGraph } from "../graph/index-graph.ts";
import { definitionPath } from "../graph/path.ts";
import { NONE_REF, sourceOf, type ValueRef } from "../value-ref.ts";
import { openNode } from "./open-node.ts";
import type { OpenSpec } from "./open-spec.ts";
import { advance, begin, branchEnds, type Transition } from "./step.ts";

export interface ExecutionPosition {
	/** What is open, in the order it was opened. A join whose branches have all ended is `ready`. */
	readonly open: readonly OpenSpec[];
	readonly end: Transition["end"];
	/** What each node that was opened was given, by path; also of those that have ended. */
	readonly inputs: ReadonlyMap<string, ValueRef>;
}

/**
 * Where an instance stands, worked out from what is recorded alone: the outputs by node path. It takes the same
 * steps as the live engine took, so it says what must be open now; used to check the rows, to draw instances that
 * have none any more, and to simulate.
 */
export function position(graph: WorkflowGraph, recorded: ReadonlyMap<string, ValueRef>): ExecutionPosition {
	const open = new Map<string, OpenSpec>();
	const joins = new Set<OpenSpec>();
	const inputs = new Map<string, ValueRef>();
	let end: Transition["end"] = null;
	let queue: readonly OpenSpec[] = begin(graph).open;
	while (queue.length > 0) {
		const next: OpenSpec[] = [];
		for (const spec of queue) {
			const output = recorded.get(spec.path);
			inputs.set(spec.path, spec.input);
			if (spec.state === "joining") {
				joins.add(spec);
			} else if (output === undefined) {
				open.set(spec.path, spec);
			} else {
				const step = advance(graph, { path: spec.path, input: spec.input, output });
				next.push(...step.open);
				if (step.end !== null) end = step.end;
			}
		}
		// A level is walked to its end before its joins are looked at: by then every branch shows how far it came.
		queue = next.length > 0 ? next : readyJoins(graph, joins, recorded, open);
	}
	for (const join of joins) open.set(join.path, { ...join, remaining: remainingBranches(graph, join, recorded, open) });
	return { open: [...open.values()], end, inputs };
}

/** What a node was given: a composite got what its first inner node got. Null: it was not reached. */
export function inputOf({ inputs }: ExecutionPosition, graph: WorkflowGraph, path: string): ValueRef | null {
	const entry = indexGraph(graph).get(definitionPath(path));
	if (entry === undefined) return null;
	const first: OpenSpec[] = [];
	if (entry.role === "node") openNode(entry.node, path.slice(0, path.lastIndexOf("/") + 1), NONE_REF, first);
	return inputs.get(first[0]?.path ?? path) ?? null;
}

/** Takes the joins whose branches have all ended out of the set, as ready nodes. */
function readyJoins(
	graph: WorkflowGraph,
	joins: Set<OpenSpec>,
	recorded: ReadonlyMap<string, ValueRef>,
	open: Map<string, OpenSpec>,
): readonly OpenSpec[] {
	const ready: OpenSpec[] = [];
	for (const join of joins) {
		if (remainingBranches(graph, join, recorded, open) > 0) continue;
		joins.delete(join);
		ready.push({ ...join, state: "ready", remaining: 0 });
	}
	return ready;
}

/** Branches without an outcome. What is open below a branch that failed as data ended with it. */
function remainingBranches(
	graph: WorkflowGraph,
	join: OpenSpec,
	recorded: ReadonlyMap<string, ValueRef>,
	open: Map<string, OpenSpec>,
): number {
	const source = sourceOf(join.input);
	const entry = indexGraph(graph).get(definitionPath(join.path));
	if (source.kind !== "join" || entry?.node.kind !== "fork") return join.remaining;
	let remaining = 0;
	for (const branch of branchEnds(entry.node, source.forkPath)) {
		if (recorded.has(branch.branchPath)) {
			for (const path of open.keys()) if (path.startsWith(`${branch.branchPath}/`)) open.delete(path);
		} else if (!recorded.has(branch.lastPath)) {
			remaining += 1;
		}
	}
	return remaining;
}
