/**
 * The continuation graph: plain data that says what comes next. It is what is hashed, stored once per
 * definition hash, walked by the interpreter and drawn by the dashboard. It holds no functions.
 *
 * A scope is an ordered list of continuations: each one's output is the next one's input. Composite kinds
 * (fork, route, loop, child) own scopes of their own. Lists instead of `next` pointers keep a chain of
 * 10,000 nodes flat, so that walking or serialising it never overflows the stack.
 */

/** How failed attempts of a task are repeated. Times in ms. */
export interface RetryPolicy {
	/** Total number of attempts, the first included; at least 1. */
	readonly maxAttempts: number;
	readonly initialDelayMs: number;
	readonly multiplier: number;
	/** Cap of one backoff; null means uncapped. */
	readonly maxDelayMs: number | null;
	/** Full jitter: the delay is drawn uniformly from [delay / 2, delay]. */
	readonly jitter: boolean;
}

/**
 * What a task says about how it wants to be run. None of it is part of the definition hash: it comes from the
 * registered code, and the stored copy only serves people who look at the graph.
 */
export interface TaskPolicy {
	readonly retry: RetryPolicy | null;
	/** Longest one attempt may take; null means no limit. */
	readonly timeoutMs: number | null;
	/** Longest silence between two calls of `ctx.heartbeat()`; null means none is expected. */
	readonly heartbeatTimeoutMs: number | null;
	/** `value` turns the final failure into data: `{ ok: true, value } | { ok: false, error }`. Hashed: it changes the output's shape. */
	readonly onFailure: "fail" | "value";
	/** 1 (first) to 5 (last). */
	readonly priority: number;
	readonly tags: readonly string[];
	readonly description: string | null;
	/** Bumped by the author when the task's meaning changes; part of the definition hash. */
	readonly version: string | null;
}

export interface TaskContinuation {
	readonly kind: "task";
	readonly id: string;
	readonly policy: TaskPolicy;
}

/** Parks for a time and hands its input on. */
export interface DelayContinuation {
	readonly kind: "delay";
	readonly id: string;
	readonly durationMs: number;
}

/** Parks until a signal of that name is there. */
export interface SignalContinuation {
	readonly kind: "signal";
	readonly id: string;
	readonly signal: string;
	/** Null waits for ever, and the output is the payload; otherwise the output is `{ received, payload? }`. */
	readonly timeoutMs: number | null;
}

export interface Branch {
	readonly name: string;
	readonly scope: Scope;
}

/** Every branch gets the fork's input and runs in parallel; the join runs once with the outputs by branch name. */
export interface ForkContinuation {
	readonly kind: "fork";
	readonly id: string;
	readonly branches: readonly Branch[];
	/** `first-failure` fails the instance with the first failed branch; `all` hands the join every outcome. */
	readonly settle: "first-failure" | "all";
	/** The join's own id and policy; its path is a sibling of the fork's. */
	readonly join: { readonly id: string; readonly policy: TaskPolicy };
}

export interface Case {
	readonly key: string;
	readonly scope: Scope;
}

/** The key function is a recorded task at `<route path>.key`; the output is `{ case, value }`. */
export interface RouteContinuation {
	readonly kind: "route";
	readonly id: string;
	readonly policy: TaskPolicy;
	readonly cases: readonly Case[];
	/** Whether a case named `default` takes every unknown key. */
	readonly hasDefault: boolean;
}

/** The body answers `again(v)` or `done(v)`; iteration k lives at `<loop path>[k]`. */
export interface LoopContinuation {
	readonly kind: "loop";
	readonly id: string;
	readonly scope: Scope;
	readonly maxIterations: number;
	readonly onMax: "fail" | "exitWithLast";
}

/** Another workflow's graph, run inside this instance under its own path. */
export interface ChildContinuation {
	readonly kind: "child";
	readonly id: string;
	readonly workflow: string;
	readonly scope: Scope;
}

export type WorkflowContinuation =
	| TaskContinuation
	| DelayContinuation
	| SignalContinuation
	| ForkContinuation
	| RouteContinuation
	| LoopContinuation
	| ChildContinuation;

export type ContinuationKind = WorkflowContinuation["kind"];

/** Never empty, but for a case, whose empty scope hands the route's input on. */
export type Scope = readonly WorkflowContinuation[];

/** A JSON Schema (draft 2020-12) as plain data. */
export type JsonSchema = { readonly [keyword: string]: unknown };

/** A whole workflow as data. `format` rises when this shape changes. */
export interface WorkflowGraph {
	readonly format: 1;
	readonly workflow: string;
	readonly description: string | null;
	/**
	 * What an instance may be started with, for forms and for starts without the code. Not hashed. Absent where the
	 * author gave no schema, or one that cannot tell itself as JSON Schema.
	 */
	readonly inputSchema?: JsonSchema;
	readonly scope: Scope;
}
