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

export function hasCode(error: unknown, code: WaymarkErrorCode): boolean {
	return WaymarkError.is(error) && error.code === code;
}
