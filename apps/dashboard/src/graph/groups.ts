import { type GraphEntry, indexGraph, type WorkflowGraph } from "@waymark/engine/graph";

/** What can be folded away: a loop, a child, a split with all its lanes, or one lane (a branch or a case). */
export interface Group {
	/** Key of the loop, child, fork or route; for lanes `<key>:<name>`. The same as the id of its row in the outline. */
	readonly id: string;
	readonly kind: "loop" | "child" | "fork" | "route" | "branch" | "case";
	readonly name: string;
	readonly parent: string | null;
	/** Number of loops and children around it. */
	readonly boxes: number;
	/** Cards that stand in it directly, not in a group inside. A split has none: its head and its join stand beside it. */
	cards: number;
}

export interface GroupIndex {
	/** Parents before what is inside them. */
	readonly groups: ReadonlyMap<string, Group>;
	/** The innermost group around each node; null in the root scope. */
	readonly around: ReadonlyMap<string, string | null>;
}

/** How many lanes a split may have before most of them are stacked. */
export const STACK_ABOVE = 8;

export function laneId(owner: string, name: string): string {
	return `${owner}:${name}`;
}

/** Key of the card that stands for the lanes of a split that are not drawn. */
export function stackId(owner: string): string {
	return `${owner}:`;
}

/** The node that a group belongs to: the loop or child itself, the fork or route of a lane. */
export function ownerKey(group: Group): string {
	return group.kind === "branch" || group.kind === "case" ? (group.parent ?? group.id) : group.id;
}

/** Whether a node is somewhere inside that group. */
export function isWithin(index: GroupIndex, key: string | null, group: string): boolean {
	return key !== null && groupsAround(index, key).some(({ id }) => id === group);
}

/** The loop itself, or the innermost one around a node. */
export function loopAt(graph: WorkflowGraph, key: string): string | null {
	const index = groupIndex(graph);
	if (index.groups.get(key)?.kind === "loop") return key;
	return groupsAround(index, key).find(({ kind }) => kind === "loop")?.id ?? null;
}

const indexes = new WeakMap<WorkflowGraph, GroupIndex>();

/** Made once per graph object, in one pass. */
export function groupIndex(graph: WorkflowGraph): GroupIndex {
	let index = indexes.get(graph);
	if (index === undefined) {
		index = collect(graph);
		indexes.set(graph, index);
	}
	return index;
}

/** The groups around a node, innermost first. */
export function groupsAround({ groups, around }: GroupIndex, key: string): readonly Group[] {
	const found: Group[] = [];
	for (let id = around.get(key) ?? null; id !== null; ) {
		const group = groups.get(id);
		if (group === undefined) break;
		found.push(group);
		id = group.parent;
	}
	return found;
}

function collect(graph: WorkflowGraph): GroupIndex {
	const groups = new Map<string, Group>();
	const around = new Map<string, string | null>();
	const add = (group: Omit<Group, "cards">) => groups.set(group.id, { ...group, cards: 0 });
	for (const entry of indexGraph(graph).values()) {
		if (entry.role === "key") continue;
		const parent = ownerGroup(entry);
		const within = parent === null ? undefined : groups.get(parent);
		const boxes = within === undefined ? 0 : within.boxes + (isBox(within) ? 1 : 0);
		around.set(entry.key, parent);
		const { node, key } = entry;
		if (within !== undefined && (entry.role === "join" || !(node.kind === "loop" || node.kind === "child")))
			within.cards += 1;
		if (entry.role === "join") continue;
		switch (node.kind) {
			case "task":
			case "delay":
			case "signal":
				break;
			case "fork":
				add({ id: key, kind: "fork", name: node.id, parent, boxes });
				for (const { name } of node.branches) add({ id: laneId(key, name), kind: "branch", name, parent: key, boxes });
				break;
			case "route":
				add({ id: key, kind: "route", name: node.id, parent, boxes });
				for (const one of node.cases)
					add({ id: laneId(key, one.key), kind: "case", name: one.key, parent: key, boxes });
				break;
			case "loop":
			case "child":
				add({ id: key, kind: node.kind, name: node.id, parent, boxes });
				break;
		}
	}
	return { groups, around };
}

function isBox(group: Group): boolean {
	return group.kind === "loop" || group.kind === "child";
}

function ownerGroup({ owner }: GraphEntry): string | null {
	switch (owner.kind) {
		case "root":
			return null;
		case "branch":
			return laneId(owner.fork.key, owner.name);
		case "case":
			return laneId(owner.route.key, owner.key);
		case "loop":
			return owner.loop.key;
		case "child":
			return owner.child.key;
	}
}
