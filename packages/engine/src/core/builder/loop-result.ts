const BRAND = Symbol.for("waymark.loopResult");

/**
 * What a loop's body must end in. Not JSON: the driver unwraps it before the value is stored.
 * `Again` is the next iteration's input, `Done` the loop's output.
 */
export class LoopResult<Again, Done> {
	/** Types only; never set. */
	declare readonly "~types"?: { readonly again: Again; readonly done: Done };
	readonly verdict: "again" | "done";
	readonly value: Again | Done;

	constructor(verdict: "again" | "done", value: Again | Done) {
		this.verdict = verdict;
		this.value = value;
	}

	/** Holds across two copies of the package, unlike `instanceof`. */
	static is(value: unknown): value is LoopResult<unknown, unknown> {
		return typeof value === "object" && value !== null && BRAND in value;
	}

	get [BRAND](): true {
		return true;
	}
}

/** Go round once more with this value. */
export function again<Value>(value: Value): LoopResult<Value, never> {
	return new LoopResult<Value, never>("again", value);
}

/** Leave the loop with this value. */
export function done<Value>(value: Value): LoopResult<never, Value> {
	return new LoopResult<never, Value>("done", value);
}
