"use client";

import { isTerminal } from "@waymark/engine/graph";
import type { InstanceGraphProps } from "./instance-graph.tsx";
import { PlanCanvas } from "./plan-canvas.tsx";
import { useStatusFilter } from "./status-filter.ts";
import { useNodeViews } from "./use-node-views.ts";

/** The graph of one run. Another run is another canvas: nothing of the one before shows for a moment. */
export default function Canvas({ state, selectedKey, onSelect }: InstanceGraphProps) {
	const { instance } = state.snapshot;
	const views = useNodeViews(state);
	const filter = useStatusFilter();
	return (
		<PlanCanvas
			key={instance.runId}
			run={instance.runId}
			hash={state.definition.hash}
			graph={state.definition.graph}
			views={views}
			plan={null}
			version={instance.version}
			isOver={isTerminal(instance.status)}
			filter={filter}
			selectedKey={selectedKey}
			onSelect={onSelect}
		/>
	);
}
