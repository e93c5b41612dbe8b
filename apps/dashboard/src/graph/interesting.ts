import type { NodeState, NodeView } from "@waymark/engine/graph";

/**
 * What is written down as running, by a worker that fell silent: whether it still runs nobody knows. The engine has no
 * such state; every part takes it as it takes those of a newer engine, and so draws it already (see lost-nodes.ts).
 */
export const WORKER_SILENT = "worker_silent" as NodeState;

/** States as lists, legends and sums show them: what asks for attention first. */
export const NODE_STATE_ORDER: readonly NodeState[] = [
	"failed",
	"retrying",
	"running",
	"awaiting_signal",
	"waiting",
	"ready",
	"pending",
	"completed",
	"cancelled",
	"skipped",
];

/** Those that occur, in that order; states of a newer engine come last. */
export function inOrder(counts: ReadonlyMap<NodeState, number>): readonly NodeState[] {
	const known = NODE_STATE_ORDER.filter((state) => counts.has(state));
	return known.length === counts.size ? known : [...known, ...[...counts.keys()].filter((state) => !isKnown(state))];
}

/** States of what has begun and is to go on. */
export const GOING_ON: readonly NodeState[] = ["running", "retrying", WORKER_SILENT];

/** False for a state that a newer engine has and this dashboard does not. */
export function isKnown(state: NodeState): boolean {
	return NODE_STATE_ORDER.includes(state);
}

/** How many nodes that do something (not forks, loops, children) are in each state. */
export function countStates(views: ReadonlyMap<string, NodeView>): ReadonlyMap<NodeState, number> {
	const counts = new Map<NodeState, number>();
	for (const view of views.values()) {
		if (isContainer(view)) continue;
		counts.set(view.state, (counts.get(view.state) ?? 0) + 1);
	}
	return counts;
}

/** What asks for attention, loudest first: failed, lost with a worker, retrying, running, waiting. */
const ASKING = ["failed", WORKER_SILENT, "retrying", "running", "ready", "awaiting_signal", "waiting"] as const;

/** The first node that asks for attention; null if nothing goes on. */
export function loudest(views: ReadonlyMap<string, NodeView>): string | null {
	for (const state of ASKING) {
		for (const view of views.values()) if (view.state === state && !showsInside(view)) return view.key;
	}
	return null;
}

/** Where a reader wants to look first: at what asks for attention, the last completed, the first node. */
export function firstInteresting(views: ReadonlyMap<string, NodeView>): string | null {
	const asking = loudest(views);
	if (asking !== null) return asking;
	let latest: NodeView | null = null;
	for (const view of views.values()) {
		if (view.state !== "completed" || showsInside(view)) continue;
		if (latest === null || (view.finishedAt ?? 0) >= (latest.finishedAt ?? 0)) latest = view;
	}
	return latest?.key ?? views.keys().next().value ?? null;
}

/** The node that began to run last; null while nothing runs. */
export function newestRunning(views: ReadonlyMap<string, NodeView>): string | null {
	let newest: NodeView | null = null;
	for (const view of views.values()) {
		if (view.state !== "running" || showsInside(view)) continue;
		if (newest === null || (view.startedAt ?? 0) > (newest.startedAt ?? 0)) newest = view;
	}
	return newest?.key ?? null;
}

/** The next node in that state after `after` in document order, going round; null if there is none. */
export function nextInState(
	views: ReadonlyMap<string, NodeView>,
	states: readonly NodeState[],
	after: string | null,
): string | null {
	let first: string | null = null;
	let passed = after === null;
	for (const view of views.values()) {
		if (states.includes(view.state) && !showsInside(view) && view.key !== after) {
			if (passed) return view.key;
			first ??= view.key;
		}
		if (view.key === after) passed = true;
	}
	return first ?? (after !== null && states.includes(views.get(after)?.state ?? "pending") ? after : null);
}

/** Forks, loops and children only show what happens inside them. */
export function isContainer(view: NodeView): boolean {
	return view.kind === "fork" || view.kind === "loop" || view.kind === "child";
}

/** Containers, and routes whose case is under way: what asks for attention is a node inside. */
export function showsInside(view: NodeView): boolean {
	return isContainer(view) || (view.kind === "route" && view.chosen !== null && view.state !== "completed");
}
