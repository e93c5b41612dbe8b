import { Validator } from "@cfworker/json-schema";
import type { JsonSchema } from "@waymark/engine/graph";
import { ApiError } from "./api-error.ts";

const MAX_TOLD = 5;

/**
 * Refuses an input that the workflow's stored schema does not allow. The validator interprets the schema; nothing that
 * is stored is ever compiled to code.
 */
export function checkInput(schema: JsonSchema | undefined, input: unknown): void {
	if (schema === undefined) return;
	const result = validate(schema, input);
	if (result === null || result.valid) return;
	const { errors } = result;
	const told = errors.slice(0, MAX_TOLD).map(({ instanceLocation, error }) => `${instanceLocation} ${error}`);
	throw new ApiError("BadRequest", `The input does not fit the workflow's schema: ${told.join(" ")} Correct it.`);
}

/** Null: the schema itself cannot be read (a reference that leads nowhere, say). That is no fault of the input. */
function validate(schema: JsonSchema, input: unknown): ReturnType<Validator["validate"]> | null {
	try {
		return new Validator(schema, "2020-12", false).validate(input);
	} catch {
		return null;
	}
}
