/** What went wrong. */
import type { InstanceRecord } from "@waymark/engine/backend";

export type ApiErrorCode =
	| "BadRequest"
	| "InvalidInstanceId"
	| "InstanceNotFound"
	| "UnknownWorkflow"
	| "JobNotFound"
	| "ConfirmationNeeded"
	| "ValueNotFound"
	| "InstanceFinished"
	| "InstanceExists"
	| "ControlConflict"
	| "SignalKeyConflict"
	| "Forbidden"
	| "ReadOnly"
	| "SignedOut"
	| "WrongToken"
	| "TooManyAttempts"
	| "MethodNotAllowed"
	| "PayloadTooLarge"
	| "UnsupportedMediaType"
	| "MisdirectedRequest"
	| "TooManyStreams"
	| "StoreUnavailable"
	| "NotImplemented"
	| "Internal";

/** Body of every answer that is not 2xx. `message` ends with the way out. */
export interface ApiErrorBody {
	readonly error: {
		readonly code: ApiErrorCode;
		readonly message: string;
		/** What the instance is now, when the request came too late for it. */
		readonly instance?: InstanceRecord;
		/** Under which the server's log says what happened; only of what was not foreseen. */
		readonly reference?: string;
	};
}
