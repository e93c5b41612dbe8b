/**
 * The one interpreter: pure steps from what was just recorded to what is open next. Runner, worker, simulator and
 * dashboard all use it; there is no second walk. It moves references, never values, so a step's cost depends on the
 * nesting around the node and not on how much was recorded before.
 *
 *   begin                       opens the first nodes
 *   advance(path, output)       the node at `path` is recorded: what ends with it, what opens
 *     last node of a branch     counts the join down; the join reads the branches' last outputs by path
 *     last node of a case       records the route as { case, value } and goes on behind it
 *     last node of a loop body  again: next iteration with that value; done: records the loop and goes on
 *     last node of a child      records the child and goes on
 *     last node of the root     completes the instance
 *   failedBranch(path)          the fork that takes the failure as an outcome, or null: the instance fails
 */
import { LoopLimitError, LoopResultError, UnknownRouteKeyError, type WaymarkError } from "../errors.ts";
import type { ForkContinuation, RouteContinuation, WorkflowGraph } from "../graph/continuation.ts";
import { type GraphEntry, indexGraph, isPlanned } from "../graph/index-graph.ts";
import { branchPrefix, casePrefix, childPath, definitionPath, iterationPrefix } from "../graph/path.ts";
import { INPUT_REF, NONE_REF, unwrap, type ValueRef, wrap } from "../value-ref.ts";
import { openNode, openScope } from "./open-node.ts";
import type { OpenSpec } from "./open-spec.ts";
import { isInLoop, parentOf, plannedBelow } from "./planned.ts";

export interface Transition {
	/** Composites that ended with this step, innermost first. */
	readonly recorded: readonly { readonly path: string; readonly output: ValueRef }[];
	readonly open: readonly OpenSpec[];
	/** Joining row to count down by one. */
	readonly countDown: string | null;
	/** Set when the whole instance ends here. `failed` fails the node that was about to be recorded. */
	readonly end:
		| { readonly kind: "completed"; readonly output: ValueRef }
		| { readonly kind: "failed"; readonly error: WaymarkError }
		| null;
	/** Plan nodes resolved by this step. */
	readonly progress: number;
}

export interface NodeResult {
	readonly path: string;
	/** What the node was given: an empty case hands it on. */
	readonly input: ValueRef;
	readonly output: ValueRef;
}

interface Draft {
	readonly recorded: { path: string; output: ValueRef }[];
	readonly open: OpenSpec[];
	countDown: string | null;
	end: Transition["end"];
	progress: number;
}

function draft(): Draft {
	return { recorded: [], open: [], countDown: null, end: null, progress: 0 };
}

/** The prefix of the scope that a path lies in. */
function scopePrefix(path: string): string {
	return path.slice(0, path.lastIndexOf("/") + 1);
}

/** The path of the composite that owns the scope with this prefix; for a branch or case, one segment further up. */
function ownerPath(prefix: string, kind: "branch" | "case" | "loop" | "child"): string {
	const scope = prefix.slice(0, -1);
	switch (kind) {
		case "branch":
		case "case":
			return scope.slice(0, scope.lastIndexOf("/"));
		case "loop":
			return scope.slice(0, scope.lastIndexOf("["));
		case "child":
			return scope;
	}
}

function iterationOf(prefix: string): number {
	return Number(prefix.slice(prefix.lastIndexOf("[") + 1, prefix.lastIndexOf("]")));
}

function entryAt(graph: WorkflowGraph, path: string): GraphEntry {
	const entry = indexGraph(graph).get(definitionPath(path));
	if (entry === undefined) throw new RangeError(`${path} is not in workflow ${graph.workflow}`);
	return entry;
}

export function begin(graph: WorkflowGraph): Transition {
	const next = draft();
	openScope(graph.scope, "", INPUT_REF, next.open);
	return next;
}

export function advance(graph: WorkflowGraph, { path, input, output }: NodeResult): Transition {
	const entry = entryAt(graph, path);
	const next = draft();
	if (isPlanned(entry) && !isInLoop(entry)) next.progress += 1;
	if (entry.role === "key" && entry.node.kind === "route") {
		enterCase(graph, entry, entry.node, { path, input, output }, next);
	} else {
		goOn(graph, entry, path, output, next);
	}
	return next;
}

/** The case that a route's key function chose; null when there is none and no default. */
export function chooseCase(route: RouteContinuation, key: string): string | null {
	if (route.cases.some((one) => one.key === key)) return key;
	return route.hasDefault ? "default" : null;
}

/** What a route's key task records: the choice itself, readable without any payload. */
export function choiceRef(path: string, route: RouteContinuation, key: string): ValueRef | UnknownRouteKeyError {
	const chosen = chooseCase(route, key);
	if (chosen !== null) return wrap({ kind: "case", key: chosen }, NONE_REF);
	return new UnknownRouteKeyError(
		path,
		key,
		route.cases.map((one) => one.key),
	);
}

/** The chosen case in a route key's recorded output. */
export function choiceOf(output: ValueRef): string | null {
	const outer = unwrap(output);
	return outer?.wrapper.kind === "case" ? outer.wrapper.key : null;
}

function enterCase(
	graph: WorkflowGraph,
	entry: GraphEntry,
	route: RouteContinuation,
	key: NodeResult,
	next: Draft,
): void {
	const chosen = choiceOf(key.output);
	const routePath = childPath(scopePrefix(key.path), route.id);
	const counts = !isInLoop(entry);
	for (const one of route.cases) {
		if (one.key !== chosen) {
			if (counts) next.progress += plannedBelow(graph, `${definitionPath(routePath)}/${one.key}`);
			continue;
		}
		if (one.scope.length > 0) {
			openScope(one.scope, casePrefix(routePath, one.key), key.input, next.open);
			continue;
		}
		const output = wrap({ kind: "case", key: one.key }, key.input);
		next.recorded.push({ path: routePath, output });
		goOn(graph, entryAt(graph, routePath), routePath, output, next);
	}
}

/** Behind a node that ended: the next one in its scope, or whatever the end of that scope means. */
function goOn(graph: WorkflowGraph, from: GraphEntry, path: string, output: ValueRef, next: Draft): void {
	let entry = from;
	let prefix = scopePrefix(path);
	let value = output;
	for (;;) {
		const following = entry.scope[entry.at + 1];
		if (following !== undefined) {
			openNode(following, prefix, value, next.open);
			return;
		}
		const { owner } = entry;
		if (owner.kind === "root") {
			next.end = { kind: "completed", output: value };
			return;
		}
		const above = ownerPath(prefix, owner.kind);
		switch (owner.kind) {
			case "branch":
				next.countDown = childPath(scopePrefix(above), (owner.fork.node as ForkContinuation).join.id);
				return;
			case "case":
				value = wrap({ kind: "case", key: owner.key }, value);
				entry = owner.route;
				break;
			case "child":
				entry = owner.child;
				break;
			case "loop": {
				const done = endIteration(graph, owner.loop, above, prefix, value, next);
				if (done === null) return;
				value = done;
				entry = owner.loop;
				break;
			}
		}
		next.recorded.push({ path: above, output: value });
		prefix = scopePrefix(above);
	}
}

/** The loop's output if it ends here; null when another iteration was opened, or it failed. */
function endIteration(
	graph: WorkflowGraph,
	loop: GraphEntry,
	loopPath: string,
	prefix: string,
	output: ValueRef,
	next: Draft,
): ValueRef | null {
	if (loop.node.kind !== "loop") return null;
	const verdict = unwrap(output);
	const kind = verdict?.wrapper.kind;
	if (verdict === null || (kind !== "again" && kind !== "done")) {
		next.end = { kind: "failed", error: new LoopResultError(loopPath) };
		return null;
	}
	const iteration = iterationOf(prefix);
	const { maxIterations, onMax, scope } = loop.node;
	if (kind === "again" && iteration + 1 < maxIterations) {
		openScope(scope, iterationPrefix(loopPath, iteration + 1), verdict.inner, next.open);
		return null;
	}
	if (kind === "again" && onMax === "fail") {
		next.end = { kind: "failed", error: new LoopLimitError(loopPath, maxIterations) };
		return null;
	}
	if (!isInLoop(loop)) next.progress += plannedBelow(graph, loop.key);
	return verdict.inner;
}

export interface BranchFailure {
	/** Where the branch's outcome is recorded: `<fork path>/<branch>`. */
	readonly branchPath: string;
	readonly countDown: string;
	/** Prefix of the rows that end with the branch. */
	readonly closes: string;
}

/** The innermost fork around a node that hands failures to its join (`settle: "all"`); null: the instance fails. */
export function failedBranch(graph: WorkflowGraph, path: string): BranchFailure | null {
	let prefix = scopePrefix(path);
	for (let at: GraphEntry | null = entryAt(graph, path); at !== null; at = parentOf(at)) {
		const { owner } = at;
		if (owner.kind === "root") return null;
		const above = ownerPath(prefix, owner.kind);
		if (owner.kind === "branch" && owner.fork.node.kind === "fork" && owner.fork.node.settle === "all") {
			return {
				branchPath: prefix.slice(0, -1),
				countDown: childPath(scopePrefix(above), owner.fork.node.join.id),
				closes: branchPrefix(above, owner.name),
			};
		}
		prefix = scopePrefix(above);
	}
	return null;
}

/** Where a join finds its input: the last node of each branch, in the order of the branches. */
export function branchEnds(
	fork: ForkContinuation,
	forkPath: string,
): readonly { readonly name: string; readonly branchPath: string; readonly lastPath: string }[] {
	return fork.branches.map(({ name, scope }) => {
		const prefix = branchPrefix(forkPath, name);
		const last = scope.at(-1);
		const id = last?.kind === "fork" ? last.join.id : (last?.id ?? "");
		return { name, branchPath: prefix.slice(0, -1), lastPath: childPath(prefix, id) };
	});
}
