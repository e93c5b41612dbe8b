import type { NodeView } from "@waymark/engine/graph";
import type { PlanGroup } from "../../graph/geometry.ts";
import type { GroupSummary } from "../../graph/group-summary.ts";
import { countStates, inOrder } from "../../graph/interesting.ts";
import { iterationWords } from "../../graph/iteration-words.ts";
import { KIND_WORDS } from "./kind-icon.tsx";
import { nodeEntry } from "./node-entry.ts";
import { countWords } from "./state-bar.tsx";

/** What a screen reader hears of a node: "charge, task, retrying, attempt 2 of 5". No times: those tick. `isOver`: its instance has ended. */
export function describeNode(view: NodeView, isOver: boolean): string {
	const parts = [nameOf(view.key), KIND_WORDS[view.kind], nodeEntry(view, isOver).word.toLowerCase()];
	if (view.attempt > 1)
		parts.push(`attempt ${view.attempt}${view.maxAttempts === null ? "" : ` of ${view.maxAttempts}`}`);
	if (view.branches !== null) parts.push(`${view.branches.ended} of ${view.branches.total} branches ended`);
	if (view.iterations !== null && view.iterations.begun > 0)
		parts.push(iterationWords(view.iterations).replace(" · ", ", "));
	if (view.chosen !== null) parts.push(`case ${view.chosen}`);
	const around = view.key.slice(0, -nameOf(view.key).length - 1);
	if (around !== "") parts.push(`in ${around}`);
	return parts.join(", ");
}

/** "Continuation graph, 6 nodes: 1 retrying, 2 running, 3 completed". */
export function describeGraph(views: ReadonlyMap<string, NodeView>, isOver: boolean): string {
	const counts = countStates(views);
	const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
	const parts = inOrder(counts).map(
		(state) => `${counts.get(state)} ${nodeEntry({ state }, isOver).word.toLowerCase()}`,
	);
	return `Continuation graph, ${total} ${total === 1 ? "node" : "nodes"}: ${parts.join(", ")}`;
}

/** "Definition, 6 nodes": of a plan that nobody runs. */
export function describePlan(views: ReadonlyMap<string, NodeView>): string {
	return `Definition, ${views.size} ${views.size === 1 ? "node" : "nodes"}`;
}

/** "196 branches of send, 1 failed, 195 completed, folded". `owner` is the node that the group belongs to. */
export function describeGroup(group: PlanGroup, summary: GroupSummary, owner: NodeView | undefined): string {
	const what =
		group.kind === "stack"
			? `${group.lanes} ${laneWord(owner?.kind)} of ${nameOf(group.owner)}`
			: `${KIND_WORDS[group.kind]} ${group.name}`;
	return `${what}, ${summary.total} ${summary.total === 1 ? "node" : "nodes"}, ${countWords(summary)}, folded`;
}

export function laneWord(kind: NodeView["kind"] | undefined): string {
	return kind === "route" ? "cases" : "branches";
}

export function nameOf(key: string): string {
	return key.slice(key.lastIndexOf("/") + 1);
}
