import type { Behaviour } from "./plan.ts";
import { hashOf } from "./random.ts";

/** What one attempt of a planned task comes to, timing aside: pure, for the real task and the model alike. */
export type AttemptResult =
	| { readonly kind: "value"; readonly value: unknown }
	| { readonly kind: "verdict"; readonly verdict: "again" | "done"; readonly value: unknown }
	| { readonly kind: "failure"; readonly retryable: boolean };

export function attemptResult(
	does: Behaviour,
	path: string,
	input: unknown,
	attempt: number,
	iteration: number | null,
): AttemptResult {
	const value = digest(path, input);
	switch (does.kind) {
		case "ok":
		case "slow":
		case "hangs":
		case "kills":
			return { kind: "value", value };
		case "failsFirst":
			return attempt <= does.times ? { kind: "failure", retryable: true } : { kind: "value", value };
		case "fails":
		case "throwsOdd":
			return { kind: "failure", retryable: true };
		case "fatal":
		case "unstorable":
			return { kind: "failure", retryable: false };
		case "verdict":
			return { kind: "verdict", verdict: (iteration ?? 0) + 1 < does.rounds ? "again" : "done", value };
		case "key":
			return does.nowhere
				? { kind: "failure", retryable: false }
				: { kind: "value", value: does.cases[value % does.cases.length] };
	}
}

/** A number that depends on every part of the input: a node given anything else answers something else. */
export function digest(path: string, input: unknown): number {
	return hashOf(path + comparable(input));
}

/** A value as text, with the errors in it reduced to the fact: what they say depends on where they were thrown. */
export function comparable(value: unknown): string {
	return JSON.stringify(value, (_, part: unknown) => {
		const isFailure = typeof part === "object" && part !== null && "ok" in part && part.ok === false;
		return isFailure ? { ok: false } : part;
	});
}
