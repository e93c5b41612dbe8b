import type { ControlRequestRecord, InstanceRecord, WorkflowSnapshot } from "@waymark/engine/backend";
import type { RequestEffect } from "../server/wire.ts";

/** What of an instance tells what became of its requests. */
type Known = Pick<WorkflowSnapshot, "instance" | "controlRequests" | "checkpoints" | "attempts">;

/** What the request's own row tells; null: it had to wait for running tasks, and what came after it tells. */
export function effectInRow({ result, after, requestedAt }: ControlRequestRecord): RequestEffect | null {
	if (result !== "applied") return { kind: "none" };
	return after === "pausing" || after === "cancelling" ? null : { kind: "at_once", at: requestedAt };
}

/** A request that had to wait for running tasks takes effect later than it was accepted, or never. */
export function effectOf(request: ControlRequestRecord, known: Known): RequestEffect {
	const told = effectInRow(request);
	if (told !== null) return told;
	return request.after === "cancelling" ? cancelEffect(known.instance) : pauseEffect(request, known);
}

/** The same of a cancel, for which the instance alone tells. */
export function cancelEffect(instance: InstanceRecord): RequestEffect {
	if (instance.control === "cancelling") return { kind: "not_yet" };
	if (instance.status === "cancelled") return { kind: "later", at: instance.endedAt };
	if (instance.status === "completed" || instance.status === "failed") {
		return { kind: "overtaken", by: instance.status };
	}
	return { kind: "later", at: null };
}

function pauseEffect(request: ControlRequestRecord, snapshot: Known): RequestEffect {
	const { instance, controlRequests } = snapshot;
	const next = controlRequests
		.filter(({ kind, version, result }) => version > request.version && result === "applied" && kind !== "reveal")
		.reduce<ControlRequestRecord | null>((a, b) => (a === null || b.version < a.version ? b : a), null);
	if (next !== null) {
		if (next.before === "paused") return { kind: "later", at: lastEnd(snapshot, request.version, next.version) };
		return { kind: "overtaken", by: next.kind === "cancel" ? "cancelled" : "unpause" };
	}
	if (instance.control === "pausing") return { kind: "not_yet" };
	if (instance.status === "paused") {
		return { kind: "later", at: lastEnd(snapshot, request.version, Number.POSITIVE_INFINITY) };
	}
	if (instance.status === "completed" || instance.status === "failed") {
		return { kind: "overtaken", by: instance.status };
	}
	return { kind: "later", at: null };
}

/** Pausing ends with the last task that was in flight. */
function lastEnd({ checkpoints, attempts }: Known, after: number, before: number): number | null {
	const ends = [...checkpoints, ...attempts]
		.filter(({ version }) => version > after && version < before)
		.map(({ finishedAt }) => finishedAt);
	return ends.length === 0 ? null : Math.max(...ends);
}
