"use client";

import dynamic from "next/dynamic";
import type { InstanceState } from "../../server/wire.ts";

export interface InstanceGraphProps {
	readonly state: InstanceState;
	/** Definition path of the selected node. */
	readonly selectedKey: string | null;
	readonly onSelect: (key: string | null) => void;
}

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
