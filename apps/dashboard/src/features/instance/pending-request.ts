import type { ControlRequestRecord, OpenNodeRecord, WorkflowSnapshot } from "@waymark/engine/backend";
import { definitionPath, indexGraph, type WorkflowGraph } from "@waymark/engine/graph";

/** A task that a pending request waits for. Times in ms since the epoch. */
export interface Awaited {
	readonly path: string;
	/** Definition path. */
	readonly key: string;
	readonly since: number | null;
	readonly worker: string;
	/** When its timeout ends it at the latest; null: it has none. */
	readonly timesOutAt: number | null;
}

export type ShownRequest =
	| {
			readonly kind: "pausing" | "cancelling";
			readonly request: ControlRequestRecord | null;
			readonly awaited: readonly Awaited[];
			/** From then on the wait is longer than anybody promised. */
			readonly overdueAt: number;
	  }
	| { readonly kind: "paused" | "cancelled"; readonly request: ControlRequestRecord | null };

const PATIENCE_MS = 60_000;

/** The request that the page must explain now; null: none. */
export function shownRequest(snapshot: WorkflowSnapshot, graph: WorkflowGraph): ShownRequest | null {
	const { instance, controlRequests, openNodes } = snapshot;
	const last = (kind: "pause" | "cancel") =>
		controlRequests.findLast((request) => request.kind === kind && request.result === "applied") ?? null;
	if (instance.control !== "none") {
		const request = last(instance.control === "pausing" ? "pause" : "cancel");
		const awaited = openNodes.flatMap((node) => awaitedOf(node, graph));
		const since = request?.requestedAt ?? instance.updatedAt;
		const ends = awaited.map((task) => task.timesOutAt ?? since + PATIENCE_MS);
		return { kind: instance.control, request, awaited, overdueAt: Math.max(since + PATIENCE_MS, ...ends) };
	}
	if (instance.status === "paused") return { kind: "paused", request: last("pause") };
	if (instance.status === "cancelled") return { kind: "cancelled", request: last("cancel") };
	return null;
}

/** The tasks that run now. */
export function runningTasks(snapshot: WorkflowSnapshot, graph: WorkflowGraph): readonly Awaited[] {
	return snapshot.openNodes.flatMap((node) => awaitedOf(node, graph));
}

function awaitedOf(node: OpenNodeRecord, graph: WorkflowGraph): readonly Awaited[] {
	if (node.owner === null) return [];
	const timeoutMs = timeoutOf(node.path, graph);
	const timesOutAt = timeoutMs === null || node.grantedAt === null ? null : node.grantedAt + timeoutMs;
	const key = definitionPath(node.path);
	return [{ path: node.path, key, since: node.grantedAt, worker: node.owner, timesOutAt }];
}

function timeoutOf(path: string, graph: WorkflowGraph): number | null {
	const entry = indexGraph(graph).get(definitionPath(path));
	if (entry === undefined) return null;
	if (entry.role === "join") return entry.node.kind === "fork" ? entry.node.join.policy.timeoutMs : null;
	return entry.node.kind === "task" || entry.node.kind === "route" ? entry.node.policy.timeoutMs : null;
}
