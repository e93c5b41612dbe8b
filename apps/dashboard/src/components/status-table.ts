import type { InstanceStatus, NodeState } from "@waymark/engine/graph";
import { visibleText } from "./visible-text.ts";

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
/** `unknown`: a state of an engine that is newer than this dashboard. It is called what that engine calls it. */
export type StatusLook = (typeof STATUS_LOOKS)[number] | "unknown";
/** With the one that should not occur: where looks are drawn, not where they are chosen. */
export const DRAWN_LOOKS: readonly StatusLook[] = [...STATUS_LOOKS, "unknown"];

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
	unknown: "Unknown",
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
	return known(NODE_STATUS, state);
}

export function instanceStatus(status: InstanceStatus): StatusEntry {
	return known(INSTANCE_STATUS, status);
}

/** Rows come from whatever engine wrote them, which may have more states than we know. */
function known<State extends string>(table: Readonly<Record<State, StatusEntry>>, state: State): StatusEntry {
	return Object.hasOwn(table, state) ? table[state] : { look: "unknown", word: foreignWord(state) };
}

const LONGEST_WORD = 32;

/** `on_hold` is written "On hold". */
function foreignWord(state: string): string {
	const [first = "", ...rest] = visibleText(state.replaceAll("_", " ")).trim();
	const word = [first.toUpperCase(), ...rest];
	const cut = word.length > LONGEST_WORD ? [...word.slice(0, LONGEST_WORD - 1), "…"] : word;
	return cut.join("") || LOOK_WORDS.unknown;
}
