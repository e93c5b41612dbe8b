import type { WorkflowGraph } from "@waymark/engine/graph";
import { useCallback, useEffect, useRef } from "react";
import { cardFor, type Folding } from "../../graph/folding.ts";
import { pathTo } from "../../graph/path-to.ts";
import type { CanvasScope } from "./canvas-context.ts";

interface LitPathOptions {
	readonly graph: WorkflowGraph;
	readonly folding: Folding;
	readonly scope: CanvasScope;
}

/** Shows only the way to one node, and dims the rest, until it is switched off. */
export function useLitPath({ graph, folding, scope }: LitPathOptions) {
	const shown = useRef<string | null>(null);
	const show = useCallback(
		(key: string | null) => {
			shown.current = key;
			scope.focus.showPath(key === null ? null : cardsTo(graph, folding, scope, key));
		},
		[graph, folding, scope],
	);
	useEffect(() => {
		if (shown.current !== null) show(shown.current);
	}, [show]);
	/** Answers whether a path is shown now. */
	const toggle = useCallback(
		(key: string | null) => {
			const next = shown.current === null || (key !== null && shown.current !== key) ? key : null;
			show(next);
			return next !== null;
		},
		[show],
	);
	return { toggle };
}

/** Keys of the cards on the way to a card, and the nodes that are folded into them. */
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
