import { HIDDEN_MARK } from "./mark.ts";
import type { IsSecret } from "./secret-names.ts";

/** Within a string that was hidden in part: `user:••••@host`, `password=••••`, `"password":"••••"`. */
const IN_PART = new RegExp(`[:=] ?\\\\*["'\`]?${HIDDEN_MARK}(?:@|$|[&;,"'\`\\\\])`);

/**
 * The key of a value that was copied from where it was hidden, so that the dots are about to be taken for it; null: none.
 * Four dots elsewhere, as of a card's number, are a value like any other.
 */
export function markedKey(value: unknown, isSecret: IsSecret, key = ""): string | null {
	if (typeof value === "string") {
		return (value === HIDDEN_MARK && isSecret(key)) || IN_PART.test(value) ? key : null;
	}
	if (typeof value !== "object" || value === null) return null;
	const entries = Array.isArray(value) ? value.map((item) => [key, item] as const) : Object.entries(value);
	for (const [name, inside] of entries) {
		const found = markedKey(inside, isSecret, name);
		if (found !== null) return found;
	}
	return null;
}
