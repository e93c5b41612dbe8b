import type { Scope, WorkflowContinuation, WorkflowGraph } from "@waymark/engine/graph";
import { branchPrefix, casePrefix, childPrefix } from "@waymark/engine/graph";
import type { Folding } from "./folding.ts";
import type { PlanGroup } from "./geometry.ts";
import { laneId, stackId } from "./groups.ts";

/** The graph as blocks to measure and place. Sizes are filled in by `measure`. */

export interface Extent {
	width: number;
	height: number;
	/** Where the line comes in and goes out, from the block's top. They differ only where rows were folded. */
	inY: number;
	outY: number;
}

export interface Leaf extends Extent {
	readonly type: "leaf";
	readonly key: string;
	readonly name: string;
	readonly kind: "task" | "delay" | "signal";
}

/** Several nodes drawn as one card. */
export interface Folded extends Extent {
	readonly type: "folded";
	readonly key: string;
	readonly group: Omit<PlanGroup, "x" | "y" | "width" | "height">;
}

export interface Lane {
	/** Null: the stack of the lanes that are not drawn. */
	readonly name: string | null;
	readonly sequence: Sequence;
	/** Top of the lane's caption, from the split's top. */
	top: number;
}

export interface Split extends Extent {
	readonly type: "split";
	readonly key: string;
	readonly name: string;
	readonly kind: "fork" | "route";
	readonly lanes: readonly Lane[];
	/** The join of a fork; a route ends in a merge dot. */
	readonly join: { readonly key: string; readonly name: string } | null;
	laneWidth: number;
}

export interface Box extends Extent {
	readonly type: "box";
	readonly key: string;
	readonly name: string;
	readonly kind: "loop" | "child";
	readonly depth: number;
	readonly body: Sequence;
}

export type Item = Leaf | Folded | Split | Box;

export interface Row {
	readonly items: readonly Item[];
	readonly width: number;
	readonly height: number;
	/** The line of the row, from its top. */
	readonly axis: number;
}

export interface Sequence extends Extent {
	readonly prefix: string;
	readonly depth: number;
	readonly items: Item[];
	rows: readonly Row[];
}

const unmeasured = () => ({ width: 0, height: 0, inY: 0, outY: 0 });

/** Key of what ends an item: the end of its outgoing line. */
export function exitKey(item: Item): string {
	return item.type === "split" && item.join !== null ? item.join.key : item.key;
}

/**
 * All sequences of the graph that are drawn, each before the sequences inside it. Read backwards the list visits
 * children first, so that both passes are plain loops and no depth overflows the stack.
 */
export function toSequences(graph: WorkflowGraph, folding: Folding): readonly Sequence[] {
	const sequences: Sequence[] = [];
	const scopes: Scope[] = [];
	const open: Open = (items, scope, prefix, depth) => {
		const sequence: Sequence = { prefix, depth, items: [...items], rows: [], ...unmeasured() };
		sequences.push(sequence);
		scopes.push(scope);
		return sequence;
	};
	open([], graph.scope, "", 0);
	for (let next = 0; next < sequences.length; next++) {
		const sequence = sequences[next];
		const scope = scopes[next];
		if (sequence === undefined || scope === undefined) break;
		for (const node of scope) sequence.items.push(toItem(node, sequence, folding, open));
	}
	return sequences;
}

type Open = (items: readonly Item[], scope: Scope, prefix: string, depth: number) => Sequence;

function toItem(node: WorkflowContinuation, within: Sequence, folding: Folding, open: Open): Item {
	const key = within.prefix + node.id;
	const name = node.id;
	switch (node.kind) {
		case "task":
		case "delay":
		case "signal":
			return { type: "leaf", key, name, kind: node.kind, ...unmeasured() };
		case "fork": {
			const lanes = node.branches.map((branch) => ({ ...branch, prefix: branchPrefix(key, branch.name) }));
			return {
				type: "split",
				key,
				name,
				kind: "fork",
				lanes: toLanes(key, "branch", lanes, within.depth, folding, open),
				join: { key: within.prefix + node.join.id, name: node.join.id },
				laneWidth: 0,
				...unmeasured(),
			};
		}
		case "route": {
			const lanes = node.cases.map((each) => ({
				name: each.key,
				scope: each.scope,
				prefix: casePrefix(key, each.key),
			}));
			return {
				type: "split",
				key,
				name,
				kind: "route",
				lanes: toLanes(key, "case", lanes, within.depth, folding, open),
				join: null,
				laneWidth: 0,
				...unmeasured(),
			};
		}
		case "loop":
		case "child": {
			const prefix = childPrefix(key);
			if (folding.closed.has(key)) {
				const ends = endsOf([{ scope: node.scope, prefix }], key);
				return folded({ key, kind: node.kind, owner: key, opens: key, name, lanes: 0, ...ends });
			}
			const body = open([], node.scope, prefix, within.depth + 1);
			return { type: "box", key, name, kind: node.kind, depth: within.depth, body, ...unmeasured() };
		}
	}
}

interface LaneScope {
	readonly name: string;
	readonly scope: Scope;
	readonly prefix: string;
}

/** The lanes that are drawn, and one more with the card that stands for the others. */
function toLanes(
	owner: string,
	kind: "branch" | "case",
	all: readonly LaneScope[],
	depth: number,
	folding: Folding,
	open: Open,
): readonly Lane[] {
	const isClosed = folding.closed.has(owner);
	const shown = folding.lanes.get(owner);
	const isShown = ({ name }: LaneScope) => !isClosed && (shown === undefined || shown.includes(name));
	const rest = all.filter((lane) => !isShown(lane));
	// Lanes without nodes leave nothing to stand for.
	const isStacked = rest.some(({ scope }) => scope.length > 0);
	const lanes: Lane[] = (isStacked ? all.filter(isShown) : all).map(({ name, scope, prefix }) => {
		const id = laneId(owner, name);
		if (scope.length === 0 || !folding.closed.has(id))
			return { name, sequence: open([], scope, prefix, depth), top: 0 };
		const ends = endsOf([{ scope, prefix }], owner);
		const card = folded({ key: id, kind, owner, opens: id, name, lanes: 0, ...ends });
		return { name, sequence: open([card], [], prefix, depth), top: 0 };
	});
	if (!isStacked) return lanes;
	const ends = endsOf(rest, owner);
	const opens = isClosed ? owner : null;
	const name = isClosed ? `${rest.length}` : `${rest.length} more`;
	const card = folded({ key: stackId(owner), kind: "stack", owner, opens, name, lanes: rest.length, ...ends });
	return [...lanes, { name: null, sequence: open([card], [], "", depth), top: 0 }];
}

function folded(group: Folded["group"]): Folded {
	return { type: "folded", key: group.key, group, ...unmeasured() };
}

/** First and last node of scopes one after the other; the owner where all of them are empty. */
function endsOf(scopes: readonly Pick<LaneScope, "scope" | "prefix">[], owner: string) {
	const filled = scopes.filter(({ scope }) => scope.length > 0);
	const [head, tail] = [filled[0], filled.at(-1)];
	const first = head?.scope[0];
	const last = tail?.scope.at(-1);
	if (head === undefined || tail === undefined || first === undefined || last === undefined)
		return { first: owner, last: owner };
	return { first: head.prefix + first.id, last: tail.prefix + (last.kind === "fork" ? last.join.id : last.id) };
}
