import type { WorkflowGraph } from "@waymark/engine/graph";
import { cardFor, type Folding } from "./folding.ts";
import type { PlanGroup } from "./geometry.ts";
import { type Move, moveFocus } from "./navigation.ts";

/** What of a layout the keyboard walks over. */
export interface Cards {
	readonly graph: WorkflowGraph;
	readonly folding: Folding;
	/** The cards that stand for several nodes. */
	readonly groups: ReadonlyMap<string, PlanGroup>;
}

/** The card a move leads to: what is folded away is one step. */
export function moveCard(cards: Cards, at: string, move: Move): string {
	const { graph, folding } = cards;
	const group = cards.groups.get(at);
	const isAcross = move === "up" || move === "down";
	if (group?.kind === "stack" && isAcross) return beside(cards, group, move);
	let key = group === undefined ? at : move === "next" ? group.last : group.first;
	for (;;) {
		const to = moveFocus(graph, key, move, folding.lanes);
		if (to === key) return at;
		const card = cardFor(folding, to);
		if (card !== at) return card;
		key = to;
	}
}

/** A stack lies below the lanes of its split that are drawn. */
function beside({ graph, folding }: Cards, { key, owner, opens }: PlanGroup, move: "up" | "down"): string {
	const last = opens === null ? folding.lanes.get(owner)?.at(-1) : undefined;
	if (move === "up" && last !== undefined) {
		return cardFor(folding, moveFocus(graph, owner, "next", new Map([[owner, [last]]])));
	}
	const to = moveFocus(graph, owner, move, folding.lanes);
	return to === owner ? key : cardFor(folding, to);
}
