"use client";

import dynamic from "next/dynamic";
import type { InstanceGraphProps } from "./canvas.tsx";

const Canvas = dynamic(() => import("./canvas.tsx"), {
	ssr: false,
	loading: () => (
		<div role="status" className="grid h-full place-items-center text-sm text-ink-muted">
			Drawing the graph…
		</div>
	),
});

/** The continuation graph with the live path on it. Fills its parent, which must have a height. */
export function InstanceGraph(props: InstanceGraphProps) {
	return <Canvas {...props} />;
}
