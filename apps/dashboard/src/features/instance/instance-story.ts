import type { AttemptRecord, ControlKind, ControlRequestRecord, WorkflowSnapshot } from "@waymark/engine/backend";
import { effectOf } from "../../audit/request-effect.ts";
import type { RequestEffect } from "../../server/wire.ts";

/** What happened to the instance as a whole. `paused`: a pause that had to wait for running tasks took effect. */
export type StoryWhat = "begun" | "pause" | "paused" | "unpause" | "cancel" | "retry" | "done" | "broken" | "stopped";

/** Times in ms since the epoch. */
export interface StoryEntry {
	readonly id: string;
	readonly at: number;
	readonly what: StoryWhat;
	/** Path of the node that it came from; null: of none. */
	readonly node: string | null;
	readonly detail: string | null;
}

/** What is asked of whole instances and moves them. Whatever else there is has rows of its own, or is in the audit alone. */
const MOVES: Readonly<Record<ControlKind, Extract<StoryWhat, ControlKind> | null>> = {
	pause: "pause",
	unpause: "unpause",
	cancel: "cancel",
	retry: "retry",
	retryNow: null,
	reveal: null,
};

/** How the instance began, what was asked of it and did something, and how it ended, also before it was retried. */
export function storyOf(snapshot: WorkflowSnapshot): readonly StoryEntry[] {
	return [...beginning(snapshot), ...snapshot.controlRequests.flatMap((one) => asked(one, snapshot)), ...end(snapshot)];
}

function beginning({ instance: { createdAt, generation } }: WorkflowSnapshot): readonly StoryEntry[] {
	const detail = generation > 1 ? `start ${generation} of this id` : null;
	return [{ id: "begun", at: createdAt, what: "begun", node: null, detail }];
}

function asked(request: ControlRequestRecord, snapshot: WorkflowSnapshot): readonly StoryEntry[] {
	const { requestId, kind, result, by, reason, requestedAt } = request;
	const what = MOVES[kind];
	if (what === null || result !== "applied") return [];
	const effect = effectOf(request, snapshot);
	const late = lateWords(effect);
	const detail = [`by ${by}${reason === null ? "" : `: ${reason}`}`, ...(late === null ? [] : [late])].join(" · ");
	const own: StoryEntry = { id: `request ${requestId}`, at: requestedAt, what, node: null, detail };
	if (what === "retry") return [...brokenBefore(request, snapshot), own];
	// When a cancel took effect is the end of the instance, which has a row of its own.
	if (what !== "pause" || effect.kind !== "later" || effect.at === null) return [own];
	const paused = { id: `paused ${requestId}`, at: effect.at, what: "paused", node: null } as const;
	return [own, { ...paused, detail: "the tasks that ran have ended" }];
}

function lateWords(effect: RequestEffect): string | null {
	switch (effect.kind) {
		case "not_yet":
			return "not in effect yet";
		case "overtaken":
			return effect.by === "unpause" ? "taken back before it took effect" : `it ${OVERTAKEN[effect.by]} before`;
		case "none":
		case "at_once":
		case "later":
			return null;
	}
}

const OVERTAKEN = { completed: "completed", failed: "failed", cancelled: "was cancelled" } as const;

/** The failure that a retry took back: the last attempt before it that did not succeed. */
function brokenBefore({ requestId, version }: ControlRequestRecord, { attempts }: WorkflowSnapshot) {
	let last: AttemptRecord | null = null;
	for (const attempt of attempts) {
		if (attempt.version >= version || attempt.outcome === "cancelled") continue;
		if (last === null || attempt.version > last.version) last = attempt;
	}
	return last === null ? [] : [broken(`broken ${requestId}`, last.finishedAt, last.path, last.error)];
}

function end({ instance }: WorkflowSnapshot): readonly StoryEntry[] {
	const { status, endedAt, failedPath, error } = instance;
	if (endedAt === null) return [];
	if (status === "failed") return [broken("ended", endedAt, failedPath, error)];
	const what = status === "completed" ? "done" : status === "cancelled" ? "stopped" : null;
	return what === null ? [] : [{ id: "ended", at: endedAt, what, node: null, detail: null }];
}

function broken(id: string, at: number, node: string | null, error: AttemptRecord["error"]): StoryEntry {
	return { id, at, what: "broken", node, detail: error === null ? null : `${error.name}: ${error.message}` };
}
