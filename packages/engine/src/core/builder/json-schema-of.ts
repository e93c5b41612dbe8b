import type { StandardJSONSchemaV1, StandardSchemaV1 } from "@standard-schema/spec";
import type { JsonSchema } from "../graph/continuation.ts";
import { LIMITS } from "../limits.ts";

/**
 * The schema of what goes in, as JSON Schema, where the library can tell it (Standard JSON Schema); null where it
 * cannot, where the schema has parts that JSON Schema has no words for, or where it is too large to be stored with
 * every version of the workflow. A schema that cannot be told still checks: only the form is missing.
 */
export function jsonSchemaOf(schema: StandardSchemaV1): JsonSchema | null {
	const { jsonSchema } = schema["~standard"] as Partial<StandardJSONSchemaV1.Props>;
	if (typeof jsonSchema?.input !== "function") return null;
	try {
		const text = JSON.stringify(jsonSchema.input({ target: "draft-2020-12" }));
		if (text.length > LIMITS.schemaLength) return null;
		// Through text and back: what is stored is data of our own, whatever the library handed out.
		const told: unknown = JSON.parse(text);
		return typeof told === "object" && told !== null && !Array.isArray(told) ? (told as JsonSchema) : null;
	} catch {
		return null;
	}
}
