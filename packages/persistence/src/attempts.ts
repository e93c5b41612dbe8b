import type { AttemptRecord, RecordedError } from "@waymark/engine/backend";
import type { CommitContext } from "./commit-context.ts";
import { fromError } from "./record-mapper.ts";

/** Appends an attempt that did not succeed. */
export async function appendAttempt(ctx: CommitContext, runId: string, attempt: AttemptRecord): Promise<void> {
	await ctx.sql.run(
		`INSERT INTO attempt (run_id, path, epoch, attempt, outcome, worker, started_at, finished_at, next_attempt_at,
			version, error)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		runId,
		attempt.path,
		attempt.epoch,
		attempt.attempt,
		attempt.outcome,
		attempt.worker,
		attempt.startedAt,
		attempt.finishedAt,
		attempt.nextAttemptAt,
		attempt.version,
		fromError(attempt.error),
	);
}

/** What is recorded of an attempt whose worker died. */
export function workerLost(owner: string): RecordedError {
	const message = `Worker ${owner} died or lost its lease during this attempt.`;
	return { name: "WorkerLost", message, code: null, stack: null, cause: null };
}
