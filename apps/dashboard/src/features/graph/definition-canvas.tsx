"use client";

import type { WorkflowGraph } from "@waymark/engine/graph";
import { useMemo, useState } from "react";
import { planViews } from "../../graph/plan-views.ts";
import type { HeatMap } from "./heat.ts";
import { PlanCanvas } from "./plan-canvas.tsx";
import type { StatusFilter } from "./status-filter.ts";

const NO_FILTER: StatusFilter = { looks: [], toggle: () => undefined, clear: () => undefined };

const NONE_BEGUN = () => [];

export interface DefinitionGraphProps {
	readonly graph: WorkflowGraph;
	/** The definition's hash: what the reader folds is kept under it. */
	readonly hash: string;
	/** What many runs say of its nodes, by definition path. */
	readonly heat?: HeatMap | null;
	/** Definition path of the selected node; kept inside if it is not given. */
	readonly selectedKey?: string | null;
	readonly onSelect?: (key: string | null) => void;
}

export default function DefinitionCanvas({ graph, hash, heat = null, selectedKey, onSelect }: DefinitionGraphProps) {
	const [own, setOwn] = useState<string | null>(null);
	const views = useMemo(() => planViews(graph), [graph]);
	const plan = useMemo(() => ({ graph, heat }), [graph, heat]);
	return (
		<PlanCanvas
			key={hash}
			run={`definition ${hash}`}
			hash={hash}
			graph={graph}
			views={views}
			plan={plan}
			readIterations={NONE_BEGUN}
			version={0}
			isOver
			filter={NO_FILTER}
			selectedKey={selectedKey === undefined ? own : selectedKey}
			onSelect={onSelect ?? setOwn}
		/>
	);
}
