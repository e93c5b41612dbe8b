import type { WorkflowSnapshot } from "@waymark/engine/backend";
import { type NodeView, nodeViews } from "@waymark/engine/graph";
import { useSyncExternalStore } from "react";
import { iterationChoice, onIterationChoice } from "../../graph/iteration-choice.ts";
import type { InstanceState } from "../../server/wire.ts";

interface Computed {
	readonly choice: ReadonlyMap<string, number>;
	readonly views: ReadonlyMap<string, NodeView>;
}

const computed = new WeakMap<WorkflowSnapshot, Computed>();

/** The plan with the live path on it, in the iterations the reader chose. Worked out once for all panels. */
export function useNodeViews(state: InstanceState): ReadonlyMap<string, NodeView> {
	const { snapshot, definition } = state;
	const read = () => iterationChoice(snapshot.instance.runId);
	const choice = useSyncExternalStore(onIterationChoice, read, read);
	let found = computed.get(snapshot);
	if (found === undefined || found.choice !== choice) {
		found = { choice, views: nodeViews(definition.graph, snapshot, choice) };
		computed.set(snapshot, found);
	}
	return found.views;
}
