import {
	type InstanceFilter,
	type InstancePage,
	type InstanceQuery,
	type ListedInstance,
	MATCH_LIMIT,
	type MatchCount,
	type NodeActivity,
} from "../backend/list-query.ts";
import { checkPageLimit, cursorAt, parseCursor } from "../backend/page-limit.ts";
import type { OpenState } from "../core/instance/status.ts";
import { isTerminal } from "../core/instance/status.ts";
import { instanceOf } from "./handed-out.ts";
import type { MemoryState, Run } from "./state.ts";

/** One page of the instances that the filter lets through, newest first. */
export function listInstances(state: MemoryState, now: number, query: InstanceQuery): InstancePage {
	const { limit, towards = "older" } = query;
	checkPageLimit(limit);
	const from = query.cursor === null ? null : parseCursor(query.cursor);
	const place = from === null ? null : { createdAt: from.at, runId: from.id };
	const found = state.byCreation.filter(
		(run) => (place === null || isBeyond(run, place, towards)) && matches(run, query, now),
	);
	const page = towards === "older" ? found.slice(-limit).reverse() : found.slice(0, limit).reverse();
	const last = towards === "older" ? page.at(-1) : page[0];
	const more = found.length > limit && last !== undefined;
	return {
		now,
		instances: page.map(listed),
		nextCursor: more ? cursorAt(last.instance.createdAt, last.instance.runId) : null,
	};
}

export function countMatching(state: MemoryState, now: number, filter: InstanceFilter): MatchCount {
	const met = state.byCreation.filter((run) => matches(run, filter, now)).length;
	return { count: Math.min(met, MATCH_LIMIT), complete: met <= MATCH_LIMIT };
}

function isBeyond(
	{ instance }: Run,
	place: { readonly createdAt: number; readonly runId: string },
	towards: "older" | "newer",
): boolean {
	const order = instance.createdAt - place.createdAt || (instance.runId < place.runId ? -1 : 1);
	if (instance.runId === place.runId && instance.createdAt === place.createdAt) return false;
	return towards === "older" ? order < 0 : order > 0;
}

function matches(run: Run, filter: InstanceFilter, now: number): boolean {
	const { instance } = run;
	const { statuses, workflows, startedFrom, startedTo, labels } = filter;
	return (
		(statuses.length === 0 || statuses.includes(instance.status)) &&
		(workflows.length === 0 || workflows.includes(instance.workflow)) &&
		(startedFrom === undefined || instance.createdAt >= startedFrom) &&
		(startedTo === undefined || instance.createdAt < startedTo) &&
		(filter.minDurationMs === undefined || durationOf(run, now) >= filter.minDurationMs) &&
		(filter.retries === undefined || hasRetries(run, filter.retries)) &&
		(filter.signal === undefined || awaits(run, filter.signal)) &&
		(labels === undefined || Object.entries(labels).every(([key, value]) => instance.labels[key] === value)) &&
		(filter.idPrefix === undefined || instance.instanceId.startsWith(filter.idPrefix)) &&
		(filter.error === undefined || failedWith(run, filter.error))
	);
}

function durationOf({ instance }: Run, now: number): number {
	return (instance.endedAt ?? now) - (instance.startedAt ?? instance.createdAt);
}

function hasRetries(run: Run, retries: "now" | "ever"): boolean {
	return retries === "ever" ? run.attempts.length > 0 : run.states.has("retrying");
}

function awaits(run: Run, signal: string): boolean {
	return [...run.open.values()].some((row) => row.state === "awaiting_signal" && row.signal === signal);
}

function failedWith({ instance: { error } }: Run, text: string): boolean {
	return error !== null && lowered(`${error.name} ${error.message}`).includes(lowered(text));
}

/** As databases lower without a locale. */
function lowered(text: string): string {
	return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

function listed(run: Run): ListedInstance {
	return Object.freeze({ ...instanceOf(run), activity: isTerminal(run.instance.status) ? [] : activityOf(run) });
}

function activityOf(run: Run): readonly NodeActivity[] {
	const byState = new Map<OpenState, NodeActivity>();
	for (const row of [...run.open.values()].sort((a, b) => (a.path < b.path ? -1 : 1))) {
		const before = byState.get(row.state);
		byState.set(row.state, {
			state: row.state,
			nodes: (before?.nodes ?? 0) + 1,
			path: before?.path ?? row.path,
			attempt: Math.max(before?.attempt ?? 1, row.attempt),
			nextAt: earliest(before?.nextAt ?? null, row.dueAt),
			signal: first(before?.signal ?? null, row.signal),
		});
	}
	return [...byState.values()].sort((a, b) => (a.state < b.state ? -1 : 1));
}

function earliest(a: number | null, b: number | null): number | null {
	return a === null ? b : b === null ? a : Math.min(a, b);
}

function first(a: string | null, b: string | null): string | null {
	return a === null || (b !== null && b < a) ? b : a;
}
