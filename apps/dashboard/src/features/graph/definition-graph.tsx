"use client";

import dynamic from "next/dynamic";
import type { DefinitionGraphProps } from "./definition-canvas.tsx";

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
