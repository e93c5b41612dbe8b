import type { AttemptFailure, Grant, SettleOutcome } from "../backend/commands.ts";
import type { Workflow } from "../core/builder/workflow.ts";
import type { TaskPolicy } from "../core/graph/continuation.ts";
import { definitionPath } from "../core/graph/path.ts";
import { advance, failedBranch } from "../core/interpreter/step.ts";
import { recordError } from "../core/record-error.ts";
import { backoffMs } from "../core/retry-policy.ts";
import type { StoredValue } from "../core/stored-value.ts";
import { type ValueRef, wrap } from "../core/value-ref.ts";
import type { Performed } from "./performed.ts";

/**
 * What follows from one attempt, as the data of a settle. Pure: graph, grant and outcome in, command out.
 *
 *   done                     → recorded, and whatever advance() opens or ends
 *   failed, attempts left    → retry after the backoff
 *   failed for good          → data, if the task (onFailure) or a fork around it (settle) says so; else the instance fails
 *   aborted                  → released
 */
export function settleOutcome(
	workflow: Workflow,
	grant: Grant,
	performed: Performed,
	ports: { readonly random: () => number; readonly encode: (value: unknown) => StoredValue },
): SettleOutcome {
	switch (performed.kind) {
		case "aborted":
			return { kind: "released" };
		case "done":
			return recordedOutcome(workflow, grant, performed.output, performed.value, null, ports.encode);
		case "failed": {
			const failure: AttemptFailure = { outcome: performed.outcome, error: performed.error };
			const policy = workflow.handlers.get(definitionPath(grant.path))?.policy ?? null;
			if (performed.retryable && policy?.retry != null && grant.attempt < policy.retry.maxAttempts) {
				return { kind: "retry", failure, delayMs: backoffMs(policy.retry, grant.attempt, ports.random()) };
			}
			return finalFailure(workflow, grant, policy, failure, ports.encode);
		}
	}
}

function finalFailure(
	workflow: Workflow,
	grant: Grant,
	policy: TaskPolicy | null,
	failure: AttemptFailure,
	encode: (value: unknown) => StoredValue,
): SettleOutcome {
	if (policy?.onFailure === "value") {
		const output = wrap({ kind: "error" }, grant.path);
		return recordedOutcome(workflow, grant, output, encode(failure.error), failure, encode);
	}
	const branch = failedBranch(workflow.graph, grant.path);
	if (branch === null) return { kind: "failed", failure };
	return {
		kind: "completed",
		recorded: [
			{
				path: branch.branchPath,
				output: wrap({ kind: "error" }, branch.branchPath),
				value: encode(failure.error),
			},
		],
		failure,
		consumes: grant.signalId,
		open: [],
		countDown: branch.countDown,
		closes: branch.closes,
		result: null,
		progress: 0,
	};
}

function recordedOutcome(
	workflow: Workflow,
	grant: Grant,
	output: ValueRef,
	value: StoredValue | null,
	failure: AttemptFailure | null,
	encode: (value: unknown) => StoredValue,
): SettleOutcome {
	const next = advance(workflow.graph, { path: grant.path, input: grant.input, output });
	if (next.end?.kind === "failed") {
		return finalFailure(workflow, grant, null, endingFailure(next.end.error, failure), encode);
	}
	const own = { path: grant.path, output, value };
	return {
		kind: "completed",
		recorded: next.recorded.length === 0 ? [own] : [own, ...next.recorded.map((ended) => ({ ...ended, value: null }))],
		failure,
		consumes: grant.signalId,
		open: next.open,
		countDown: next.countDown,
		closes: null,
		result: next.end?.output ?? null,
		progress: next.progress,
	};
}

/** A loop ended in an error. If what it could not take was a failure as data, the attempt's own end and words stay seen. */
function endingFailure(error: Error, failure: AttemptFailure | null): AttemptFailure {
	if (failure === null) return { outcome: "failed", error: recordError(error) };
	return { outcome: failure.outcome, error: recordError(Object.assign(error, { cause: failure.error })) };
}
