import { definitionPath, indexGraph, type WorkflowGraph } from "@waymark/engine/graph";
import type { WorkflowPage } from "../../server/wire.ts";
import { failureShares, hottest } from "../graph/heat.ts";

export interface NodeFigures {
	readonly path: string;
	readonly completed: number;
	readonly failedAttempts: number;
	/** Attempts that did not succeed, of all; null: it never ran. */
	readonly failureShare: number | null;
	/** The slowest of its iterations; null: it never ended. */
	readonly p95Ms: number | null;
	readonly running: number;
}

/** What the sample says of each node of one definition, its iterations taken together. */
export function heatOf(nodes: WorkflowPage["detail"]["nodes"], hash: string): ReadonlyMap<string, NodeFigures> {
	const figures = new Map<string, NodeFigures>();
	for (const node of nodes) {
		if (node.definitionHash !== hash) continue;
		const path = definitionPath(node.path);
		const before = figures.get(path);
		const completed = (before?.completed ?? 0) + node.completed;
		const failedAttempts = (before?.failedAttempts ?? 0) + node.failedAttempts;
		const p95 = Math.max(before?.p95Ms ?? -1, node.p95 ?? -1);
		figures.set(path, {
			path,
			completed,
			failedAttempts,
			failureShare: completed + failedAttempts === 0 ? null : failedAttempts / (completed + failedAttempts),
			p95Ms: p95 < 0 ? null : p95,
			running: (before?.running ?? 0) + node.running,
		});
	}
	return figures;
}

/** As the plan goes, not as the letters do. What is recorded beside the plan (the key of a route) comes last. */
export function inPlanOrder(graph: WorkflowGraph, heat: ReadonlyMap<string, NodeFigures>): readonly NodeFigures[] {
	const places = new Map([...indexGraph(graph).keys()].map((path, at) => [path, at]));
	const place = ({ path }: NodeFigures) => places.get(path) ?? places.size;
	return [...heat.values()].sort((a, b) => place(a) - place(b));
}

/** The node whose attempts fail the most often; null: none has failed. Of two alike the one that was tried more. */
export function worstNode(heat: ReadonlyMap<string, NodeFigures>): NodeFigures | null {
	return heat.get(hottest(failureShares(heat)) ?? "") ?? null;
}
