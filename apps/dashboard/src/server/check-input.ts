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
	const { valid, errors } = new Validator(schema, "2020-12", false).validate(input);
	if (valid) return;
	const told = errors.slice(0, MAX_TOLD).map(({ instanceLocation, error }) => `${instanceLocation} ${error}`);
	throw new ApiError("BadRequest", `The input does not fit the workflow's schema: ${told.join(" ")} Correct it.`);
}
