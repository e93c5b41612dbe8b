import type { NodeState, NodeView, WorkflowGraph } from "@waymark/engine/graph";
import { chooseLanes } from "./choose-lanes.ts";
import { strongest } from "./group-summary.ts";
import { type Group, type GroupIndex, groupIndex, groupsAround, STACK_ABOVE, stackId } from "./groups.ts";

/** About as many cards as a reader and a browser take in at once. */
export const BUDGET = 300;
/** Children inside this many loops and children begin folded. */
const OPEN_DEPTH = 2;

/** What of the plan is drawn as one card. Follows from state and choices, but moves as little as it can. */
export interface Folding {
	/** Ids of the groups that are closed. */
	readonly closed: ReadonlySet<string>;
	/** Those of them that nobody closed by hand. */
	readonly auto: ReadonlySet<string>;
	/** The lanes drawn of each split that has too many; the others are in its stack. */
	readonly lanes: ReadonlyMap<string, readonly string[]>;
	/** Key of the card that stands for each node that is not drawn. */
	readonly hiddenBy: ReadonlyMap<string, string>;
	readonly from: FoldingInput | null;
}

export interface FoldingInput {
	readonly graph: WorkflowGraph;
	readonly views: ReadonlyMap<string, NodeView>;
	/** By group: what the reader wants open (true) or closed. */
	readonly choices: ReadonlyMap<string, boolean>;
	/** Nodes that must be seen: selected, or found by a search. */
	readonly keep: readonly string[];
	/** Of a definition: how often attempts fail at its nodes, 0 to 1. */
	readonly heat?: ReadonlyMap<string, number>;
}

export const NOTHING_FOLDED: Folding = {
	closed: new Set(),
	auto: new Set(),
	lanes: new Map(),
	hiddenBy: new Map(),
	from: null,
};

/** The same object as before for as long as nothing has to change. */
export function fold(input: FoldingInput, before: Folding | null): Folding {
	const index = groupIndex(input.graph);
	const last = before?.from?.graph === input.graph ? before : null;
	const hot = hotGroups(index, input.views);
	const kept = new Set(input.keep.flatMap((key) => groupsAround(index, key).map(({ id }) => id)));
	const lanes = chooseAll(index, input, kept, last);
	const isSame = last?.from?.choices === input.choices && sameKeys(last.from.keep, input.keep);
	if (last !== null && isSame && lanes === last.lanes && ![...last.auto].some((id) => hot.has(id))) return last;
	const mayClose = (group: Group) => !hot.has(group.id) && !kept.has(group.id) && !input.choices.has(group.id);
	const auto = new Set<string>();
	for (const group of index.groups.values()) {
		const isDeep = group.kind === "child" && group.boxes >= OPEN_DEPTH;
		if (mayClose(group) && (isDeep || last?.auto.has(group.id) === true)) auto.add(group.id);
	}
	const closed = new Set(auto);
	for (const [id, open] of input.choices) if (!open && index.groups.has(id) && !kept.has(id)) closed.add(id);
	const choicesChanged = last !== null && last.from?.choices !== input.choices;
	const inside = (group: Group) => !choicesChanged || isBelowOpened(index, group, input.choices);
	closeToBudget(index, lanes, closed, auto, (group) => mayClose(group) && inside(group));
	return { closed, auto, lanes, hiddenBy: hideAll(index, closed, lanes), from: input };
}

function sameKeys(a: readonly string[], b: readonly string[]): boolean {
	return a.length === b.length && a.every((key, at) => key === b[at]);
}

/** Groups in which something fails, is retried or runs: these are never closed by themselves. */
function hotGroups(index: GroupIndex, views: ReadonlyMap<string, NodeView>): ReadonlySet<string> {
	const hot = new Set<string>();
	for (const { key, state } of views.values()) {
		if (state !== "failed" && state !== "retrying" && state !== "running") continue;
		for (let id = index.around.get(key) ?? null; id !== null && !hot.has(id); ) {
			hot.add(id);
			id = index.groups.get(id)?.parent ?? null;
		}
	}
	return hot;
}

function chooseAll(
	index: GroupIndex,
	{ views, heat = new Map() }: FoldingInput,
	kept: ReadonlySet<string>,
	last: Folding | null,
): Folding["lanes"] {
	const lanesOf = new Map<string, Group[]>();
	for (const group of index.groups.values()) {
		if (group.kind !== "branch" && group.kind !== "case") continue;
		const list = lanesOf.get(group.parent ?? "");
		if (list === undefined) lanesOf.set(group.parent ?? "", [group]);
		else list.push(group);
	}
	const large = [...lanesOf].filter(([, lanes]) => lanes.length > STACK_ABOVE);
	if (large.length === 0) return last?.lanes ?? new Map();
	const states = statesOf(index, views);
	const heats = heatsOf(index, heat);
	let changed = last === null;
	const chosen = new Map<string, readonly string[]>();
	for (const [owner, lanes] of large) {
		const before = last?.lanes.get(owner);
		const all = lanes.map(({ id, name }) => ({
			name,
			state: states.get(id) ?? "pending",
			keep: kept.has(id),
			heat: heats.get(id) ?? 0,
		}));
		const names = chooseLanes(all, before);
		changed ||= names !== before;
		chosen.set(owner, names);
	}
	return changed || last === null ? chosen : last.lanes;
}

/** The greatest heat in each group. */
function heatsOf(index: GroupIndex, heat: ReadonlyMap<string, number>): ReadonlyMap<string, number> {
	const heats = new Map<string, number>();
	for (const [key, share] of heat) {
		for (let id = index.around.get(key) ?? null; id !== null && share > (heats.get(id) ?? 0); ) {
			heats.set(id, share);
			id = index.groups.get(id)?.parent ?? null;
		}
	}
	return heats;
}

/** The state in each group that asks loudest. */
function statesOf(index: GroupIndex, views: ReadonlyMap<string, NodeView>): ReadonlyMap<string, NodeState> {
	const states = new Map<string, NodeState>();
	for (const { key, state } of views.values()) {
		for (let id = index.around.get(key) ?? null; id !== null; ) {
			const now = states.get(id);
			const next = now === undefined ? state : strongest(now, state);
			if (next === now) break;
			states.set(id, next);
			id = index.groups.get(id)?.parent ?? null;
		}
	}
	return states;
}

function isBelowOpened(index: GroupIndex, group: Group, choices: ReadonlyMap<string, boolean>): boolean {
	for (let id = group.parent; id !== null; id = index.groups.get(id)?.parent ?? null) {
		if (choices.get(id) === true) return true;
	}
	return false;
}

/** Closes the largest groups that may be closed until few enough cards are left. Adds to `closed` and `auto`. */
function closeToBudget(
	index: GroupIndex,
	lanes: Folding["lanes"],
	closed: Set<string>,
	auto: Set<string>,
	mayClose: (group: Group) => boolean,
): void {
	const sizes = cardsInside(index, lanes, closed);
	let visible = sizes.get(null) ?? 0;
	if (visible <= BUDGET) return;
	const isWorthIt = ({ id }: Group) => !closed.has(id) && (sizes.get(id) ?? 0) > 1;
	const candidates = [...index.groups.values()].filter((group) => isWorthIt(group) && mayClose(group));
	candidates.sort((a, b) => (sizes.get(b.id) ?? 0) - (sizes.get(a.id) ?? 0));
	const hidden = new Set<string>();
	for (const group of candidates) {
		if (visible <= BUDGET) return;
		if (isInside(index, group, closed, lanes, hidden)) continue;
		closed.add(group.id);
		auto.add(group.id);
		visible -= (sizes.get(group.id) ?? 1) - 1;
	}
}

/** Whether an outer group already hides it. `hidden` remembers what was found. */
function isInside(
	index: GroupIndex,
	group: Group,
	closed: ReadonlySet<string>,
	lanes: Folding["lanes"],
	hidden: Set<string>,
): boolean {
	if (hidden.has(group.id)) return true;
	for (let at: Group | undefined = group; at !== undefined && at.parent !== null; at = index.groups.get(at.parent)) {
		const shown = lanes.get(at.parent);
		const isStacked = shown !== undefined && !shown.includes(at.name);
		if (closed.has(at.parent) || isStacked || hidden.has(at.parent)) {
			hidden.add(group.id);
			return true;
		}
	}
	return false;
}

/** Cards that each open group would show, and under null those of the whole plan. One pass, children first. */
function cardsInside(
	index: GroupIndex,
	lanes: Folding["lanes"],
	closed: ReadonlySet<string>,
): ReadonlyMap<string | null, number> {
	const sizes = new Map<string | null, number>();
	const add = (id: string | null, count: number) => sizes.set(id, (sizes.get(id) ?? 0) + count);
	for (const group of index.around.values()) if (group === null) add(null, 1);
	for (const group of [...index.groups.values()].reverse()) {
		add(group.id, group.cards);
		const { parent } = group;
		const shown = parent === null ? undefined : lanes.get(parent);
		if (shown !== undefined && !shown.includes(group.name)) continue;
		add(parent, closed.has(group.id) ? 1 : (sizes.get(group.id) ?? 0));
	}
	return sizes;
}

/** How many cards are drawn. */
export function visibleCards(graph: WorkflowGraph, { lanes, closed }: Folding): number {
	return cardsInside(groupIndex(graph), lanes, closed).get(null) ?? 0;
}

/** One pass, parents first. */
function hideAll(index: GroupIndex, closed: ReadonlySet<string>, lanes: Folding["lanes"]): ReadonlyMap<string, string> {
	const cards = new Map<string, string>();
	for (const group of index.groups.values()) {
		const outer = group.parent === null ? undefined : cards.get(group.parent);
		const shown = group.parent === null ? undefined : lanes.get(group.parent);
		if (outer !== undefined) cards.set(group.id, outer);
		else if (group.parent !== null && shown !== undefined && !shown.includes(group.name))
			cards.set(group.id, stackId(group.parent));
		else if (closed.has(group.id)) cards.set(group.id, cardOf(group));
	}
	const hiddenBy = new Map<string, string>();
	for (const [key, group] of index.around) {
		const card = group === null ? undefined : cards.get(group);
		if (card !== undefined) hiddenBy.set(key, card);
	}
	return hiddenBy;
}

/** A closed split keeps its head and its join: what stands for its lanes is a stack. */
function cardOf(group: Group): string {
	return group.kind === "fork" || group.kind === "route" ? stackId(group.id) : group.id;
}

/** The card that shows a node: its own, or that of the group it is folded into. */
export function cardFor(folding: Folding, key: string): string {
	return folding.hiddenBy.get(key) ?? key;
}
