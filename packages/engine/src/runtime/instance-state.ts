import type { InstanceRecord, RecordedError, WorkflowSnapshot } from "../backend/rows.ts";
import { statusOfOpen } from "../core/instance/status.ts";

/** A node that waits, and for what. Times in ms since the Unix epoch. */
export interface WaitingNode {
	readonly path: string;
	/** `delay`: it wakes at `wakeAt`; `backoff`: the next attempt is due then; `signal`: it times out then, or never (null). */
	readonly for: "delay" | "backoff" | "signal";
	readonly wakeAt: number | null;
	/** Name of the awaited signal; null for the others. */
	readonly signal: string | null;
}

/** How an instance stands, as a value: parked, paused and cancelled are states, never exceptions. */
export type InstanceState<Output = unknown> =
	| { readonly status: "pending" | "in_progress"; readonly running: readonly string[] }
	| { readonly status: "waiting"; readonly wakeAt: number | null; readonly waits: readonly WaitingNode[] }
	| {
			readonly status: "awaiting_signal";
			readonly signals: readonly string[];
			readonly wakeAt: number | null;
			readonly waits: readonly WaitingNode[];
	  }
	| { readonly status: "paused"; readonly by: string; readonly reason: string | null }
	| { readonly status: "completed"; readonly output: Output }
	| { readonly status: "failed"; readonly error: RecordedError; readonly failedPath: string | null }
	| { readonly status: "cancelled"; readonly by: string; readonly reason: string | null };

const NOBODY = { by: "unknown", reason: null };

/** The state in a snapshot; `output` is the decoded output of a completed one. */
export function stateOf<Output>(snapshot: WorkflowSnapshot, output: Output | undefined): InstanceState<Output> {
	const { instance, openNodes } = snapshot;
	switch (instance.status) {
		case "completed":
			return { status: "completed", output: output as Output };
		case "failed":
			return failedState(instance);
		case "cancelled":
			return { status: "cancelled", ...requestOf(snapshot, "cancel") };
		case "paused":
			return { status: "paused", ...requestOf(snapshot, "pause") };
		case "pending":
		case "in_progress":
		case "waiting":
		case "awaiting_signal":
			break;
	}
	const waits = openNodes.flatMap((node): WaitingNode[] => {
		if (node.owner !== null) return [];
		const { path, dueAt: wakeAt, signal } = node;
		if (node.state === "waiting") return [{ path, for: "delay", wakeAt, signal: null }];
		if (node.state === "retrying") return [{ path, for: "backoff", wakeAt, signal: null }];
		return node.state === "awaiting_signal" ? [{ path, for: "signal", wakeAt, signal }] : [];
	});
	const status = instance.status === "pending" ? "pending" : statusOfOpen(openNodes.map((node) => node.state));
	if (status === "waiting") return { status, wakeAt: earliest(waits), waits };
	if (status === "awaiting_signal") {
		const signals = waits.flatMap(({ signal }) => (signal === null ? [] : [signal]));
		return { status, signals, wakeAt: earliest(waits), waits };
	}
	return { status, running: openNodes.filter((node) => node.state === "running").map((node) => node.path) };
}

export function failedState(instance: InstanceRecord): Extract<InstanceState, { status: "failed" }> {
	return { status: "failed", error: instance.error ?? unknownError(instance), failedPath: instance.failedPath };
}

function earliest(waits: readonly WaitingNode[]): number | null {
	const times = waits.flatMap(({ wakeAt }) => (wakeAt === null ? [] : [wakeAt]));
	return times.length === 0 ? null : Math.min(...times);
}

function requestOf(snapshot: WorkflowSnapshot, kind: "cancel" | "pause"): { by: string; reason: string | null } {
	const last = snapshot.controlRequests.findLast((request) => request.kind === kind && request.result === "applied");
	return last === undefined ? NOBODY : { by: last.by, reason: last.reason };
}

function unknownError(instance: InstanceRecord): RecordedError {
	return {
		name: "Error",
		message: `${instance.instanceId} failed without a recorded error`,
		code: null,
		stack: null,
		cause: null,
	};
}
