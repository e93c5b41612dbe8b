import { hasCode, WaymarkError } from "./waymark-error.ts";

/** Throw it from a task to fail it at once, whatever its retry policy says. */
export class NonRetryableError extends WaymarkError {
	readonly code = "NonRetryable";
	static override is(error: unknown): error is NonRetryableError {
		return hasCode(error, "NonRetryable");
	}
}

/** The attempt took longer than its timeout, or was silent for longer than its heartbeat timeout. */
export class TaskTimedOutError extends WaymarkError {
	readonly code = "TaskTimedOut";
	constructor(
		readonly path: string,
		readonly timeoutMs: number,
		readonly limit: "timeout" | "heartbeatTimeout" = "timeout",
	) {
		super(
			limit === "timeout"
				? `Task "${path}" timed out after ${timeoutMs} ms. Raise its timeout, or make it stop on ctx.signal sooner.`
				: `Task "${path}" timed out: it sent no heartbeat for ${timeoutMs} ms. Call ctx.heartbeat() more often, or raise its heartbeatTimeout.`,
		);
	}
	static override is(error: unknown): error is TaskTimedOutError {
		return hasCode(error, "TaskTimedOut");
	}
}

/** The worker died in every attempt. */
export class AttemptsExhaustedError extends WaymarkError {
	readonly code = "AttemptsExhausted";
	constructor(
		readonly path: string,
		readonly attempts: number,
		readonly crashes: number,
	) {
		super(
			`Task "${path}" was given up after ${attempts} attempts, ${crashes} of which ended with the death of their worker. Find what kills the process, then retry the instance.`,
		);
	}
	static override is(error: unknown): error is AttemptsExhaustedError {
		return hasCode(error, "AttemptsExhausted");
	}
}

export class UnknownRouteKeyError extends WaymarkError {
	readonly code = "UnknownRouteKey";
	constructor(
		readonly path: string,
		readonly key: string,
		readonly cases: readonly string[],
	) {
		super(`Route "${path}" chose "${key}", but has only ${cases.join(", ")}. Add that case or a "default".`);
	}
	static override is(error: unknown): error is UnknownRouteKeyError {
		return hasCode(error, "UnknownRouteKey");
	}
}

export class LoopResultError extends WaymarkError {
	readonly code = "LoopResult";
	constructor(readonly path: string) {
		super(`The body of loop "${path}" ended without again(v) or done(v). Return one of them from its last node.`);
	}
	static override is(error: unknown): error is LoopResultError {
		return hasCode(error, "LoopResult");
	}
}

export class LoopLimitError extends WaymarkError {
	readonly code = "LoopLimit";
	constructor(
		readonly path: string,
		readonly maxIterations: number,
	) {
		super(
			`Loop "${path}" was not done after ${maxIterations} iterations. Raise maxIterations, or set onMax: "exitWithLast".`,
		);
	}
	static override is(error: unknown): error is LoopLimitError {
		return hasCode(error, "LoopLimit");
	}
}

/** Reason of `ctx.signal` when this worker no longer holds the lease. */
export class LeaseLostError extends WaymarkError {
	readonly code = "LeaseLost";
	constructor(readonly path: string) {
		super(`The lease on "${path}" was lost; another worker may run it. Stop, and let go of what you hold.`);
	}
	static override is(error: unknown): error is LeaseLostError {
		return hasCode(error, "LeaseLost");
	}
}

/** Reason of `ctx.signal` when the instance is being cancelled. */
export class TaskCancelledError extends WaymarkError {
	readonly code = "TaskCancelled";
	constructor(readonly path: string) {
		super(`The instance of "${path}" is being cancelled; the result of this attempt will not be used. Stop now.`);
	}
	static override is(error: unknown): error is TaskCancelledError {
		return hasCode(error, "TaskCancelled");
	}
}
