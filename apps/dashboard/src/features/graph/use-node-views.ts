import type { WorkflowSnapshot } from "@waymark/engine/backend";
import { type NodeView, nodeViews } from "@waymark/engine/graph";
import { useSyncExternalStore } from "react";
import { iterationChoice, onIterationChoice } from "../../graph/iteration-choice.ts";
import { withLostNodes } from "../../graph/lost-nodes.ts";
import type { InstanceState, SeenWorker } from "../../server/wire.ts";
import { useSilentWorkers } from "../workers/service.tsx";

interface Computed {
	readonly choice: ReadonlyMap<string, number>;
	readonly silent: ReadonlyMap<string, SeenWorker>;
	readonly views: ReadonlyMap<string, NodeView>;
}

const computed = new WeakMap<WorkflowSnapshot, Computed>();

/** The plan with the live path on it, in the iterations the reader chose. Worked out once for all panels. */
export function useNodeViews(state: InstanceState): ReadonlyMap<string, NodeView> {
	const { snapshot, definition } = state;
	const read = () => iterationChoice(snapshot.instance.runId);
	const choice = useSyncExternalStore(onIterationChoice, read, read);
	const silent = useSilentWorkers();
	let found = computed.get(snapshot);
	if (found === undefined || found.choice !== choice || found.silent !== silent) {
		found = { choice, silent, views: withLostNodes(nodeViews(definition.graph, snapshot, choice), silent) };
		computed.set(snapshot, found);
	}
	return found.views;
}
