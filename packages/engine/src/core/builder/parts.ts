import { parseDuration } from "../duration.ts";
import type { TaskPolicy } from "../graph/continuation.ts";
import { childPrefix, keyPath } from "../graph/path.ts";
import { at, below, type Part, type ScopeDraft } from "./chain.ts";
import { isDefinedTask } from "./defined-task.ts";
import type { TaskContext } from "./task-context.ts";
import { readTaskOptions, type TaskOptions } from "./task-options.ts";
import type { TaskHandler, Workflow } from "./workflow.ts";

/**
 * One function per kind of node: from the arguments of the builder's call to the node as data, its functions and what
 * is wrong with the arguments. What can be seen on the data alone is left to `validateGraph`.
 */

type AnyFunction = (input: never, context: TaskContext) => unknown;

interface Code {
	readonly policy: TaskPolicy;
	readonly handler: TaskHandler;
	readonly problems: readonly string[];
}

function readCode(fn: AnyFunction, options: TaskOptions<never> | undefined, what: string): Code {
	const { policy, inputSchema, outputSchema, problems } = readTaskOptions(options as TaskOptions<unknown> | undefined);
	const found = [...problems];
	if (typeof fn !== "function") found.push(`${what} must be a function`);
	if (isDefinedTask(fn)) {
		found.push(
			`task "${fn.taskId}" was passed as a plain function, which would lose its options; write .task(defined) or .task(defined.as("other-id"))`,
		);
	}
	return { policy, handler: { policy, inputSchema, outputSchema, run: fn as TaskHandler["run"] }, problems: found };
}

export function taskPart(id: string, fn: AnyFunction, options: TaskOptions<never> | undefined): Part {
	const code = readCode(fn, options, "the second argument of .task(id, fn)");
	return {
		node: { kind: "task", id, policy: code.policy },
		problems: at(id, code.problems),
		addHandlers: (prefix, into) => into.set(prefix + id, code.handler),
	};
}

export function delayPart(id: string, duration: unknown): Part {
	const parsed = parseDuration(duration);
	return {
		node: { kind: "delay", id, durationMs: parsed.ok ? parsed.ms : 0 },
		problems: at(id, parsed.ok ? [] : [parsed.problem]),
		addHandlers: () => {},
	};
}

export function signalPart(id: string, signal: string, timeout: unknown): Part {
	const parsed = timeout === undefined ? null : parseDuration(timeout);
	return {
		node: { kind: "signal", id, signal, timeoutMs: parsed?.ok === true ? parsed.ms : null },
		problems: at(id, parsed?.ok === false ? [`timeout: ${parsed.problem}`] : []),
		addHandlers: () => {},
	};
}

export interface ForkDraft {
	readonly id: string;
	readonly branches: ReadonlyMap<string, ScopeDraft>;
	readonly settle: "first-failure" | "all";
	readonly problems: readonly string[];
}

export function forkPart(
	fork: ForkDraft,
	joinId: string,
	fn: AnyFunction,
	options: TaskOptions<never> | undefined,
): Part {
	const join = readCode(fn, options, "the second argument of .join(id, fn)");
	const inner = innerScopes(fork.id, fork.branches);
	return {
		node: {
			kind: "fork",
			id: fork.id,
			branches: Array.from(fork.branches, ([name, { scope }]) => ({ name, scope })),
			settle: fork.settle,
			join: { id: joinId, policy: join.policy },
		},
		problems: [...at(fork.id, fork.problems), ...inner.problems, ...at(joinId, join.problems)],
		addHandlers: (prefix, into) => {
			inner.addHandlers(prefix, into);
			into.set(prefix + joinId, join.handler);
		},
	};
}

export function routePart(
	id: string,
	key: AnyFunction,
	cases: ReadonlyMap<string, ScopeDraft>,
	options: TaskOptions<never> | undefined,
	problems: readonly string[],
): Part {
	const code = readCode(key, options, "the second argument of .route(id, key, cases)");
	const inner = innerScopes(id, cases);
	return {
		node: {
			kind: "route",
			id,
			policy: code.policy,
			cases: Array.from(cases, ([name, { scope }]) => ({ key: name, scope })),
			hasDefault: cases.has("default"),
		},
		problems: [...at(id, [...problems, ...code.problems]), ...inner.problems],
		addHandlers: (prefix, into) => {
			into.set(keyPath(prefix + id), code.handler);
			inner.addHandlers(prefix, into);
		},
	};
}

export function loopPart(
	id: string,
	body: ScopeDraft,
	options: { readonly maxIterations: number; readonly onMax?: "fail" | "exitWithLast" | undefined },
	problems: readonly string[],
): Part {
	return {
		node: {
			kind: "loop",
			id,
			scope: body.scope,
			maxIterations: options?.maxIterations,
			onMax: options?.onMax ?? "fail",
		},
		problems: [...at(id, problems), ...below(childPrefix(id), body.problems)],
		addHandlers: (prefix, into) => body.addHandlers(childPrefix(prefix + id), into),
	};
}

export function childPart(id: string, workflow: Workflow): Part {
	const isBuilt = typeof workflow?.graph === "object" && workflow.handlers instanceof Map;
	const problem = "the second argument of .child(id, workflow) must be a built workflow; did you forget .build()?";
	return {
		node: {
			kind: "child",
			id,
			workflow: isBuilt ? workflow.name : "unbuilt",
			scope: isBuilt ? workflow.graph.scope : [],
		},
		problems: at(id, isBuilt ? [] : [problem]),
		addHandlers: (prefix, into) => {
			for (const [path, handler] of workflow.handlers) into.set(childPrefix(prefix + id) + path, handler);
		},
	};
}

/** Branches and cases live at `<id>/<name>/…`. */
function innerScopes(id: string, scopes: ReadonlyMap<string, ScopeDraft>): Pick<Part, "problems" | "addHandlers"> {
	const prefixOf = (name: string): string => childPrefix(childPrefix(id) + name);
	return {
		problems: Array.from(scopes, ([name, draft]) => below(prefixOf(name), draft.problems)).flat(),
		addHandlers: (prefix, into) => {
			for (const [name, draft] of scopes) draft.addHandlers(prefix + prefixOf(name), into);
		},
	};
}
