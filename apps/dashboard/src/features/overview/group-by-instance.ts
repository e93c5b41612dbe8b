import type { RetryingNode } from "@waymark/engine/backend";

/** Lines of the queue: more instances than these are behind the link to all. */
const LINES = 5;

/** The nodes of each run together, in the order in which the first of each came; no group is empty. */
export function groupByInstance(
	nodes: readonly RetryingNode[],
): readonly (readonly [RetryingNode, ...RetryingNode[]])[] {
	const groups = new Map<string, [RetryingNode, ...RetryingNode[]]>();
	for (const node of nodes) {
		const group = groups.get(node.runId);
		if (group === undefined) groups.set(node.runId, [node]);
		else group.push(node);
	}
	return [...groups.values()].slice(0, LINES);
}
