import type { AttemptRecord, RecordedError, WorkflowSnapshot } from "@waymark/engine/backend";
import { keyPath, type NodeView } from "@waymark/engine/graph";

/** One attempt of a node, past or present. Times in ms since the epoch. */
export interface AttemptView {
	readonly id: string;
	readonly attempt: number;
	readonly outcome: AttemptRecord["outcome"] | "succeeded" | "running" | "next";
	readonly error: RecordedError | null;
	/** Null for one that has not begun. */
	readonly startedAt: number | null;
	readonly finishedAt: number | null;
	readonly worker: string | null;
	/** When it begins; only for `next`. */
	readonly dueAt: number | null;
}

/** Newest first: what comes or runs, what succeeded, then those that did not. */
export function attemptsOf(view: NodeView, snapshot: WorkflowSnapshot): readonly AttemptView[] {
	const path = view.kind === "route" ? keyPath(view.path) : view.path;
	const past = snapshot.attempts
		.filter((attempt) => attempt.path === path)
		.sort((a, b) => b.epoch - a.epoch || b.attempt - a.attempt)
		.map(
			({ epoch, attempt, outcome, error, startedAt, finishedAt, worker }): AttemptView => ({
				id: `${epoch}:${attempt}`,
				...{ attempt, outcome, error, startedAt, finishedAt, worker },
				dueAt: null,
			}),
		);
	const open = snapshot.openNodes.find((node) => node.path === path);
	const isTask = open?.openedAs === "ready" || open?.openedAs === "joining";
	if (open !== undefined && isTask && (open.state === "running" || open.state === "retrying")) {
		const { attempt, grantedAt, owner, dueAt, epoch } = open;
		const outcome = open.state === "running" ? "running" : "next";
		const times = { startedAt: grantedAt, finishedAt: null, dueAt: outcome === "next" ? dueAt : null };
		return [{ id: `open:${epoch}`, attempt, outcome, error: null, worker: owner, ...times }, ...past];
	}
	const checkpoint = snapshot.checkpoints.find((one) => one.path === path);
	if (checkpoint === undefined || view.maxAttempts === null) return past;
	const { attempt, startedAt, finishedAt, worker } = checkpoint;
	// Where a failure is handed on as data, the attempt that failed is the one that is recorded: it did not succeed.
	const [last] = past;
	if (last !== undefined && last.attempt === attempt && last.startedAt === startedAt) return past;
	return [
		{ id: "checkpoint", attempt, outcome: "succeeded", error: null, startedAt, finishedAt, worker, dueAt: null },
		...past,
	];
}
