import type { TaskPolicy, WorkflowGraph } from "../graph/continuation.ts";
import { type GraphEntry, indexGraph } from "../graph/index-graph.ts";
import type { NodeState, NodeView } from "../graph/node-view.ts";
import { branchPrefix, casePrefix, childPath, childPrefix, iterationPrefix, keyPath } from "../graph/path.ts";
import { parentOf } from "../interpreter/planned.ts";
import { position } from "../interpreter/position.ts";
import { branchEnds, choiceOf } from "../interpreter/step.ts";
import type { ValueRef } from "../value-ref.ts";
import type { AttemptRecord, CheckpointRecord, OpenNodeRecord, WorkflowSnapshot } from "./records.ts";
import { isTerminal } from "./status.ts";

/**
 * The plan with the live path on it: one view per node of the graph, by definition path, in document order.
 * Loops show their latest iteration unless `iterations` (by definition path) picks another.
 */
export function nodeViews(
	graph: WorkflowGraph,
	snapshot: WorkflowSnapshot,
	iterations: ReadonlyMap<string, number> = new Map(),
): ReadonlyMap<string, NodeView> {
	const seen = observe(graph, snapshot, iterations);
	const views = new Map<string, NodeView>();
	for (const entry of indexGraph(graph).values()) {
		const path = seen.pathOf(entry);
		if (entry.role === "key") continue;
		views.set(entry.key, viewOf(entry, path, seen));
	}
	return settleComposites(graph, views, seen);
}

interface Observed {
	readonly snapshot: WorkflowSnapshot;
	readonly open: ReadonlyMap<string, OpenNodeRecord>;
	readonly checkpoints: ReadonlyMap<string, CheckpointRecord>;
	/** The last attempt that did not succeed, by path. */
	readonly attempts: ReadonlyMap<string, AttemptRecord>;
	/** Iterations begun, by loop path. */
	readonly begun: ReadonlyMap<string, number>;
	/** What was open when a cancelled instance ended. */
	readonly cancelled: ReadonlySet<string>;
	readonly iterations: ReadonlyMap<string, number>;
	pathOf(entry: GraphEntry): string;
}

function observe(graph: WorkflowGraph, snapshot: WorkflowSnapshot, iterations: ReadonlyMap<string, number>): Observed {
	const open = new Map(snapshot.openNodes.map((node) => [node.path, node]));
	const checkpoints = new Map(snapshot.checkpoints.map((checkpoint) => [checkpoint.path, checkpoint]));
	const attempts = new Map<string, AttemptRecord>();
	for (const attempt of snapshot.attempts) {
		const last = attempts.get(attempt.path);
		if (last === undefined || last.epoch <= attempt.epoch) attempts.set(attempt.path, attempt);
	}
	const begun = new Map<string, number>();
	for (const path of [...open.keys(), ...checkpoints.keys(), ...attempts.keys()]) countIterations(path, begun);
	const cancelled = new Set<string>();
	if (snapshot.instance.status === "cancelled") {
		const outputs = new Map<string, ValueRef>(snapshot.checkpoints.map(({ path, output }) => [path, output]));
		for (const node of position(graph, outputs).open) if (node.state !== "joining") cancelled.add(node.path);
		for (const path of cancelled) countIterations(path, begun);
	}
	const paths = new Map<string, string>();
	const pathOf = (entry: GraphEntry): string => {
		let path = paths.get(entry.key);
		if (path === undefined) {
			path = pathIn(entry);
			paths.set(entry.key, path);
		}
		return path;
	};
	// Parents come first in the index, so the recursion below is one level deep.
	const pathIn = (entry: GraphEntry): string => {
		const id = entry.key.slice(entry.key.lastIndexOf("/") + 1);
		const { owner } = entry;
		switch (owner.kind) {
			case "root":
				return id;
			case "branch":
				return childPath(branchPrefix(pathOf(owner.fork), owner.name), id);
			case "case":
				return childPath(casePrefix(pathOf(owner.route), owner.key), id);
			case "child":
				return childPath(childPrefix(pathOf(owner.child)), id);
			case "loop": {
				const loop = pathOf(owner.loop);
				return childPath(iterationPrefix(loop, shownIteration(owner.loop, loop, begun, iterations)), id);
			}
		}
	};
	return { snapshot, open, checkpoints, attempts, begun, cancelled, iterations, pathOf };
}

function countIterations(path: string, begun: Map<string, number>): void {
	for (let at = path.indexOf("["); at >= 0; at = path.indexOf("[", at + 1)) {
		const loop = path.slice(0, at);
		const count = Number.parseInt(path.slice(at + 1), 10) + 1;
		if (count > (begun.get(loop) ?? 0)) begun.set(loop, count);
	}
}

function shownIteration(
	loop: GraphEntry,
	path: string,
	begun: ReadonlyMap<string, number>,
	picked: ReadonlyMap<string, number>,
): number {
	const latest = Math.max((begun.get(path) ?? 0) - 1, 0);
	const pick = picked.get(loop.key);
	return pick === undefined ? latest : Math.min(Math.max(pick, 0), latest);
}

function policyOf(entry: GraphEntry): TaskPolicy | null {
	const { node } = entry;
	if (entry.role === "join") return node.kind === "fork" ? node.join.policy : null;
	return node.kind === "task" || node.kind === "route" ? node.policy : null;
}

function viewOf(entry: GraphEntry, path: string, seen: Observed): NodeView {
	const { node } = entry;
	// A route is seen through its key task until a case was chosen; its own record comes when the case has ended.
	const worked = node.kind === "route" ? keyPath(path) : path;
	const open = seen.open.get(worked);
	const checkpoint = seen.checkpoints.get(worked);
	const attempt = seen.attempts.get(worked);
	const policy = policyOf(entry);
	return {
		key: entry.key,
		path,
		kind: entry.role === "join" ? "join" : node.kind,
		state: leafState(worked, seen),
		attempt: open?.attempt ?? checkpoint?.attempt ?? attempt?.attempt ?? 0,
		maxAttempts: policy === null ? null : (policy.retry?.maxAttempts ?? 1),
		dueAt: open === undefined || open.state === "ready" || open.owner !== null ? null : open.dueAt,
		startedAt: open?.grantedAt ?? checkpoint?.startedAt ?? attempt?.startedAt ?? null,
		finishedAt: open === undefined ? (checkpoint?.finishedAt ?? attempt?.finishedAt ?? null) : null,
		worker: open?.owner ?? checkpoint?.worker ?? attempt?.worker ?? null,
		signal: node.kind === "signal" ? node.signal : null,
		error: attempt?.error ?? null,
		chosen: node.kind === "route" && checkpoint !== undefined ? choiceOf(checkpoint.output) : null,
		branches: entry.role === "join" ? branchesOf(entry, path, open, seen) : null,
		iterations:
			entry.role === "node" && node.kind === "loop"
				? {
						shown: shownIteration(entry, path, seen.begun, seen.iterations),
						begun: seen.begun.get(path) ?? 0,
						max: node.maxIterations,
					}
				: null,
	};
}

function leafState(path: string, seen: Observed): NodeState {
	const open = seen.open.get(path);
	if (open !== undefined) return open.state === "joining" ? "pending" : open.state;
	if (seen.checkpoints.has(path)) return "completed";
	if (seen.cancelled.has(path)) return "cancelled";
	return failedForGood(seen.attempts.get(path)) ? "failed" : "pending";
}

/** With neither a row nor a result left, the last attempt ended its branch: one of a fork that settles all. */
function failedForGood(last: AttemptRecord | undefined): boolean {
	return last !== undefined && last.outcome !== "cancelled" && last.nextAttemptAt === null;
}

function branchesOf(
	entry: GraphEntry,
	path: string,
	open: OpenNodeRecord | undefined,
	seen: Observed,
): NodeView["branches"] {
	if (entry.node.kind !== "fork") return null;
	const total = entry.node.branches.length;
	if (open !== undefined) return { ended: total - open.remaining, total };
	if (seen.checkpoints.has(path)) return { ended: total, total };
	const forkPath = childPath(path.slice(0, path.lastIndexOf("/") + 1), entry.node.id);
	const ends = branchEnds(entry.node, forkPath);
	const ended = ends.filter((end) => seen.checkpoints.has(end.lastPath) || seen.checkpoints.has(end.branchPath));
	return { ended: ended.length, total };
}

/** From the strongest to the weakest claim on how a composite looks. */
const STRENGTH: readonly NodeState[] = [
	"failed",
	"running",
	"ready",
	"retrying",
	"awaiting_signal",
	"waiting",
	"cancelled",
];

/** What is none of these was written by a newer engine, and is passed on as it is. */
const KNOWN: ReadonlySet<NodeState> = new Set([...STRENGTH, "pending", "completed", "skipped"]);

/** Composites look like what happens in them; cases that were not chosen are skipped. Children before parents. */
function settleComposites(
	graph: WorkflowGraph,
	views: Map<string, NodeView>,
	seen: Observed,
): ReadonlyMap<string, NodeView> {
	const entries = [...indexGraph(graph).values()].filter((entry) => entry.role !== "key");
	const below = new Map<string, Set<NodeState>>();
	for (const entry of entries) {
		const view = views.get(entry.key) as NodeView;
		if (view.state === "pending" && isSkipped(entry, views, seen)) {
			views.set(entry.key, { ...view, state: "skipped" });
		}
	}
	for (let at = entries.length - 1; at >= 0; at -= 1) {
		const entry = entries[at] as GraphEntry;
		const view = views.get(entry.key) as NodeView;
		const state = entry.role === "node" ? compositeState(entry, view, below.get(entry.key), seen) : view.state;
		if (state !== view.state) views.set(entry.key, withSpan({ ...view, state }, seen));
		const parent = entry.role === "join" ? forkOf(entry, graph) : parentOf(entry);
		for (const up of entry.role === "join" ? [parent, parentOf(entry)] : [parent]) {
			if (up === null) continue;
			const states = below.get(up.key) ?? new Set<NodeState>();
			below.set(up.key, states.add(up === parent && entry.role === "node" ? saysAbove(entry, state) : state));
		}
	}
	return views;
}

function forkOf(join: GraphEntry, graph: WorkflowGraph): GraphEntry | null {
	return indexGraph(graph).get(join.key.slice(0, join.key.lastIndexOf("/") + 1) + join.node.id) ?? null;
}

function isSkipped(entry: GraphEntry, views: ReadonlyMap<string, NodeView>, seen: Observed): boolean {
	const { kind } = entry.node;
	const isLeaf = entry.role === "join" || kind === "task" || kind === "delay" || kind === "signal";
	if (isLeaf && (seen.snapshot.instance.status === "completed" || isInEndedBranch(entry, seen))) return true;
	const parent = parentOf(entry);
	if (parent === null) return false;
	const above = views.get(parent.key);
	if (above?.state === "skipped") return true;
	return entry.owner.kind === "case" && above?.chosen != null && above.chosen !== entry.owner.key;
}

/** Whether the outcome of a branch around it is recorded: nothing in it will happen any more. */
function isInEndedBranch(entry: GraphEntry, seen: Observed): boolean {
	for (let at: GraphEntry | null = entry; at !== null; at = parentOf(at)) {
		const { owner } = at;
		if (owner.kind !== "branch") continue;
		if (seen.checkpoints.has(branchPrefix(seen.pathOf(owner.fork), owner.name).slice(0, -1))) return true;
	}
	return false;
}

/** What a node says of the composite around it: a fork that settles all takes a failed branch as one that has ended. */
function saysAbove(entry: GraphEntry, state: NodeState): NodeState {
	const { owner } = entry;
	const isOutcome = owner.kind === "branch" && owner.fork.node.kind === "fork" && owner.fork.node.settle === "all";
	return isOutcome && state === "failed" ? "completed" : state;
}

function compositeState(
	entry: GraphEntry,
	view: NodeView,
	below: ReadonlySet<NodeState> | undefined,
	seen: Observed,
): NodeState {
	const { kind } = entry.node;
	if (kind === "task" || kind === "delay" || kind === "signal" || view.state === "skipped") return view.state;
	// Open, or failed at the key: the key task itself speaks. A fork's own record is its join's.
	if (kind === "route" && seen.open.has(keyPath(view.path))) return view.state;
	if (kind !== "fork" && seen.checkpoints.has(view.path)) return "completed";
	const states = below ?? new Set<NodeState>();
	const strongest = STRENGTH.find((state) => states.has(state));
	if (strongest !== undefined) return strongest === "ready" ? "running" : strongest;
	if (states.size === 1 && states.has("skipped")) return "skipped";
	const foreign = [...states].find((state) => !KNOWN.has(state));
	if (foreign !== undefined) return foreign;
	const begun = states.has("completed") || (kind === "route" && view.state === "completed");
	if (!begun) return view.state;
	if (!states.has("pending")) return "completed";
	return isTerminal(seen.snapshot.instance.status) ? "cancelled" : "running";
}

/** A composite ends when its own record was written. */
function withSpan(view: NodeView, seen: Observed): NodeView {
	const record = seen.checkpoints.get(view.path);
	return record === undefined ? view : { ...view, finishedAt: record.finishedAt };
}
