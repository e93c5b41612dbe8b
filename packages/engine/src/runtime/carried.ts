import type { Grant } from "../backend/commands.ts";
import type { StoredValue } from "../core/stored-value.ts";
import { sourceOf } from "../core/value-ref.ts";
import type { Performed } from "./performed.ts";
import { bareRef, type Carried } from "./read-value.ts";

/** What one node hands on: its output, and its input where that was at hand. A Map of two would cost more than its step. */
class HandedOn implements Carried {
	constructor(
		readonly input: string,
		readonly given: StoredValue | undefined,
		readonly output: string,
		readonly made: StoredValue | undefined,
	) {}

	get(bare: string): StoredValue | undefined {
		if (bare === this.output && this.made !== undefined) return this.made;
		return bare === this.input ? this.given : undefined;
	}
}

export const NOTHING_CARRIED: Carried = new HandedOn("", undefined, "", undefined);

/** The bytes that the next node is likely to want: this node's own, and its input where that is only handed on. */
export function carriedOn(grant: Grant, before: Carried, performed: Performed): Carried {
	const input = bareRef(grant.input);
	const given = before.get(input);
	if (performed.kind !== "done") return new HandedOn(input, given, "", undefined);
	// What a wait hands on is a signal's payload, which has come with it or must be read.
	const output = bareRef(performed.output);
	const isOwn = sourceOf(performed.output).kind === "checkpoint";
	return new HandedOn(input, given, output, isOwn ? (performed.value ?? undefined) : before.get(output));
}
