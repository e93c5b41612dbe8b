import type { Grant } from "../backend/commands.ts";
import type { TaskHandler, Workflow } from "../core/builder/workflow.ts";
import { AttemptsExhaustedError, InvalidArgumentError } from "../core/errors.ts";
import { type GraphEntry, indexGraph } from "../core/graph/index-graph.ts";
import { definitionPath } from "../core/graph/path.ts";
import { recordError } from "../core/record-error.ts";
import { NONE_REF, signalRef, type ValueRef, wrap } from "../core/value-ref.ts";
import type { AttemptAbort } from "./attempt-abort.ts";
import type { MaybeLater } from "./maybe-later.ts";
import type { Performed, PerformPorts, Tenure } from "./performed.ts";
import { runAttempt } from "./run-attempt.ts";

/** Crashes that a task without a retry policy survives. */
const CRASH_ALLOWANCE = 3;

/** Performs what a grant allows: one attempt of a task, or the end of a wait. Never throws or rejects. */
export function perform(
	workflow: Workflow,
	grant: Grant,
	abort: AttemptAbort,
	ports: PerformPorts,
	tenure: Tenure,
): MaybeLater<Performed> {
	const entry = indexGraph(workflow.graph).get(definitionPath(grant.path));
	const handler = workflow.handlers.get(definitionPath(grant.path)) ?? null;
	const startedAt = ports.clock.now();
	const refused = (outcome: "failed" | "lost", error: Error): Performed => {
		const finishedAt = ports.clock.now();
		return {
			kind: "failed",
			outcome,
			retryable: false,
			error: recordError(error),
			startedAt,
			finishedAt,
			lingering: null,
		};
	};
	if (entry === undefined) return refused("failed", new RangeError(`${grant.path} is not in the graph`));
	const wait = endOfWait(entry, grant);
	if (wait !== null) {
		return { kind: "done", output: wait, value: null, startedAt, finishedAt: ports.clock.now(), lingering: null };
	}
	if (handler === null) {
		const because = `No code is registered for ${grant.path}. Register it.`;
		return refused("failed", new InvalidArgumentError(grant.path, because));
	}
	if (isExhausted(handler, grant)) {
		return refused("lost", new AttemptsExhaustedError(grant.path, grant.attempt - 1, grant.crashes));
	}
	return runAttempt({ workflow, entry, handler, grant, abort, ports, tenure, startedAt });
}

/** What a delay or an await is recorded as once it is over; null for nodes that run code. */
function endOfWait({ node, role }: GraphEntry, grant: Grant): ValueRef | null {
	if (role !== "node") return null;
	if (node.kind === "delay") return grant.input;
	if (node.kind !== "signal") return null;
	if (grant.signalId === null) return wrap({ kind: "timeout" }, NONE_REF);
	const payload = signalRef(grant.signalId);
	return node.timeoutMs === null ? payload : wrap({ kind: "received" }, payload);
}

function isExhausted(handler: TaskHandler, { attempt, crashes }: Grant): boolean {
	const { retry } = handler.policy;
	return crashes > 0 && (retry === null ? crashes > CRASH_ALLOWANCE : attempt > retry.maxAttempts);
}
