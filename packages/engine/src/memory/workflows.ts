import type { NodeStats, WorkflowDetail, WorkflowSummary } from "../backend/overview.ts";
import { percentile } from "../backend/percentile.ts";
import { INSTANCE_STATUSES, type InstanceStatus } from "../core/instance/status.ts";
import { spansOf } from "./ended.ts";
import type { MemoryState, Run } from "./state.ts";

/** How many of the newest instances of a workflow are looked at. */
const SAMPLE = 100;

export function listWorkflows(state: MemoryState): readonly WorkflowSummary[] {
	const names = new Set([...state.definitions.values()].map(({ workflow }) => workflow));
	return [...names].sort().map((workflow) => summary(state, workflow, newest(state, workflow)));
}

export function readWorkflow(state: MemoryState, now: number, workflow: string): WorkflowDetail | null {
	const runs = newest(state, workflow);
	const definitions = [...state.definitions.values()].filter((definition) => definition.workflow === workflow);
	if (definitions.length === 0) return null;
	const firstStart = (hash: string) =>
		state.byCreation.find(({ instance }) => instance.definitionHash === hash)?.instance.createdAt ?? 0;
	return {
		...summary(state, workflow, runs),
		now,
		definitions: definitions
			.map(({ hash, plannedNodes }) => ({
				hash,
				plannedNodes,
				createdAt: firstStart(hash),
				sample: runs.filter(({ instance }) => instance.definitionHash === hash).length,
			}))
			.sort((a, b) => b.createdAt - a.createdAt || (a.hash < b.hash ? -1 : 1)),
		nodes: nodeStats(runs),
	};
}

function newest(state: MemoryState, workflow: string): readonly Run[] {
	return state.byCreation
		.filter(({ instance }) => instance.workflow === workflow)
		.reverse()
		.slice(0, SAMPLE);
}

function summary(state: MemoryState, workflow: string, runs: readonly Run[]): WorkflowSummary {
	const byStatus = Object.fromEntries(INSTANCE_STATUSES.map((status) => [status, 0])) as Record<InstanceStatus, number>;
	for (const { instance } of runs) byStatus[instance.status] += 1;
	const spans = spansOf(runs.map(({ instance }) => instance));
	return {
		workflow,
		versions: [...state.definitions.values()].filter((definition) => definition.workflow === workflow).length,
		sample: runs.length,
		byStatus,
		lastStartedAt: runs[0]?.instance.createdAt ?? null,
		p50: percentile(spans, 0.5),
		p95: percentile(spans, 0.95),
	};
}

type Tally = Omit<NodeStats, "path" | "definitionHash" | "p50" | "p95"> & { readonly spans: readonly number[] };
const NOTHING: Tally = { completed: 0, failedAttempts: 0, failed: 0, running: 0, spans: [] };

function nodeStats(runs: readonly Run[]): readonly NodeStats[] {
	const tallies = new Map<string, { readonly hash: string; readonly path: string; tally: Tally }>();
	const add = (hash: string, path: string, change: (tally: Tally) => Tally) => {
		const key = `${hash}\n${path}`;
		const entry = tallies.get(key) ?? { hash, path, tally: NOTHING };
		tallies.set(key, { ...entry, tally: change(entry.tally) });
	};
	for (const { instance, checkpoints, attempts, open } of runs) {
		const { definitionHash: hash, failedPath } = instance;
		for (const { record } of checkpoints.values()) {
			const span = record.finishedAt - record.startedAt;
			add(hash, record.path, (t) => ({ ...t, completed: t.completed + 1, spans: [...t.spans, span] }));
		}
		for (const { path, outcome } of attempts) {
			if (outcome !== "cancelled") add(hash, path, (t) => ({ ...t, failedAttempts: t.failedAttempts + 1 }));
		}
		if (failedPath !== null) add(hash, failedPath, (t) => ({ ...t, failed: t.failed + 1 }));
		for (const { path, state } of open.values()) {
			if (state === "running") add(hash, path, (t) => ({ ...t, running: t.running + 1 }));
		}
	}
	return [...tallies.values()]
		.map(({ hash, path, tally: { spans, ...counts } }) => ({
			path,
			definitionHash: hash,
			...counts,
			p50: percentile(spans, 0.5),
			p95: percentile(spans, 0.95),
		}))
		.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : a.definitionHash < b.definitionHash ? -1 : 1));
}
