import type { AttemptRecord, ControlRequestRecord, WorkflowSnapshot } from "@waymark/engine/backend";
import { isTerminal, keyPath, type NodeView } from "@waymark/engine/graph";
import { showsInside } from "../../graph/interesting.ts";

/** What goes wrong in an instance that goes on all the same. Null and empty: nothing that a person could do something about. */
export interface Trouble {
	/** The one whose next attempt comes first, of those that wait long enough to be read of. */
	readonly retrying: NodeView | null;
	readonly retryingCount: number;
	/** The first that failed for good. */
	readonly failed: NodeView | null;
	readonly failedCount: number;
}

/** A shorter wait is over before anybody has read of it, and a card that comes and goes moves what is below. */
const LONG_MS = 10_000;

export function troubleOf({ instance, attempts }: WorkflowSnapshot, views: ReadonlyMap<string, NodeView>): Trouble {
	const none: Trouble = { retrying: null, retryingCount: 0, failed: null, failedCount: 0 };
	if (isTerminal(instance.status)) return none;
	const waits = new Map<string, number>();
	for (const { path, nextAttemptAt, finishedAt } of attempts) {
		if (nextAttemptAt !== null) waits.set(path, nextAttemptAt - finishedAt);
	}
	const leaves = [...views.values()].filter((view) => !showsInside(view));
	const retrying = leaves
		.filter(({ state, path, kind }) => {
			return state === "retrying" && (waits.get(kind === "route" ? keyPath(path) : path) ?? 0) >= LONG_MS;
		})
		.sort((a, b) => (a.dueAt ?? 0) - (b.dueAt ?? 0));
	const failed = leaves.filter(({ state }) => state === "failed");
	return {
		retrying: retrying[0] ?? null,
		retryingCount: retrying.length,
		failed: failed[0] ?? null,
		failedCount: failed.length,
	};
}

/** The last request to retry the instance, while what it opened again is still open. */
export interface Retried {
	readonly request: ControlRequestRecord;
	/** The attempt that had failed it. */
	readonly failure: AttemptRecord;
}

export function retriedOf({ instance, controlRequests, attempts, openNodes }: WorkflowSnapshot): Retried | null {
	if (isTerminal(instance.status)) return null;
	const request = lastRetry(controlRequests);
	if (request === null) return null;
	const failure = attempts.findLast(
		({ version, nextAttemptAt, outcome }) =>
			version <= request.version && nextAttemptAt === null && outcome !== "cancelled",
	);
	if (failure === undefined || !openNodes.some(({ path }) => path === failure.path)) return null;
	return { request, failure };
}

/** How often a node was tried since the instance was last retried, in all, and how often the instance was. */
export interface AttemptCount {
	readonly recent: number;
	readonly all: number;
	readonly retries: number;
}

export function attemptCount({ attempts, controlRequests }: WorkflowSnapshot, path: string | null): AttemptCount {
	const since = lastRetry(controlRequests)?.version ?? 0;
	const all = attempts.filter((attempt) => attempt.path === path);
	const retries = controlRequests.filter(isRetry).length;
	return { recent: all.filter(({ version }) => version > since).length, all: all.length, retries };
}

/** "after 5 attempts (10 with 1 retry)"; null: none was made. */
export function attemptsWords({ recent, all, retries }: AttemptCount): string | null {
	if (all === 0) return null;
	const before = all > recent && retries > 0 ? ` (${all} with ${plural(retries, "retry", "retries")})` : "";
	return `after ${plural(recent === 0 ? all : recent, "attempt", "attempts")}${recent === 0 ? "" : before}`;
}

function lastRetry(requests: readonly ControlRequestRecord[]): ControlRequestRecord | null {
	return requests.findLast(isRetry) ?? null;
}

function isRetry({ kind, result }: ControlRequestRecord): boolean {
	return kind === "retry" && result === "applied";
}

function plural(count: number, one: string, many: string): string {
	return `${count} ${count === 1 ? one : many}`;
}
