import {
	branchPrefix,
	casePrefix,
	childPrefix,
	type GraphEntry,
	type GraphIndex,
	indexGraph,
	type WorkflowContinuation,
	type WorkflowGraph,
} from "@waymark/engine/graph";
import { stackId } from "./groups.ts";

/** Where a key moves the focus. Forwards and backwards follow the lines; up and down change the lane. */
export type Move = "next" | "previous" | "up" | "down" | "first" | "last";

/** The lanes that are drawn of splits that have too many. */
export type ShownLanes = ReadonlyMap<string, readonly string[]>;

const ALL_LANES: ShownLanes = new Map();

/**
 * The key a move leads to; the same key where there is nothing in that direction. A route's key function is the route.
 * Lanes that are not drawn are passed over; below the last one that is lies the stack of the others.
 */
export function moveFocus(graph: WorkflowGraph, key: string, move: Move, shown: ShownLanes = ALL_LANES): string {
	const index = indexGraph(graph);
	const entry = index.get(key);
	const first = graph.scope[0];
	const last = graph.scope.at(-1);
	if (entry === undefined || move === "first") return first === undefined ? key : first.id;
	switch (move) {
		case "last":
			return last === undefined ? key : exitOf("", last);
		case "next":
			return following(entry, shown) ?? key;
		case "previous":
			return preceding(index, entry, shown);
		case "up":
			return otherLane(entry, -1, shown) ?? key;
		case "down":
			return otherLane(entry, 1, shown) ?? key;
	}
}

/** What a selection of any path of the graph shows: the key function of a route is seen as its route. */
export function cardKey(graph: WorkflowGraph, key: string): string | null {
	const entry = indexGraph(graph).get(key);
	if (entry === undefined) return null;
	return entry.role === "key" ? prefixOf(entry) + entry.node.id : entry.key;
}

function prefixOf(entry: GraphEntry): string {
	return entry.key.slice(0, entry.key.lastIndexOf("/") + 1);
}

/** Key of what ends a continuation: a fork ends in its join. */
function exitOf(prefix: string, node: WorkflowContinuation): string {
	return prefix + (node.kind === "fork" ? node.join.id : node.id);
}

function inside(entry: GraphEntry, shown: ShownLanes): string | null {
	const { node, key } = entry;
	if (entry.role !== "node") return null;
	switch (node.kind) {
		case "task":
		case "delay":
		case "signal":
			return null;
		case "fork": {
			const branch = firstShown(key, node.branches, shown);
			const first = branch?.scope[0];
			return branch === undefined || first === undefined ? null : branchPrefix(key, branch.name) + first.id;
		}
		case "route": {
			const one = node.cases.find((each) => each.scope.length > 0);
			const first = one?.scope[0];
			return one === undefined || first === undefined ? null : casePrefix(key, one.key) + first.id;
		}
		case "loop":
		case "child": {
			const first = node.scope[0];
			return first === undefined ? null : childPrefix(key) + first.id;
		}
	}
}

function firstShown<Lane extends { readonly name: string }>(
	owner: string,
	lanes: readonly Lane[],
	shown: ShownLanes,
): Lane | undefined {
	const names = shown.get(owner);
	return names === undefined ? lanes[0] : (lanes.find(({ name }) => names.includes(name)) ?? lanes[0]);
}

function following(entry: GraphEntry, shown: ShownLanes): string | null {
	const within = inside(entry, shown);
	if (within !== null) return within;
	for (let at = entry; ; ) {
		const next = at.scope[at.at + 1];
		if (next !== undefined) return prefixOf(at) + next.id;
		const { owner } = at;
		switch (owner.kind) {
			case "root":
				return null;
			case "branch":
				return owner.fork.node.kind === "fork" ? prefixOf(owner.fork) + owner.fork.node.join.id : null;
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
	}
}

function preceding(index: GraphIndex, entry: GraphEntry, shown: ShownLanes): string {
	const { owner, node, key } = entry;
	if (entry.role === "join" && node.kind === "fork") {
		const fork = prefixOf(entry) + node.id;
		const branch = firstShown(fork, node.branches, shown);
		const last = branch?.scope.at(-1);
		if (branch === undefined || last === undefined) return fork;
		return exitOf(branchPrefix(fork, branch.name), last);
	}
	const before = entry.scope[entry.at - 1];
	if (before !== undefined) return index.has(exitOf(prefixOf(entry), before)) ? exitOf(prefixOf(entry), before) : key;
	switch (owner.kind) {
		case "root":
			return key;
		case "branch":
			return owner.fork.key;
		case "case":
			return owner.route.key;
		case "loop":
			return owner.loop.key;
		case "child":
			return owner.child.key;
	}
}

/** The node at the same place of the lane beside the innermost one that has such a neighbour. */
function otherLane(entry: GraphEntry, by: 1 | -1, shown: ShownLanes): string | null {
	for (let at = entry; ; ) {
		const { owner } = at;
		switch (owner.kind) {
			case "root":
				return null;
			case "loop":
				at = owner.loop;
				continue;
			case "child":
				at = owner.child;
				continue;
			case "branch":
			case "case": {
				const split = owner.kind === "branch" ? owner.fork : owner.route;
				const found = inLane(split, owner.kind === "branch" ? owner.name : owner.key, at.at, by, shown);
				if (found !== null) return found;
				at = split;
			}
		}
	}
}

function inLane(split: GraphEntry, lane: string, place: number, by: 1 | -1, shown: ShownLanes): string | null {
	const { node, key } = split;
	const drawn = shown.get(key);
	const all =
		node.kind === "fork"
			? node.branches.map(({ name, scope }) => ({ name, scope, prefix: branchPrefix(key, name) }))
			: node.kind === "route"
				? node.cases.map((one) => ({ name: one.key, scope: one.scope, prefix: casePrefix(key, one.key) }))
				: [];
	const lanes = drawn === undefined ? all : all.filter(({ name }) => name === lane || drawn.includes(name));
	const from = lanes.findIndex(({ name }) => name === lane);
	for (let at = from + by; at >= 0 && at < lanes.length; at += by) {
		const found = lanes[at];
		const target = found?.scope[Math.min(place, found.scope.length - 1)];
		if (found !== undefined && target !== undefined) return found.prefix + target.id;
	}
	return by === 1 && drawn !== undefined && drawn.length < all.length ? stackId(key) : null;
}
