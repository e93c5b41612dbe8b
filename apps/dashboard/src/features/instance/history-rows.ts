import type { AttemptOutcome, ControlRequestRecord, WorkflowSnapshot } from "@waymark/engine/backend";
import { formatBytes } from "../../time/format.ts";
import { type StoryWhat, storyOf } from "./instance-story.ts";

/** One thing that happened. Times in ms since the epoch. */
export interface HistoryRow {
	readonly id: string;
	readonly at: number;
	readonly what: "completed" | AttemptOutcome | "signal" | "retry_now" | StoryWhat;
	/** Null: it happened to the instance, and to no node in particular. */
	readonly path: string | null;
	/** Path of the node that the row leads to; null: none. */
	readonly opens: string | null;
	readonly attempt: number | null;
	readonly tookMs: number | null;
	readonly worker: string | null;
	readonly detail: string | null;
}

/** What somebody asked for, and did, of one node. */
function asked({ controlRequests }: WorkflowSnapshot): readonly ControlRequestRecord[] {
	return controlRequests.filter(({ kind, result }) => kind === "retryNow" && result === "applied");
}

export function historyLength(snapshot: WorkflowSnapshot): number {
	const { checkpoints, attempts, signals } = snapshot;
	return checkpoints.length + attempts.length + signals.length + asked(snapshot).length + storyOf(snapshot).length;
}

/** The story of the instance, checkpoints, attempts that did not succeed, waits that were cut short and signals, newest first. */
export function historyRows(snapshot: WorkflowSnapshot): readonly HistoryRow[] {
	const { checkpoints, attempts, signals } = snapshot;
	const rows: HistoryRow[] = [];
	for (const { path, finishedAt, startedAt, attempt, worker, size } of checkpoints) {
		rows.push({
			id: `checkpoint ${path}`,
			at: finishedAt,
			what: "completed",
			path,
			opens: path,
			attempt,
			tookMs: finishedAt - startedAt,
			worker,
			detail: size === null ? null : `${formatBytes(size)} recorded`,
		});
	}
	for (const { path, epoch, finishedAt, startedAt, attempt, worker, outcome, error } of attempts) {
		rows.push({
			id: `attempt ${epoch} ${path}`,
			at: finishedAt,
			what: outcome,
			path,
			opens: path,
			attempt,
			tookMs: finishedAt - startedAt,
			worker,
			detail: error === null ? null : `${error.name}: ${error.message}`,
		});
	}
	for (const { signalId, name, by, receivedAt, consumedBy, reservedFor } of signals) {
		const wait = consumedBy ?? reservedFor;
		rows.push({
			id: `signal ${signalId}`,
			at: receivedAt,
			what: "signal",
			path: name,
			opens: wait,
			attempt: null,
			tookMs: null,
			worker: null,
			detail: consumedBy !== null ? `from ${by}, taken by ${consumedBy}` : `from ${by}, not yet taken`,
		});
	}
	for (const { requestId, path, by, reason, requestedAt } of asked(snapshot)) {
		if (path === null) continue;
		rows.push({
			id: `request ${requestId}`,
			at: requestedAt,
			what: "retry_now",
			path,
			opens: path,
			attempt: null,
			tookMs: null,
			worker: null,
			detail: `by ${by}${reason === null ? "" : `: ${reason}`}`,
		});
	}
	for (const { id, at, what, node, detail } of storyOf(snapshot)) {
		rows.push({ id, at, what, path: node, opens: node, attempt: null, tookMs: null, worker: null, detail });
	}
	return rows.sort((a, b) => b.at - a.at || order(b) - order(a) || (a.id < b.id ? 1 : -1));
}

/** Of what has one moment: nothing comes before the beginning, and nothing after an end. */
function order({ what }: HistoryRow): number {
	if (what === "begun") return 0;
	return what === "done" || what === "stopped" || what === "broken" || what === "paused" ? 2 : 1;
}
