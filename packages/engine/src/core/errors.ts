/**
 * Every error Waymark throws. One base class, a string `code`, data fields, and a message that ends with the way out.
 * Compare with `SomeError.is(e)`, which also holds across two copies of the package.
 */
export type WaymarkErrorCode =
	| "InvalidDefinition"
	| "DefinitionMismatch"
	| "InvalidInstanceId"
	| "InvalidArgument"
	| "InstanceExists"
	| "InstanceNotFound"
	| "InstanceFinished"
	| "ControlConflict"
	| "SignalKeyConflict"
	| "UnknownWorkflow"
	| "NotSerializable"
	| "PayloadTooLarge"
	| "UnknownCodec"
	| "NonRetryable"
	| "TaskTimedOut"
	| "AttemptsExhausted"
	| "UnknownRouteKey"
	| "LoopResult"
	| "LoopLimit"
	| "SchemaMismatch"
	| "LeaseLost"
	| "TaskCancelled"
	| "ResultTimeout"
	| "BackendClosed"
	| "StoreUnusable";

export abstract class WaymarkError extends Error {
	abstract readonly code: WaymarkErrorCode;

	constructor(message: string, options?: { readonly cause?: unknown }) {
		super(message, options);
		this.name = new.target.name;
	}

	static is(error: unknown): error is WaymarkError {
		return error instanceof Error && "code" in error && typeof error.code === "string" && "waymark" in error;
	}

	/** Brand that survives two copies of this package in one process. */
	readonly waymark = true;
}

function hasCode(error: unknown, code: WaymarkErrorCode): boolean {
	return WaymarkError.is(error) && error.code === code;
}

export interface DefinitionProblem {
	/** Definition path of the offending node, or "" for the workflow itself. */
	readonly path: string;
	readonly message: string;
}

/** `build()` found structural errors; all of them are listed. */
export class InvalidDefinitionError extends WaymarkError {
	readonly code = "InvalidDefinition";
	constructor(
		readonly workflow: string,
		readonly problems: readonly DefinitionProblem[],
	) {
		const lines = problems.map((p) => `  ${p.path === "" ? "(workflow)" : p.path}: ${p.message}`);
		super(`Workflow "${workflow}" cannot be built:\n${lines.join("\n")}\nFix these in its flow() definition.`);
	}
	static override is(error: unknown): error is InvalidDefinitionError {
		return hasCode(error, "InvalidDefinition");
	}
}

export class DefinitionMismatchError extends WaymarkError {
	readonly code = "DefinitionMismatch";
	constructor(
		readonly instanceId: string,
		readonly storedHash: string,
		readonly givenHash: string,
		readonly firstDifference: string,
	) {
		super(
			`Instance "${instanceId}" was started with definition ${storedHash.slice(0, 12)}, but the code has ` +
				`${givenHash.slice(0, 12)}: ${firstDifference}. Keep the old definition registered until its instances end, or start a new instance.`,
		);
	}
	static override is(error: unknown): error is DefinitionMismatchError {
		return hasCode(error, "DefinitionMismatch");
	}
}

export class InvalidInstanceIdError extends WaymarkError {
	readonly code = "InvalidInstanceId";
	constructor(readonly instanceId: string) {
		super(
			"An instance id has 1 to 200 characters out of A-Z a-z 0-9 . _ : @ - and no others. Choose such an id, for example order-42.",
		);
	}
	static override is(error: unknown): error is InvalidInstanceIdError {
		return hasCode(error, "InvalidInstanceId");
	}
}

/** An argument is out of range or of the wrong form. */
export class InvalidArgumentError extends WaymarkError {
	readonly code = "InvalidArgument";
	constructor(
		readonly argument: string,
		message: string,
	) {
		super(message);
	}
	static override is(error: unknown): error is InvalidArgumentError {
		return hasCode(error, "InvalidArgument");
	}
}

export class InstanceExistsError extends WaymarkError {
	readonly code = "InstanceExists";
	constructor(
		readonly instanceId: string,
		readonly status: string,
	) {
		super(
			`Instance "${instanceId}" exists already (${status}). Resume it, pass onConflict: "useExisting", or choose another id.`,
		);
	}
	static override is(error: unknown): error is InstanceExistsError {
		return hasCode(error, "InstanceExists");
	}
}

export class InstanceNotFoundError extends WaymarkError {
	readonly code = "InstanceNotFound";
	constructor(readonly instanceId: string) {
		super(`There is no instance "${instanceId}". Check the id, or start it first.`);
	}
	static override is(error: unknown): error is InstanceNotFoundError {
		return hasCode(error, "InstanceNotFound");
	}
}

/** A request came after the instance had ended. */
export class InstanceFinishedError extends WaymarkError {
	readonly code = "InstanceFinished";
	constructor(
		readonly instanceId: string,
		readonly status: "completed" | "failed" | "cancelled",
		readonly endedAt: number | null,
	) {
		super(
			`Instance "${instanceId}" is already ${status}${endedAt === null ? "" : ` (at ${new Date(endedAt).toISOString()})`}. ` +
				(status === "failed" ? "Retry it, or start a new instance." : "Start a new instance instead."),
		);
	}
	static override is(error: unknown): error is InstanceFinishedError {
		return hasCode(error, "InstanceFinished");
	}
}

export class ControlConflictError extends WaymarkError {
	readonly code = "ControlConflict";
	constructor(
		readonly instanceId: string,
		readonly because: string,
	) {
		super(`Instance "${instanceId}" cannot do that now: ${because}. Look at its state and decide again.`);
	}
	static override is(error: unknown): error is ControlConflictError {
		return hasCode(error, "ControlConflict");
	}
}

export class SignalKeyConflictError extends WaymarkError {
	readonly code = "SignalKeyConflict";
	constructor(
		readonly instanceId: string,
		readonly idempotencyKey: string,
	) {
		super(
			`Instance "${instanceId}" already has a signal with idempotency key "${idempotencyKey}" and another payload. Use a new key for a new message.`,
		);
	}
	static override is(error: unknown): error is SignalKeyConflictError {
		return hasCode(error, "SignalKeyConflict");
	}
}

export class UnknownWorkflowError extends WaymarkError {
	readonly code = "UnknownWorkflow";
	constructor(
		readonly workflow: string,
		readonly known: readonly string[],
	) {
		super(
			`No workflow "${workflow}" is known here. ${known.length === 0 ? "None is registered" : `Known: ${known.join(", ")}`}. Register it, or correct the name.`,
		);
	}
	static override is(error: unknown): error is UnknownWorkflowError {
		return hasCode(error, "UnknownWorkflow");
	}
}

/** A value cannot be stored without loss. `at` is the path of the offending field, such as `$.items[3].when`. */
export class NotSerializableError extends WaymarkError {
	readonly code = "NotSerializable";
	constructor(
		readonly at: string,
		readonly found: string,
	) {
		super(`${at} is ${found}, which the codec cannot store. Return plain JSON data instead.`);
	}
	static override is(error: unknown): error is NotSerializableError {
		return hasCode(error, "NotSerializable");
	}
}

export class PayloadTooLargeError extends WaymarkError {
	readonly code = "PayloadTooLarge";
	constructor(
		readonly size: number,
		readonly limit: number,
	) {
		super(`The value takes ${size} bytes; the limit is ${limit}. Store it elsewhere and pass a reference.`);
	}
	static override is(error: unknown): error is PayloadTooLargeError {
		return hasCode(error, "PayloadTooLarge");
	}
}

export class UnknownCodecError extends WaymarkError {
	readonly code = "UnknownCodec";
	constructor(readonly codec: string) {
		super(`A stored value was written with codec "${codec}", which is not configured here. Add that codec.`);
	}
	static override is(error: unknown): error is UnknownCodecError {
		return hasCode(error, "UnknownCodec");
	}
}

/** Throw it from a task to fail it at once, whatever its retry policy says. */
export class NonRetryableError extends WaymarkError {
	readonly code = "NonRetryable";
	static override is(error: unknown): error is NonRetryableError {
		return hasCode(error, "NonRetryable");
	}
}

export class TaskTimedOutError extends WaymarkError {
	readonly code = "TaskTimedOut";
	constructor(
		readonly path: string,
		readonly timeoutMs: number,
	) {
		super(`Task "${path}" timed out after ${timeoutMs} ms. Raise its timeout, or make it stop on ctx.signal sooner.`);
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

/** A value did not match the schema of the task or workflow. */
export class SchemaMismatchError extends WaymarkError {
	readonly code = "SchemaMismatch";
	constructor(
		readonly where: string,
		readonly issues: readonly string[],
	) {
		super(`${where} does not match its schema: ${issues.join("; ")}. Correct the value or the schema.`);
	}
	static override is(error: unknown): error is SchemaMismatchError {
		return hasCode(error, "SchemaMismatch");
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

export class ResultTimeoutError extends WaymarkError {
	readonly code = "ResultTimeout";
	constructor(
		readonly instanceId: string,
		readonly status: string,
		readonly timeoutMs: number,
	) {
		super(`Instance "${instanceId}" was still ${status} after ${timeoutMs} ms. Wait longer, or ask for its state.`);
	}
	static override is(error: unknown): error is ResultTimeoutError {
		return hasCode(error, "ResultTimeout");
	}
}

export class BackendClosedError extends WaymarkError {
	readonly code = "BackendClosed";
	constructor(readonly backend: string) {
		super(`The backend ${backend} is closed. Open a new one.`);
	}
	static override is(error: unknown): error is BackendClosedError {
		return hasCode(error, "BackendClosed");
	}
}

/** The database file or server cannot be used as it is. */
export class StoreUnusableError extends WaymarkError {
	readonly code = "StoreUnusable";
	constructor(
		readonly store: string,
		readonly because: string,
		options?: { readonly cause?: unknown },
	) {
		super(`${store} cannot be used: ${because}`, options);
	}
	static override is(error: unknown): error is StoreUnusableError {
		return hasCode(error, "StoreUnusable");
	}
}
