import { randomUUID } from "node:crypto";
import { WaymarkError, type WaymarkErrorCode } from "@waymark/engine";
import type { InstanceRecord } from "@waymark/engine/backend";
import { redactText } from "../redaction/redact-text.ts";
import { SECRET_NAMES, secretTest } from "../redaction/secret-names.ts";
import type { ApiErrorBody, ApiErrorCode } from "./wire.ts";

const STATUS: Readonly<Record<ApiErrorCode, number>> = {
	BadRequest: 400,
	InvalidInstanceId: 400,
	InstanceNotFound: 404,
	UnknownWorkflow: 404,
	JobNotFound: 404,
	ConfirmationNeeded: 400,
	ValueNotFound: 404,
	InstanceFinished: 409,
	InstanceExists: 409,
	ControlConflict: 409,
	SignalKeyConflict: 409,
	Forbidden: 403,
	ReadOnly: 403,
	SignedOut: 401,
	WrongToken: 401,
	TooManyAttempts: 429,
	MethodNotAllowed: 405,
	PayloadTooLarge: 413,
	UnsupportedMediaType: 415,
	MisdirectedRequest: 421,
	TooManyStreams: 503,
	StoreUnavailable: 503,
	NotImplemented: 501,
	Internal: 500,
};

/** A refusal that a route answers with. The message ends with the way out. */
export class ApiError extends Error {
	constructor(
		readonly code: ApiErrorCode,
		message: string,
		readonly instance?: InstanceRecord,
		readonly reference?: string,
	) {
		super(message);
		this.name = "ApiError";
	}

	get status(): number {
		return STATUS[this.code];
	}

	body(): ApiErrorBody {
		const { code, message, instance, reference } = this;
		return {
			error: {
				code,
				message,
				...(instance === undefined ? {} : { instance }),
				...(reference === undefined ? {} : { reference }),
			},
		};
	}
}

const FROM_ENGINE: Partial<Record<WaymarkErrorCode, ApiErrorCode>> = {
	InvalidInstanceId: "InvalidInstanceId",
	InvalidArgument: "BadRequest",
	NotSerializable: "BadRequest",
	SchemaMismatch: "BadRequest",
	InstanceExists: "InstanceExists",
	InstanceNotFound: "InstanceNotFound",
	InstanceFinished: "InstanceFinished",
	ControlConflict: "ControlConflict",
	SignalKeyConflict: "SignalKeyConflict",
	UnknownWorkflow: "UnknownWorkflow",
	PayloadTooLarge: "PayloadTooLarge",
	BackendClosed: "StoreUnavailable",
	StoreUnusable: "StoreUnavailable",
};

const IS_SECRET = secretTest(SECRET_NAMES);

/** What a route says of anything that was thrown. Unknown errors are written to the log and not shown. */
export function toApiError(error: unknown): ApiError {
	if (error instanceof ApiError) return error;
	if (WaymarkError.is(error)) {
		const code = FROM_ENGINE[error.code];
		if (code !== undefined) return new ApiError(code, error.message);
	}
	// In a log nobody is asked who they are.
	const told = redactText(error instanceof Error ? (error.stack ?? error.message) : "unknown failure", IS_SECRET);
	const reference = randomUUID().slice(0, 8);
	process.stderr.write(`dashboard: ${reference} ${told}\n`);
	return new ApiError(
		"Internal",
		"The dashboard could not do that. Try again; its log says more.",
		undefined,
		reference,
	);
}
