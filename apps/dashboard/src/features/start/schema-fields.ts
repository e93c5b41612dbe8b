import type { JsonSchema } from "@waymark/engine/graph";

/** One question of the form. What a form cannot ask is asked as JSON. */
export type SchemaField = {
	/** Key in its object. */
	readonly name: string;
	readonly label: string;
	readonly hint: string | null;
	readonly isRequired: boolean;
	readonly initial: unknown;
} & (
	| { readonly kind: "text"; readonly isLong: boolean }
	| { readonly kind: "number"; readonly isWhole: boolean }
	| { readonly kind: "yes_no" }
	| { readonly kind: "choice"; readonly options: readonly (string | number | boolean | null)[] }
	| { readonly kind: "group"; readonly fields: readonly SchemaField[] }
	| { readonly kind: "json" }
);

/** Deeper objects are asked as JSON: a form of forms helps nobody. */
const MAX_DEPTH = 3;
const MAX_OPTIONS = 50;
const LONG_TEXT = 120;

/** The fields of an object's schema; null where the input is no object, and so is asked as JSON as a whole. */
export function schemaFields(schema: JsonSchema): readonly SchemaField[] | null {
	return fieldsOf(schema, schema, 0);
}

function fieldsOf(schema: JsonSchema, root: JsonSchema, depth: number): readonly SchemaField[] | null {
	const { type, properties, required } = schema;
	if (type !== "object" || !isSchema(properties) || Object.keys(properties).length === 0) return null;
	const needed = Array.isArray(required) ? required : [];
	return Object.entries(properties).map(([name, given]) => {
		const property = isSchema(given) ? resolve(given, root) : {};
		return { ...headOf(name, property, needed.includes(name)), ...kindOf(property, root, depth) };
	});
}

function headOf(name: string, property: JsonSchema, isRequired: boolean) {
	const { title, description, default: initial } = property;
	return {
		name,
		label: typeof title === "string" && title !== "" ? title : name,
		hint: typeof description === "string" ? description : null,
		isRequired,
		initial: initial ?? property.const,
	};
}

type Kind = SchemaField extends infer Field
	? Field extends SchemaField
		? Omit<Field, keyof ReturnType<typeof headOf>>
		: never
	: never;

function kindOf(property: JsonSchema, root: JsonSchema, depth: number): Kind {
	const options = property.enum ?? (property.const === undefined ? undefined : [property.const]);
	if (Array.isArray(options) && options.length <= MAX_OPTIONS && options.every(isLeaf))
		return { kind: "choice", options };
	switch (property.type) {
		case "string":
			return { kind: "text", isLong: typeof property.maxLength === "number" && property.maxLength > LONG_TEXT };
		case "number":
		case "integer":
			return { kind: "number", isWhole: property.type === "integer" };
		case "boolean":
			return { kind: "yes_no" };
		case "object": {
			const fields = depth + 1 < MAX_DEPTH ? fieldsOf(property, root, depth + 1) : null;
			return fields === null ? { kind: "json" } : { kind: "group", fields };
		}
		default:
			return { kind: "json" };
	}
}

/** Follows a reference within the schema, once: what refers to itself is asked as JSON. */
function resolve(schema: JsonSchema, root: JsonSchema): JsonSchema {
	const { $ref } = schema;
	const [, place, name] = typeof $ref === "string" ? (/^#\/(\$defs|definitions)\/([^/]+)$/.exec($ref) ?? []) : [];
	if (place === undefined || name === undefined) return schema;
	const definitions = root[place];
	const target = isSchema(definitions) && Object.hasOwn(definitions, name) ? definitions[name] : undefined;
	return isSchema(target) && target.$ref === undefined ? { ...target, ...schema, $ref: undefined } : schema;
}

function isSchema(value: unknown): value is JsonSchema {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isLeaf(value: unknown): value is string | number | boolean | null {
	return value === null || typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}

/** What the form begins with: the defaults, and nothing for the rest. */
export function initialInput(fields: readonly SchemaField[]): Readonly<Record<string, unknown>> {
	return Object.fromEntries(
		fields.flatMap((field): readonly (readonly [string, unknown])[] => {
			if (field.kind === "group") {
				const inner = initialInput(field.fields);
				return field.isRequired || Object.keys(inner).length > 0 ? [[field.name, inner]] : [];
			}
			if (field.initial !== undefined) return [[field.name, field.initial]];
			return field.kind === "yes_no" && field.isRequired ? [[field.name, false]] : [];
		}),
	);
}
