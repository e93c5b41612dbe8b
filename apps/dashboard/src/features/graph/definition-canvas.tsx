"use client";

import { useMemo, useState } from "react";
import { planViews } from "../../graph/plan-views.ts";
import type { DefinitionGraphProps } from "./definition-graph.tsx";
import { PlanCanvas } from "./plan-canvas.tsx";
import type { StatusFilter } from "./status-filter.ts";

const NO_FILTER: StatusFilter = { looks: [], toggle: () => undefined, clear: () => undefined };

const NONE_BEGUN = () => [];

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
