import type { InstanceStatus, NodeState } from "@waymark/engine/graph";

/** The ten looks: each has an icon, a word, a pattern and three colours (`--status-<look>-text|soft|solid`). */
export const STATUS_LOOKS = [
	"failed",
	"retrying",
	"running",
	"awaiting-signal",
	"waiting",
	"paused",
	"pending",
	"completed",
	"cancelled",
	"skipped",
] as const;
export type StatusLook = (typeof STATUS_LOOKS)[number];

export interface StatusEntry {
	readonly look: StatusLook;
	readonly word: string;
}

/** What a legend says of each look, in the order used everywhere. */
export const LOOK_WORDS: Readonly<Record<StatusLook, string>> = {
	failed: "Failed",
	retrying: "Retrying",
	running: "Running",
	"awaiting-signal": "Awaiting signal",
	waiting: "Waiting",
	paused: "Paused",
	pending: "Pending",
	completed: "Completed",
	cancelled: "Cancelled",
	skipped: "Skipped",
};

const NODE_STATUS: Readonly<Record<NodeState, StatusEntry>> = {
	pending: { look: "pending", word: "Pending" },
	ready: { look: "pending", word: "Ready" },
	running: { look: "running", word: "Running" },
	retrying: { look: "retrying", word: "Retrying" },
	waiting: { look: "waiting", word: "Waiting" },
	awaiting_signal: { look: "awaiting-signal", word: "Awaiting signal" },
	completed: { look: "completed", word: "Completed" },
	failed: { look: "failed", word: "Failed" },
	cancelled: { look: "cancelled", word: "Cancelled" },
	skipped: { look: "skipped", word: "Skipped" },
};

const INSTANCE_STATUS: Readonly<Record<InstanceStatus, StatusEntry>> = {
	pending: { look: "pending", word: "Pending" },
	in_progress: { look: "running", word: "Running" },
	waiting: { look: "waiting", word: "Waiting" },
	awaiting_signal: { look: "awaiting-signal", word: "Awaiting signal" },
	paused: { look: "paused", word: "Paused" },
	completed: { look: "completed", word: "Completed" },
	failed: { look: "failed", word: "Failed" },
	cancelled: { look: "cancelled", word: "Cancelled" },
};

/** Statuses as lists and filters show them. */
export const INSTANCE_STATUS_ORDER = [
	"failed",
	"in_progress",
	"awaiting_signal",
	"waiting",
	"paused",
	"pending",
	"completed",
	"cancelled",
] as const satisfies readonly InstanceStatus[];

export function nodeStatus(state: NodeState): StatusEntry {
	return NODE_STATUS[state];
}

export function instanceStatus(status: InstanceStatus): StatusEntry {
	return INSTANCE_STATUS[status];
}
