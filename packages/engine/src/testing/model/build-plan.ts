import { flow } from "../../core/builder/flow.ts";
import { again, done } from "../../core/builder/loop-result.ts";
import type { TaskContext } from "../../core/builder/task-context.ts";
import type { TaskOptions } from "../../core/builder/task-options.ts";
import type { Workflow } from "../../core/builder/workflow.ts";
import { NonRetryableError } from "../../core/errors.ts";
import { attemptResult } from "./behaviour.ts";
import type { Plan, PlannedNode, PlannedScope, PlannedTask } from "./plan.ts";

/** What tasks need of the process that they run in. */
export interface TaskHost {
	/** User code begins; it waits for the answer, which need not come. */
	began(context: TaskContext): Promise<void> | void;
	/** User code has an outcome, and had not been told to stop. */
	ended(context: TaskContext): void;
	/** Ends early, throwing the reason, when the signal is aborted; null: nothing ends it early. */
	sleep(ms: number, signal: AbortSignal | null): Promise<void>;
	/** The process is gone; never answers. */
	die(): Promise<never>;
}

type Code = (input: unknown, context: TaskContext) => unknown;
type Body = (b: Builder) => Builder;

/** The builder's calls with their types left out: what a plan yields is only known when it runs. */
interface Builder {
	task(id: string, fn: Code, options: TaskOptions): Builder;
	delay(id: string, ms: number): Builder;
	waitForSignal(id: string, signal: string, options?: { readonly timeout: number }): Builder;
	fork(
		id: string,
		branches: Readonly<Record<string, Body>>,
		options: { readonly settle: "first-failure" | "all" },
	): { join(id: string, fn: Code, options: TaskOptions): Builder };
	route(id: string, key: Code, cases: Readonly<Record<string, Body>>, options: TaskOptions): Builder;
	loop(
		id: string,
		body: Body,
		options: { readonly maxIterations: number; readonly onMax: "fail" | "exitWithLast" },
	): Builder;
	child(id: string, workflow: Workflow): Builder;
	build(): Workflow;
}

/** The workflow that a plan describes. `hostOf` finds the process that an attempt runs in. */
export function buildPlan(plan: Plan, hostOf: (context: TaskContext) => TaskHost): Workflow {
	const append = (b: Builder, scope: PlannedScope): Builder => scope.reduce(appendNode, b);
	const appendNode = (b: Builder, node: PlannedNode): Builder => {
		switch (node.kind) {
			case "task":
				return b.task(node.id, codeOf(node, hostOf), optionsOf(node));
			case "delay":
				return b.delay(node.id, node.ms);
			case "signal":
				if (node.timeoutMs === null) return b.waitForSignal(node.id, node.signal);
				return b.waitForSignal(node.id, node.signal, { timeout: node.timeoutMs });
			case "fork":
				return b
					.fork(node.id, bodies(node.branches), { settle: node.settle })
					.join(node.joinId, codeOf(node.join, hostOf), optionsOf(node.join));
			case "route": {
				const { onFailure: _, ...options } = optionsOf(node.key);
				return b.route(node.id, codeOf(node.key, hostOf), bodies(node.cases), options);
			}
			case "loop":
				return b.loop(node.id, (inner) => append(inner, node.body), node);
			case "child":
				return b.child(node.id, append(flow("child") as unknown as Builder, node.body).build());
		}
	};
	const bodies = (parts: readonly { readonly name: string; readonly body: PlannedScope }[]) =>
		Object.fromEntries(parts.map(({ name, body }) => [name, (b: Builder) => append(b, body)]));
	return append(flow(plan.name) as unknown as Builder, plan.scope).build();
}

function optionsOf({ retry, timeoutMs, onFailure, priority, tags }: PlannedTask): TaskOptions {
	return {
		priority,
		tags,
		...(onFailure === "value" ? { onFailure } : {}),
		...(timeoutMs === null ? {} : { timeout: timeoutMs }),
		...(retry === null
			? {}
			: {
					retry: {
						maxAttempts: retry.maxAttempts,
						initialDelay: retry.initialDelayMs,
						maxDelay: 4_000,
						jitter: retry.jitter,
					},
				}),
	};
}

function codeOf({ does }: PlannedTask, hostOf: (context: TaskContext) => TaskHost): Code {
	return async (input, context) => {
		const host = hostOf(context);
		await host.began(context);
		if (does.kind === "kills" && context.attempt <= does.times) return host.die();
		if (does.kind === "hangs") await host.sleep(Number.POSITIVE_INFINITY, context.signal);
		if (does.kind === "slow") await host.sleep(does.ms, does.ignoresAbort ? null : context.signal);
		if (!context.signal.aborted) host.ended(context);
		const result = attemptResult(does, context.path, input, context.attempt, context.iteration);
		switch (result.kind) {
			case "value":
				return result.value;
			case "verdict":
				return result.verdict === "again" ? again(result.value) : done(result.value);
			case "failure":
				return misbehave(does, context);
		}
	};
}

function misbehave(does: PlannedTask["does"], { path }: TaskContext): unknown {
	switch (does.kind) {
		case "throwsOdd":
			throw oddity(does.what);
		case "fatal":
			throw new NonRetryableError(`${path} will never work`);
		case "unstorable":
			return { much: 1n };
		case "key":
			return "nowhere";
		default:
			throw new Error(`${path} failed`);
	}
}

function oddity(what: "undefined" | "null" | "text" | "frozen"): unknown {
	switch (what) {
		case "undefined":
			return undefined;
		case "null":
			return null;
		case "text":
			return "only text";
		case "frozen":
			return Object.freeze(new Error("frozen"));
	}
}
