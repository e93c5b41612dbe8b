import type { SqlValue } from "./sql.ts";

/** A piece of a statement with the values that it binds, in order. */
export interface SqlText {
	readonly text: string;
	readonly values: readonly SqlValue[];
}

/** A statement of pieces: values in the holes are bound, other pieces become part of it. */
export function sqlText(parts: TemplateStringsArray, ...holes: readonly (SqlValue | SqlText)[]): SqlText {
	let text = parts[0] ?? "";
	const values: SqlValue[] = [];
	holes.forEach((hole, at) => {
		if (isText(hole)) {
			text += hole.text;
			values.push(...hole.values);
		} else {
			text += "?";
			values.push(hole);
		}
		text += parts[at + 1] ?? "";
	});
	return { text, values };
}

/** A word of ours. Never anything from outside. */
export function word(text: string): SqlText {
	return { text, values: [] };
}

/** A number as part of the text: planners judge a LIMIT that they can read. */
export function literal(count: number): SqlText {
	return word(String(Math.trunc(count)));
}

export function joined(pieces: readonly SqlText[], between: string): SqlText {
	return { text: pieces.map(({ text }) => text).join(between), values: pieces.flatMap(({ values }) => values) };
}

/** All of the conditions that are there; `TRUE` of none. */
export function allOf(conditions: readonly (SqlText | null)[]): SqlText {
	const given = conditions.filter((condition) => condition !== null);
	return given.length === 0 ? word("1 = 1") : joined(given, " AND ");
}

function isText(hole: SqlValue | SqlText): hole is SqlText {
	return typeof hole === "object" && hole !== null && "text" in hole;
}
