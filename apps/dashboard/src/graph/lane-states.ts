import type { NodeState, NodeView, WorkflowGraph } from "@waymark/engine/graph";
import { strongest } from "./group-summary.ts";
import { groupIndex } from "./groups.ts";

/** How one branch or case stands, and the node in it that a reader wants to see. */
export interface LaneStand {
	readonly name: string;
	readonly state: NodeState;
	/** Null: nothing is in it. */
	readonly key: string | null;
}

/** All lanes of a fork or route, in the order of the definition. */
export function laneStands(
	graph: WorkflowGraph,
	views: ReadonlyMap<string, NodeView>,
	owner: string,
): readonly LaneStand[] {
	const { groups, around } = groupIndex(graph);
	const stands = new Map<string, { name: string; state: NodeState | null; key: string | null }>();
	for (const { id, name, parent, kind } of groups.values()) {
		if (parent === owner && (kind === "branch" || kind === "case")) stands.set(id, { name, state: null, key: null });
	}
	for (const { key, state } of views.values()) {
		for (let id = around.get(key) ?? null; id !== null; id = groups.get(id)?.parent ?? null) {
			const stand = stands.get(id);
			if (stand === undefined) continue;
			if (stand.state === null || strongest(stand.state, state) !== stand.state) {
				stand.state = state;
				stand.key = key;
			}
			break;
		}
	}
	return [...stands.values()].map(({ name, state, key }) => ({ name, state: state ?? "skipped", key }));
}
