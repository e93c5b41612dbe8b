import { Validator } from "@cfworker/json-schema";
import type { JsonSchema } from "@waymark/engine/graph";

/** What is wrong with an input, by the place of the value (`#/to/city`; `#` is the whole). The server checks once more. */
export function inputProblems(schema: JsonSchema | null, input: unknown): ReadonlyMap<string, string> {
	if (schema === null) return new Map();
	const problems = new Map<string, string>();
	for (const { instanceLocation, keyword, error } of errorsOf(schema, input)) {
		// "A sub-schema does not match" only says that something else is said.
		if (keyword === "properties" || keyword === "$ref" || keyword === "items") continue;
		const missing = keyword === "required" ? /"([^"]+)"/.exec(error)?.[1] : undefined;
		const place = missing === undefined ? instanceLocation : `${instanceLocation}/${missing}`;
		if (!problems.has(place)) problems.set(place, missing === undefined ? error : "This must be given.");
	}
	return problems;
}

/** A schema that cannot be read finds nothing wrong: the form must not break on it. */
function errorsOf(schema: JsonSchema, input: unknown): ReturnType<Validator["validate"]>["errors"] {
	try {
		return new Validator(schema, "2020-12", false).validate(input).errors;
	} catch {
		return [];
	}
}
