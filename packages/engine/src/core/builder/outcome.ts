import type { RecordedError } from "../recorded-error.ts";

/** A result or a failure as data: what `onFailure: "value"` yields, and each branch under `settle: "all"`. */
export type Outcome<Value> =
	| { readonly ok: true; readonly value: Value }
	| { readonly ok: false; readonly error: RecordedError };

/** What a wait with a timeout yields. */
export type SignalOutcome<Payload> =
	| { readonly received: true; readonly payload: Payload }
	| { readonly received: false };

/** What happens when the last attempt has failed: fail the instance, or hand the failure on as data. */
export type OnFailure = "fail" | "value";

/** A task's output as its successor sees it. */
export type Settled<Value, Failure extends OnFailure> = Failure extends "value" ? Outcome<Value> : Value;
