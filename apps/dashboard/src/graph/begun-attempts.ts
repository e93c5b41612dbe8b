import type { NodeView } from "@waymark/engine/graph";

/** How many attempts of a node have begun. While it waits for its next one, that one has not. */
export function begunAttempts({ state, attempt }: Pick<NodeView, "state" | "attempt">): number {
	return state === "retrying" ? Math.max(attempt - 1, 0) : attempt;
}
