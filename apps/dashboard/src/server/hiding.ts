import { currentGate } from "../http-server/gate.ts";
import { markedKey } from "../redaction/marked-input.ts";
import { redactAnswer } from "../redaction/redact-value.ts";
import { type IsSecret, SECRET_NAMES, secretTest } from "../redaction/secret-names.ts";
import { ApiError } from "./api-error.ts";

let made: { readonly of: readonly string[]; readonly test: IsSecret } | null = null;

/** What keys end with whose values this dashboard hides; null: it hides nothing. */
export function hiddenNames(): readonly string[] | null {
	const { hides } = currentGate();
	return hides === null ? null : [...SECRET_NAMES, ...hides];
}

/** Null: nothing is hidden. */
export function secretNames(): IsSecret | null {
	const { hides } = currentGate();
	if (hides === null) return null;
	if (made?.of !== hides) made = { of: hides, test: secretTest([...SECRET_NAMES, ...hides]) };
	return made.test;
}

/** An answer as it may leave the server. Every route, every page and every stream goes through here. */
export function withoutSecrets<T>(answer: T): T {
	const isSecret = secretNames();
	return isSecret === null ? answer : redactAnswer(answer, isSecret);
}

/** Dots that were copied from where they stood for a secret are nobody's password. */
export function requireNoMarks(value: unknown): void {
	const isSecret = secretNames();
	const key = isSecret === null ? null : markedKey(value, isSecret);
	if (key === null) return;
	const shown = key.length > 80 ? `${key.slice(0, 80)}…` : key;
	throw new ApiError("BadRequest", `"${shown}" was hidden where it was copied, and holds dots. Write its value.`);
}
