import type { NodeView, WorkflowGraph } from "@waymark/engine/graph";
import { useSyncExternalStore } from "react";
import { foldChoices, onFoldChoice } from "../../graph/fold-choice.ts";
import { type Folding, fold } from "../../graph/folding.ts";

/** The folding of the run that was looked at last: graph and outline go on from it, so that neither jumps. */
let latest: { readonly run: string; readonly folding: Folding } | null = null;

const NO_HEAT: ReadonlyMap<string, number> = new Map();

interface FoldingOf {
	/** Folding is kept for as long as this is the same: a run, or a definition that is looked at by itself. */
	readonly run: string;
	readonly hash: string;
	readonly graph: WorkflowGraph;
	readonly views: ReadonlyMap<string, NodeView>;
	readonly keep: readonly string[];
	/** Of a definition: how often attempts fail at its nodes, 0 to 1. */
	readonly heat?: ReadonlyMap<string, number>;
}

/** What is folded now. The same object until something has to change. */
export function useFolding({ run, hash, graph, views, keep, heat = NO_HEAT }: FoldingOf): Folding {
	const read = () => foldChoices(hash);
	const choices = useSyncExternalStore(onFoldChoice, read, read);
	const folding = fold({ graph, views, choices, keep, heat }, latest?.run === run ? latest.folding : null);
	latest = { run, folding };
	return folding;
}
