/**
 * The state of one instance, and the pure decisions about it. Backends read rows, ask here, and write what they
 * are told; the guard of every decision is also in the statement that writes.
 *
 *   pending ──grant──► in_progress ◄──► waiting | awaiting_signal        (statusOfOpen)
 *      any live ──pause──► [pausing ──drained──►] paused ──unpause──► as its open nodes say
 *      any live ──cancel─► [cancelling ──drained──►] cancelled
 *      in_progress … ──settle──► completed | failed;   failed ──retry──► in_progress
 *
 *   transition            function                 guard
 *   pause                 decidePause              live, not cancelling
 *   unpause               decideUnpause            live, not cancelling
 *   cancel                decideCancel             live
 *   drained               decideDrained            control is pausing or cancelling, nothing in flight
 *   retry                 decideRetry              failed
 *   retry of a node now   decideRetryNow           live, not paused, `control` is `none`, the node in backoff
 *   (audit)               decideReveal             none: nothing moves
 *
 * Invariants: `control` is `none` in every terminal status and in `paused`; a terminal status changes only by retry,
 * and only from `failed`; no lease is granted unless the status is live, not paused, and `control` is `none`.
 */
export const INSTANCE_STATUSES = [
	"pending",
	"in_progress",
	"waiting",
	"awaiting_signal",
	"paused",
	"completed",
	"failed",
	"cancelled",
] as const;
export type InstanceStatus = (typeof INSTANCE_STATUSES)[number];
export type TerminalStatus = "completed" | "failed" | "cancelled";

/** A request that waits for tasks in flight. */
export type InstanceControl = "none" | "pausing" | "cancelling";

/** State of one open node. `failed` and `cancelled` are kept only under a failed instance, for its retry. */
export const OPEN_STATES = [
	"ready",
	"running",
	"retrying",
	"waiting",
	"awaiting_signal",
	"joining",
	"failed",
	"cancelled",
] as const;
export type OpenState = (typeof OPEN_STATES)[number];

export interface ControlState {
	readonly status: InstanceStatus;
	readonly control: InstanceControl;
}

export type ControlDecision =
	/** Apply it: the state to write, and whether that changes anything. */
	| { readonly kind: "apply"; readonly next: ControlState; readonly changed: boolean }
	/** Apply it, and work the status out from the open nodes (statusOfOpen). */
	| { readonly kind: "reopen"; readonly changed: boolean }
	/** Make the node due now; nothing else of the instance changes. */
	| { readonly kind: "hasten"; readonly changed: true }
	/** Nothing is to be written but that it was asked. */
	| { readonly kind: "audit"; readonly changed: true }
	| { readonly kind: "finished" }
	| { readonly kind: "conflict"; readonly because: string };

export function isTerminal(status: InstanceStatus): status is TerminalStatus {
	return status === "completed" || status === "failed" || status === "cancelled";
}

/** Whether leases may be granted. */
export function mayGrant(state: ControlState): boolean {
	return !isTerminal(state.status) && state.status !== "paused" && state.control === "none";
}

/** Status of a live, uncontrolled instance whose open nodes are in these states. */
export function statusOfOpen(states: Iterable<OpenState>): "in_progress" | "awaiting_signal" | "waiting" {
	let awaiting = false;
	let waiting = false;
	for (const state of states) {
		if (state === "ready" || state === "running") return "in_progress";
		if (state === "awaiting_signal") awaiting = true;
		if (state === "waiting" || state === "retrying") waiting = true;
	}
	if (awaiting) return "awaiting_signal";
	return waiting ? "waiting" : "in_progress";
}

/** Status of any live, uncontrolled instance: `pending` until its first lease, where a started one is `in_progress`. */
export function liveStatus(
	states: Iterable<OpenState>,
	startedAt: number | null,
): "pending" | "in_progress" | "awaiting_signal" | "waiting" {
	const status = statusOfOpen(states);
	return status === "in_progress" && startedAt === null ? "pending" : status;
}

export function decidePause(state: ControlState, inFlight: number): ControlDecision {
	if (isTerminal(state.status)) return { kind: "finished" };
	if (state.control === "cancelling") return { kind: "conflict", because: "it is being cancelled" };
	if (state.status === "paused" || state.control === "pausing") {
		return { kind: "apply", next: state, changed: false };
	}
	const next: ControlState =
		inFlight > 0 ? { status: state.status, control: "pausing" } : { status: "paused", control: "none" };
	return { kind: "apply", next, changed: true };
}

export function decideUnpause(state: ControlState): ControlDecision {
	if (isTerminal(state.status)) return { kind: "finished" };
	if (state.control === "cancelling") return { kind: "conflict", because: "it is being cancelled" };
	if (state.control === "pausing") {
		return { kind: "apply", next: { status: state.status, control: "none" }, changed: true };
	}
	if (state.status === "paused") return { kind: "reopen", changed: true };
	return { kind: "apply", next: state, changed: false };
}

export function decideCancel(state: ControlState, inFlight: number): ControlDecision {
	if (state.status === "cancelled") return { kind: "apply", next: state, changed: false };
	if (isTerminal(state.status)) return { kind: "finished" };
	if (state.control === "cancelling") return { kind: "apply", next: state, changed: false };
	const next: ControlState =
		inFlight > 0 ? { status: state.status, control: "cancelling" } : { status: "cancelled", control: "none" };
	return { kind: "apply", next, changed: true };
}

/** What a pending request becomes when nothing is in flight any more. */
export function decideDrained(state: ControlState): ControlState {
	switch (state.control) {
		case "none":
			return state;
		case "pausing":
			return { status: "paused", control: "none" };
		case "cancelling":
			return { status: "cancelled", control: "none" };
	}
}

export function decideRetry(state: ControlState): ControlDecision {
	if (state.status === "failed") return { kind: "reopen", changed: true };
	if (isTerminal(state.status)) return { kind: "finished" };
	return { kind: "conflict", because: "it has not failed" };
}

/** Why a node in that state has no backoff that could be cut short. `failed` and `cancelled` ones are those of an ended instance. */
const NOT_IN_BACKOFF: Readonly<Record<Exclude<OpenState, "retrying">, string>> = {
	ready: "that node is ready already",
	running: "that node is running",
	waiting: "that node waits for its time, not for a retry",
	awaiting_signal: "that node waits for a signal, not for a retry",
	joining: "that node waits for its branches, not for a retry",
	failed: "that node has failed",
	cancelled: "that node was cancelled",
};

/** Whether the wait of one open node for its next attempt may end now; null: nothing is open at that path. */
export function decideRetryNow(
	state: ControlState,
	node: { readonly state: OpenState; readonly dueAt: number | null } | null,
	now: number,
): ControlDecision {
	if (isTerminal(state.status)) return { kind: "finished" };
	if (state.control === "cancelling") return { kind: "conflict", because: "it is being cancelled" };
	if (state.control === "pausing") return { kind: "conflict", because: "it is being paused" };
	if (state.status === "paused") return { kind: "conflict", because: "it is paused" };
	if (node === null) return { kind: "conflict", because: "no such node is open" };
	if (node.state !== "retrying") return { kind: "conflict", because: NOT_IN_BACKOFF[node.state] };
	if (node.dueAt !== null && node.dueAt > now) return { kind: "hasten", changed: true };
	return { kind: "apply", next: state, changed: false };
}

/** Seeing what is hidden moves nothing, and is allowed whatever the instance is. */
export function decideReveal(): ControlDecision {
	return { kind: "audit", changed: true };
}
