import type { NodeState, NodeView } from "@waymark/engine/graph";
import { inOrder, isContainer } from "./interesting.ts";

/** What is to be said of nodes that are drawn as one card. */
export interface GroupSummary {
	readonly key: string;
	/** The state that asks loudest. */
	readonly state: NodeState;
	/** In the order used everywhere; only those that occur. */
	readonly counts: readonly { readonly state: NodeState; readonly count: number }[];
	readonly total: number;
}

/** Where nothing asks for attention, "done" is less than "not begun": a group half done is not done. */
const CLAIMS: readonly NodeState[] = [
	"failed",
	"retrying",
	"running",
	"awaiting_signal",
	"waiting",
	"ready",
	"cancelled",
	"pending",
	"completed",
	"skipped",
];
const CLAIM = new Map(CLAIMS.map((state, at) => [state, at]));

export function strongest(a: NodeState, b: NodeState): NodeState {
	return claim(a) <= claim(b) ? a : b;
}

/** What a newer engine may mean by a state that we do not know is more than "done" and less than any need. */
function claim(state: NodeState): number {
	return CLAIM.get(state) ?? CLAIMS.indexOf("ready") + 0.5;
}

/** The summaries of all cards that stand for several nodes, in one pass. */
export function summarise(
	hiddenBy: ReadonlyMap<string, string>,
	views: ReadonlyMap<string, NodeView>,
): ReadonlyMap<string, GroupSummary> {
	const counts = new Map<string, Map<NodeState, number>>();
	for (const [key, card] of hiddenBy) {
		const view = views.get(key);
		if (view === undefined || isContainer(view)) continue;
		const of = counts.get(card) ?? new Map<NodeState, number>();
		counts.set(card, of.set(view.state, (of.get(view.state) ?? 0) + 1));
	}
	return new Map([...counts].map(([card, of]) => [card, summaryOf(card, of)]));
}

export function summaryOf(key: string, of: ReadonlyMap<NodeState, number>): GroupSummary {
	const counts = inOrder(of).flatMap((state) => {
		const count = of.get(state) ?? 0;
		return count === 0 ? [] : [{ state, count }];
	});
	let state: NodeState = counts[0]?.state ?? "pending";
	for (const one of counts) state = strongest(state, one.state);
	return { key, state, counts, total: counts.reduce((sum, { count }) => sum + count, 0) };
}
