"use client";

import type { WorkflowGraph } from "@waymark/engine/graph";
import dynamic from "next/dynamic";
import type { HeatMap } from "./heat.ts";

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

const Canvas = dynamic(() => import("./definition-canvas.tsx"), {
	ssr: false,
	loading: () => (
		<div role="status" className="grid h-full place-items-center text-sm text-ink-muted">
			Drawing the graph…
		</div>
	),
});

/**
 * A definition without an instance, to read; with the heat of its runs where that is given. Fills its parent, which
 * must have a height.
 * @public
 */
export function DefinitionGraph(props: DefinitionGraphProps) {
	return <Canvas {...props} />;
}
