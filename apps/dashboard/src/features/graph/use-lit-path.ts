import type { WorkflowGraph } from "@waymark/engine/graph";
import { useEffect, useSyncExternalStore } from "react";
import { cardFor, type Folding } from "../../graph/folding.ts";
import { onPathTarget, pathTarget } from "../../graph/path-choice.ts";
import { pathTo } from "../../graph/path-to.ts";
import type { CanvasScope } from "./canvas-context.ts";

/** Shows only the way to one node, and dims the rest, for as long as the reader wants it. */
export function useLitPath(graph: WorkflowGraph, folding: Folding, scope: CanvasScope): void {
	const read = () => pathTarget(scope.run);
	const target = useSyncExternalStore(onPathTarget, read, read);
	useEffect(() => {
		scope.focus.showPath(target === null ? null : cardsTo(graph, folding, scope, cardFor(folding, target)));
	}, [target, graph, folding, scope]);
}

/** Keys of the cards on the way to a card. */
export function cardsTo(
	graph: WorkflowGraph,
	folding: Folding,
	{ nodes }: CanvasScope,
	card: string,
): ReadonlySet<string> {
	const key = nodes.get(card) === undefined ? firstHidden(folding, card) : card;
	if (key === null) return new Set([card]);
	const lit = pathTo(graph, key, (route) => nodes.get(route)?.chosen ?? null);
	return new Set([...lit].map((one) => cardFor(folding, one)));
}

function firstHidden({ hiddenBy }: Folding, card: string): string | null {
	for (const [key, by] of hiddenBy) if (by === card) return key;
	return null;
}
