import type { Attention, RetryingNode, StalledInstance } from "../backend/overview.ts";
import { isTerminal } from "../core/instance/status.ts";
import { instanceOf } from "./handed-out.ts";
import { isOrphan } from "./queries.ts";
import type { MemoryState, OpenRow, Run } from "./state.ts";
import { openWaits, waitOf } from "./waits.ts";

export function listAttention(state: MemoryState, now: number, limit: number): Attention {
	const failed = state.byCreation
		.filter(({ instance }) => instance.status === "failed")
		.sort((a, b) => (b.instance.endedAt ?? 0) - (a.instance.endedAt ?? 0));
	const retrying = state.byCreation.flatMap((run) => [...run.open.values()].filter((row) => row.state === "retrying"));
	const waiting = openWaits(state).sort((a, b) => a.openedAt - b.openedAt);
	return {
		now,
		failed: failed.slice(0, limit).map(instanceOf),
		stalled: state.byCreation.flatMap((run) => stalled(state, now, run)).slice(0, limit),
		retrying: retrying
			.sort((a, b) => b.attempt - a.attempt)
			.slice(0, limit)
			.map(retryingNode),
		retryingCount: retrying.length,
		waiting: waiting.slice(0, limit).map(waitOf),
	};
}

function stalled(state: MemoryState, now: number, run: Run): readonly StalledInstance[] {
	const { status, control, createdAt, updatedAt } = run.instance;
	if (isTerminal(status)) return [];
	const instance = instanceOf(run);
	if (control !== "none") return [{ instance, why: "control", path: null, since: updatedAt }];
	if (isOrphan(run)) return [{ instance, why: "orphan", path: null, since: updatedAt }];
	if (status === "paused") return [];
	const rows = [...run.open.values()].filter((row) => row.state === "ready" || row.state === "running");
	const idle = rows.filter((row) => row.owner === null || !state.isLive(row.owner, now));
	const [oldest] = idle.sort((a, b) => (a.path < b.path ? -1 : 1));
	if (oldest === undefined || idle.length < rows.length) return [];
	return [{ instance, why: "unclaimed", path: oldest.path, since: oldest.dueAt ?? createdAt }];
}

function retryingNode(row: OpenRow): RetryingNode {
	const { instanceId, runId, workflow } = row.run.instance;
	return { instanceId, runId, workflow, path: row.path, attempt: row.attempt, nextAt: row.dueAt };
}
