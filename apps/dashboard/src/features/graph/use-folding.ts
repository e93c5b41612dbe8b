import type { NodeView, WorkflowGraph } from "@waymark/engine/graph";
import { useSyncExternalStore } from "react";
import { foldChoices, onFoldChoice } from "../../graph/fold-choice.ts";
import { type Folding, fold } from "../../graph/folding.ts";

/** The folding of the run that was looked at last: graph and outline go on from it, so that neither jumps. */
let latest: { readonly run: string; readonly folding: Folding } | null = null;

interface FoldingOf {
	/** Folding is kept for as long as this is the same: a run, or a definition that is looked at by itself. */
	readonly run: string;
	readonly hash: string;
	readonly graph: WorkflowGraph;
	readonly views: ReadonlyMap<string, NodeView>;
	readonly keep: readonly string[];
}

/** What is folded now. The same object until something has to change. */
export function useFolding({ run, hash, graph, views, keep }: FoldingOf): Folding {
	const read = () => foldChoices(hash);
	const choices = useSyncExternalStore(onFoldChoice, read, read);
	const folding = fold({ graph, views, choices, keep }, latest?.run === run ? latest.folding : null);
	latest = { run, folding };
	return folding;
}
