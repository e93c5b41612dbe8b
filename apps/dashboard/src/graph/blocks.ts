import type { Scope, WorkflowContinuation, WorkflowGraph } from "@waymark/engine/graph";
import { branchPrefix, casePrefix, childPrefix } from "@waymark/engine/graph";

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

export interface Lane {
	readonly name: string;
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

export type Item = Leaf | Split | Box;

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
 * All sequences of the graph, each before the sequences inside it. Read backwards the list visits children first, so
 * that both passes are plain loops and no depth overflows the stack.
 */
export function toSequences(graph: WorkflowGraph): readonly Sequence[] {
	const sequences: Sequence[] = [];
	const scopes: Scope[] = [];
	const enter = (scope: Scope, prefix: string, depth: number): Sequence => {
		const sequence: Sequence = { prefix, depth, items: [], rows: [], ...unmeasured() };
		sequences.push(sequence);
		scopes.push(scope);
		return sequence;
	};
	enter(graph.scope, "", 0);
	for (let next = 0; next < sequences.length; next++) {
		const sequence = sequences[next];
		const scope = scopes[next];
		if (sequence === undefined || scope === undefined) break;
		for (const node of scope) sequence.items.push(toItem(node, sequence, enter));
	}
	return sequences;
}

function toItem(
	node: WorkflowContinuation,
	within: Sequence,
	enter: (scope: Scope, prefix: string, depth: number) => Sequence,
): Item {
	const key = within.prefix + node.id;
	const name = node.id;
	switch (node.kind) {
		case "task":
		case "delay":
		case "signal":
			return { type: "leaf", key, name, kind: node.kind, ...unmeasured() };
		case "fork":
			return {
				type: "split",
				key,
				name,
				kind: "fork",
				lanes: node.branches.map((branch) => ({
					name: branch.name,
					sequence: enter(branch.scope, branchPrefix(key, branch.name), within.depth),
					top: 0,
				})),
				join: { key: within.prefix + node.join.id, name: node.join.id },
				laneWidth: 0,
				...unmeasured(),
			};
		case "route":
			return {
				type: "split",
				key,
				name,
				kind: "route",
				lanes: node.cases.map((each) => ({
					name: each.key,
					sequence: enter(each.scope, casePrefix(key, each.key), within.depth),
					top: 0,
				})),
				join: null,
				laneWidth: 0,
				...unmeasured(),
			};
		case "loop":
		case "child": {
			const body = enter(node.scope, childPrefix(key), within.depth + 1);
			return { type: "box", key, name, kind: node.kind, depth: within.depth, body, ...unmeasured() };
		}
	}
}
