import type { ControlRequestRecord, WorkflowSnapshot } from "@waymark/engine/backend";

/** What became of a request, as far as the records tell. Times in ms since the epoch. */
export type Effect =
	| { readonly kind: "none" }
	/** In the request's own commit. */
	| { readonly kind: "at_once"; readonly at: number }
	/** Once the last task in flight had ended; null: the records do not tell when. */
	| { readonly kind: "later"; readonly at: number | null }
	| { readonly kind: "not_yet" }
	/** The instance completed or failed, or the request was taken back, before it took effect. */
	| { readonly kind: "overtaken"; readonly by: "completed" | "failed" | "cancelled" | "unpause" };

/** A request that had to wait for running tasks takes effect later than it was accepted, or never. */
export function effectOf(request: ControlRequestRecord, snapshot: WorkflowSnapshot): Effect {
	if (request.result !== "applied") return { kind: "none" };
	switch (request.after) {
		case "pausing":
			return pauseEffect(request, snapshot);
		case "cancelling":
			return cancelEffect(snapshot);
		case "pending":
		case "in_progress":
		case "waiting":
		case "awaiting_signal":
		case "paused":
		case "completed":
		case "failed":
		case "cancelled":
			return { kind: "at_once", at: request.requestedAt };
	}
}

function cancelEffect({ instance }: WorkflowSnapshot): Effect {
	if (instance.control === "cancelling") return { kind: "not_yet" };
	if (instance.status === "cancelled") return { kind: "later", at: instance.endedAt };
	if (instance.status === "completed" || instance.status === "failed") {
		return { kind: "overtaken", by: instance.status };
	}
	return { kind: "later", at: null };
}

function pauseEffect(request: ControlRequestRecord, snapshot: WorkflowSnapshot): Effect {
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
function lastEnd({ checkpoints, attempts }: WorkflowSnapshot, after: number, before: number): number | null {
	const ends = [...checkpoints, ...attempts]
		.filter(({ version }) => version > after && version < before)
		.map(({ finishedAt }) => finishedAt);
	return ends.length === 0 ? null : Math.max(...ends);
}
