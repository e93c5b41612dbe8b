import type { WorkflowSnapshot } from "@waymark/engine/backend";
import type { NodeState } from "@waymark/engine/graph";
import { strongest } from "./group-summary.ts";

/** How one iteration of a loop stands. */
export interface IterationState {
	readonly iteration: number;
	readonly state: NodeState;
	/** Attempts in it that did not succeed. */
	readonly failures: number;
}

/** All iterations begun of the loop at that path (in the run), oldest first. */
export function iterationStates(
	snapshot: WorkflowSnapshot,
	loopPath: string,
	begun: number,
): readonly IterationState[] {
	const start = `${loopPath}[`;
	const iterationOf = (path: string) => (path.startsWith(start) ? Number.parseInt(path.slice(start.length), 10) : -1);
	const failures = new Array<number>(begun).fill(0);
	const states = new Array<NodeState>(begun).fill("completed");
	for (const { path, outcome } of snapshot.attempts) {
		const at = iterationOf(path);
		if (at >= 0 && at < begun && outcome !== "cancelled") failures[at] = (failures[at] ?? 0) + 1;
	}
	const isOver = snapshot.checkpoints.some(({ path }) => path === loopPath);
	if (!isOver && begun > 0) states[begun - 1] = snapshot.instance.status === "cancelled" ? "cancelled" : "pending";
	const seen = new Set<number>();
	for (const { path, state } of snapshot.openNodes) {
		const at = iterationOf(path);
		if (at < 0 || at >= begun || state === "joining") continue;
		states[at] = seen.has(at) ? strongest(states[at] ?? "pending", state) : state;
		seen.add(at);
	}
	return states.map((state, iteration) => ({ iteration, state, failures: failures[iteration] ?? 0 }));
}
