"use client";

import { isTerminal, type NodeView } from "@waymark/engine/graph";
import { useCallback, useRef } from "react";
import { iterationStates } from "../../graph/iteration-states.ts";
import type { InstanceState } from "../../server/wire.ts";
import { PlanCanvas } from "./plan-canvas.tsx";
import { useStatusFilter } from "./status-filter.ts";
import { useNodeViews } from "./use-node-views.ts";

export interface InstanceGraphProps {
	readonly state: InstanceState;
	/** Definition path of the selected node. */
	readonly selectedKey: string | null;
	readonly onSelect: (key: string | null) => void;
}

/** The graph of one run. Another run is another canvas: nothing of the one before shows for a moment. */
export default function Canvas({ state, selectedKey, onSelect }: InstanceGraphProps) {
	const { instance } = state.snapshot;
	const views = useNodeViews(state);
	const filter = useStatusFilter();
	const latest = useRef(state.snapshot);
	latest.current = state.snapshot;
	const readIterations = useCallback(
		({ path, iterations }: NodeView) => iterationStates(latest.current, path, iterations?.begun ?? 0),
		[],
	);
	return (
		<PlanCanvas
			key={instance.runId}
			run={instance.runId}
			hash={state.definition.hash}
			graph={state.definition.graph}
			views={views}
			plan={null}
			readIterations={readIterations}
			version={instance.version}
			isOver={isTerminal(instance.status)}
			filter={filter}
			selectedKey={selectedKey}
			onSelect={onSelect}
		/>
	);
}
