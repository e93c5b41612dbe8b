import type { NodeView } from "@waymark/engine/graph";
import { showsInside, WORKER_SILENT } from "./interesting.ts";

/** The same views, with that state where a worker fell silent, and at what is around it where nothing else runs. */
export function withLostNodes(
	views: ReadonlyMap<string, NodeView>,
	silent: { has(workerId: string): boolean; readonly size: number },
): ReadonlyMap<string, NodeView> {
	if (silent.size === 0) return views;
	const lost = new Set<string>();
	const living = new Set<string>();
	for (const view of views.values()) {
		if (view.state !== "running" || showsInside(view)) continue;
		const found = view.worker !== null && silent.has(view.worker) ? lost : living;
		for (let end = view.key.length; end > 0; end = view.key.lastIndexOf("/", end - 1)) {
			found.add(view.key.slice(0, end));
		}
	}
	if (lost.size === 0) return views;
	return new Map(
		[...views].map(([key, view]) =>
			view.state === "running" && lost.has(key) && !living.has(key)
				? [key, { ...view, state: WORKER_SILENT }]
				: [key, view],
		),
	);
}
