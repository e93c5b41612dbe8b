import type { StandardSchemaV1 } from "@standard-schema/spec";
import type { Grant } from "../backend/commands.ts";
import { LoopResult } from "../core/builder/loop-result.ts";
import type { TaskHandler, Workflow } from "../core/builder/workflow.ts";
import type { Codecs } from "../core/codec/codec.ts";
import {
	LeaseLostError,
	NonRetryableError,
	NotSerializableError,
	PayloadTooLargeError,
	SchemaMismatchError,
	TaskCancelledError,
	TaskTimedOutError,
	UnknownRouteKeyError,
} from "../core/errors.ts";
import type { GraphEntry } from "../core/graph/index-graph.ts";
import { choiceRef } from "../core/interpreter/step.ts";
import { recordError } from "../core/record-error.ts";
import type { StoredValue } from "../core/stored-value.ts";
import { type ValueRef, wrap } from "../core/value-ref.ts";
import type { AttemptAbort } from "./attempt-abort.ts";
import { AttemptContext } from "./attempt-context.ts";
import { AttemptWatch } from "./attempt-watch.ts";
import { isLater, type MaybeLater } from "./maybe-later.ts";
import type { Performed, PerformPorts, Tenure } from "./performed.ts";
import { runInTask } from "./task-scope.ts";

export interface Attempt {
	readonly workflow: Workflow;
	readonly entry: GraphEntry;
	readonly handler: TaskHandler;
	readonly grant: Grant;
	readonly abort: AttemptAbort;
	readonly ports: PerformPorts;
	readonly tenure: Tenure;
	readonly startedAt: number;
}

/**
 * Runs user code once. What is at hand is not awaited: a task whose input was handed on and whose function answers at
 * once costs no promise and no timer. Never throws or rejects.
 */
export function runAttempt(attempt: Attempt): MaybeLater<Performed> {
	const { workflow, handler, grant, abort, ports, tenure } = attempt;
	const watch = new AttemptWatch(handler.policy, grant.path, abort, ports);
	let result: unknown;
	try {
		const input = tenure.readInput(workflow);
		if (isLater(input) || handler.inputSchema !== null) return untilEnded(attempt, watch, later(attempt, watch, input));
		result = runCode(attempt, watch, input);
		if (handler.outputSchema !== null) return untilEnded(attempt, watch, checkedOutput(attempt, result));
		if (isLater(result)) return untilEnded(attempt, watch, result);
	} catch (thrown) {
		watch.stop();
		return failed(attempt, thrown, null);
	}
	watch.stop();
	return done(attempt, result);
}

/** The body of an attempt that has something to wait for. */
async function later(attempt: Attempt, watch: AttemptWatch, read: unknown): Promise<unknown> {
	const { handler, grant } = attempt;
	const input = await validated(handler.inputSchema, await read, `Input of "${grant.path}"`);
	return checkedOutput(attempt, runCode(attempt, watch, input));
}

async function checkedOutput({ handler, grant }: Attempt, result: unknown): Promise<unknown> {
	return validated(handler.outputSchema, await result, `Output of "${grant.path}"`);
}

/** The time it takes a distant database to hand out the input is not the task's: its timeouts begin here. */
function runCode(attempt: Attempt, watch: AttemptWatch, input: unknown): unknown {
	const { workflow, handler, grant, abort, ports, tenure } = attempt;
	abort.throwIfAborted();
	if (!tenure.isLeased) throw new LeaseLostError(grant.path);
	const context = new AttemptContext(workflow, handler, grant, abort, watch, ports.log);
	watch.begin();
	return runInTask(context, handler, input);
}

async function untilEnded(attempt: Attempt, watch: AttemptWatch, body: PromiseLike<unknown>): Promise<Performed> {
	try {
		return done(attempt, await watch.until(body));
	} catch (thrown) {
		return failed(attempt, thrown, body);
	} finally {
		watch.stop();
	}
}

function done(attempt: Attempt, result: unknown): Performed {
	const { entry, handler, grant, abort, ports, startedAt } = attempt;
	try {
		// A result that comes after the abort is refused: somebody else may be at this node by now.
		abort.throwIfAborted();
		const { output, value } = encodeOutput(entry, handler, grant.path, result, ports.codecs);
		return { kind: "done", output, value, startedAt, finishedAt: ports.clock.now(), lingering: null };
	} catch (thrown) {
		return failed(attempt, thrown, null);
	}
}

/** `body`: what may still be running, because it was given up. */
function failed({ abort, ports, startedAt }: Attempt, thrown: unknown, body: PromiseLike<unknown> | null): Performed {
	const reason: unknown = abort.isAborted ? abort.reason : thrown;
	const times = { startedAt, finishedAt: ports.clock.now() };
	const isAborted = LeaseLostError.is(reason) || TaskCancelledError.is(reason);
	const timedOut = TaskTimedOutError.is(reason);
	const lingering = body !== null && (isAborted || timedOut) ? endOf(body) : null;
	if (isAborted) return { kind: "aborted", ...times, lingering };
	const outcome = timedOut ? "timed_out" : "failed";
	const error = recordError(reason);
	return { kind: "failed", outcome, error, retryable: isRetryable(reason), ...times, lingering };
}

function endOf(body: PromiseLike<unknown>): Promise<void> {
	return Promise.resolve(body).then(
		() => undefined,
		() => undefined,
	);
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
