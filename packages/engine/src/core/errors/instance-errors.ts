import { hasCode, WaymarkError } from "./waymark-error.ts";

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
