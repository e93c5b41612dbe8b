import { hasCode, WaymarkError } from "./waymark-error.ts";

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
