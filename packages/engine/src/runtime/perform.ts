import type { StandardSchemaV1 } from "@standard-schema/spec";
import type { Grant } from "../backend/commands.ts";
import { LoopResult } from "../core/builder/loop-result.ts";
import type { TaskContext, TaskLogger } from "../core/builder/task-context.ts";
import type { TaskHandler, Workflow } from "../core/builder/workflow.ts";
import type { Clock, Timers } from "../core/clock.ts";
import type { Codecs } from "../core/codec/codec.ts";
import {
	AttemptsExhaustedError,
	InvalidArgumentError,
	LeaseLostError,
	NonRetryableError,
	NotSerializableError,
	PayloadTooLargeError,
	SchemaMismatchError,
	TaskCancelledError,
	TaskTimedOutError,
	UnknownRouteKeyError,
} from "../core/errors.ts";
import { type GraphEntry, indexGraph } from "../core/graph/index-graph.ts";
import { definitionPath } from "../core/graph/path.ts";
import { choiceRef } from "../core/interpreter/step.ts";
import { recordError } from "../core/record-error.ts";
import type { RecordedError } from "../core/recorded-error.ts";
import type { StoredValue } from "../core/stored-value.ts";
import { NONE_REF, signalRef, type ValueRef, wrap } from "../core/value-ref.ts";
import { watchAttempt } from "./attempt-watch.ts";
import { runInTask } from "./task-scope.ts";

/** How one attempt ended, before anybody decided what follows from it. */
export type Performed = {
	readonly startedAt: number;
	readonly finishedAt: number;
	/** Resolves when user code that ignored its abort has ended; null if nothing is left running. */
	readonly lingering: Promise<void> | null;
} & (
	| { readonly kind: "done"; readonly output: ValueRef; readonly value: StoredValue | null }
	| {
			readonly kind: "failed";
			readonly outcome: "failed" | "timed_out" | "lost";
			readonly error: RecordedError;
			readonly retryable: boolean;
	  }
	/** Told to stop: by a cancel, or because the lease is gone. */
	| { readonly kind: "aborted" }
);

export interface PerformPorts {
	readonly clock: Clock;
	readonly timers: Timers;
	readonly codecs: Codecs;
	readonly log: TaskLogger;
	/** How long a task that was told to stop by a cancel is waited for. */
	readonly cancelGraceMs: number;
	readInput(): Promise<unknown>;
	/** Whether the lease still counts: the process may have stood still since the grant. */
	isLeased(): boolean;
}

/** Crashes that a task without a retry policy survives. */
const CRASH_ALLOWANCE = 3;

/** Performs what a grant allows: one attempt of a task, or the end of a wait. Never rejects. */
export async function perform(
	workflow: Workflow,
	grant: Grant,
	abort: AbortController,
	ports: PerformPorts,
): Promise<Performed> {
	const entry = indexGraph(workflow.graph).get(definitionPath(grant.path));
	const handler = workflow.handlers.get(definitionPath(grant.path)) ?? null;
	const startedAt = ports.clock.now();
	const at = () => ({ startedAt, finishedAt: ports.clock.now(), lingering: null });
	if (entry === undefined)
		return {
			kind: "failed",
			outcome: "failed",
			retryable: false,
			error: recordError(new RangeError(`${grant.path} is not in the graph`)),
			...at(),
		};
	const wait = endOfWait(entry, grant);
	if (wait !== null) return { kind: "done", output: wait, value: null, ...at() };
	if (handler === null) {
		const error = new InvalidArgumentError(grant.path, `No code is registered for ${grant.path}. Register it.`);
		return { kind: "failed", outcome: "failed", retryable: false, error: recordError(error), ...at() };
	}
	if (isExhausted(handler, grant)) {
		const error = new AttemptsExhaustedError(grant.path, grant.attempt - 1, grant.crashes);
		return { kind: "failed", outcome: "lost", retryable: false, error: recordError(error), ...at() };
	}
	return runAttempt(workflow, entry, handler, grant, abort, ports, startedAt);
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

async function runAttempt(
	workflow: Workflow,
	entry: GraphEntry,
	handler: TaskHandler,
	grant: Grant,
	abort: AbortController,
	ports: PerformPorts,
	startedAt: number,
): Promise<Performed> {
	const watch = watchAttempt(handler.policy, grant.path, abort, ports);
	const body = (async () => {
		const input = await validated(handler.inputSchema, await ports.readInput(), `Input of "${grant.path}"`);
		abort.signal.throwIfAborted();
		if (!ports.isLeased()) throw new LeaseLostError(grant.path);
		const context = contextOf(workflow, handler, grant, {
			signal: abort.signal,
			heartbeat: watch.beat,
			log: ports.log,
		});
		// The time it takes a distant database to hand out the input is not the task's.
		watch.begin();
		const result = await runInTask(context, () => handler.run(input, context));
		return validated(handler.outputSchema, result, `Output of "${grant.path}"`);
	})();
	const ended = body.then(
		() => undefined,
		() => undefined,
	);
	const at = (lingering: Promise<void> | null) => ({ startedAt, finishedAt: ports.clock.now(), lingering });
	try {
		const result = await Promise.race([body, watch.given]);
		// A result that comes after the abort is refused: somebody else may be at this node by now.
		abort.signal.throwIfAborted();
		const output = encodeOutput(entry, handler, grant.path, result, ports.codecs);
		return { kind: "done", ...output, ...at(null) };
	} catch (thrown) {
		const reason: unknown = abort.signal.aborted ? abort.signal.reason : thrown;
		if (LeaseLostError.is(reason) || TaskCancelledError.is(reason)) return { kind: "aborted", ...at(ended) };
		const timedOut = TaskTimedOutError.is(reason);
		return {
			kind: "failed",
			outcome: timedOut ? "timed_out" : "failed",
			error: recordError(reason),
			retryable: isRetryable(reason),
			...at(timedOut ? ended : null),
		};
	} finally {
		watch.stop();
	}
}

function contextOf(
	workflow: Workflow,
	handler: TaskHandler,
	grant: Grant,
	attempt: Pick<TaskContext, "signal" | "heartbeat" | "log">,
): TaskContext {
	const iterations = grant.path.match(/\[(\d+)\](?!.*\[)/);
	return {
		instanceId: grant.instanceId,
		runId: grant.runId,
		workflow: { name: workflow.name, definitionHash: workflow.definitionHash },
		path: grant.path,
		attempt: grant.attempt,
		maxAttempts: handler.policy.retry?.maxAttempts ?? 1,
		iteration: iterations === null ? null : Number(iterations[1]),
		idempotencyKey: `${grant.runId}:${grant.path}`,
		...attempt,
	};
}

async function validated(schema: StandardSchemaV1 | null, value: unknown, where: string): Promise<unknown> {
	if (schema === null) return value;
	const result = await schema["~standard"].validate(value);
	if (result.issues === undefined) return result.value;
	const issues = result.issues.map((issue) => {
		const path = issue.path?.map((part) => String(typeof part === "object" ? part.key : part)).join(".");
		return path ? `${path}: ${issue.message}` : issue.message;
	});
	throw new SchemaMismatchError(where, issues);
}

function encodeOutput(
	entry: GraphEntry,
	handler: TaskHandler,
	path: string,
	result: unknown,
	codecs: Codecs,
): { readonly output: ValueRef; readonly value: StoredValue | null } {
	if (entry.role === "key" && entry.node.kind === "route") {
		const choice = choiceRef(path, entry.node, String(result));
		if (typeof choice !== "string") throw choice;
		return { output: choice, value: null };
	}
	const isVerdict = result instanceof LoopResult;
	const value = codecs.encode(isVerdict ? result.value : result);
	const bare: ValueRef = isVerdict ? wrap({ kind: result.verdict }, path) : path;
	return { output: handler.policy.onFailure === "value" ? wrap({ kind: "ok" }, bare) : bare, value };
}

function isRetryable(thrown: unknown): boolean {
	return !(
		NonRetryableError.is(thrown) ||
		NotSerializableError.is(thrown) ||
		PayloadTooLargeError.is(thrown) ||
		SchemaMismatchError.is(thrown) ||
		UnknownRouteKeyError.is(thrown)
	);
}
