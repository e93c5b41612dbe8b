"use client";

import { Route } from "lucide-react";
import { useSyncExternalStore } from "react";
import { Tooltip } from "../../components/tooltip.tsx";
import { onPathTarget, pathTarget, togglePath } from "../../graph/path-choice.ts";

/** Shows in the graph only what leads to this node. */
export function PathButton({ runId, nodeKey }: { readonly runId: string; readonly nodeKey: string }) {
	const read = () => pathTarget(runId) === nodeKey;
	const isShown = useSyncExternalStore(onPathTarget, read, () => false);
	return (
		<Tooltip content="Path to here  P">
			<button
				type="button"
				aria-label="Path to here"
				aria-pressed={isShown}
				onClick={() => togglePath(runId, nodeKey)}
				className="grid size-7 shrink-0 place-items-center rounded-control text-ink-muted hover:bg-hover hover:text-ink aria-pressed:bg-pressed aria-pressed:text-ink"
			>
				<Route aria-hidden size={15} />
			</button>
		</Tooltip>
	);
}
