import type { NodeView } from "@waymark/engine/graph";

/** A view with everything unremarkable but what is given. */
export function sampleView(given: Partial<NodeView> & Pick<NodeView, "key">): NodeView {
	return {
		path: given.key,
		kind: "task",
		state: "pending",
		attempt: 0,
		maxAttempts: 1,
		dueAt: null,
		startedAt: null,
		finishedAt: null,
		worker: null,
		signal: null,
		error: null,
		chosen: null,
		branches: null,
		iterations: null,
		...given,
	};
}

export function viewsOf(...views: readonly NodeView[]): ReadonlyMap<string, NodeView> {
	return new Map(views.map((view) => [view.key, view]));
}
