/**
 * A reference to a recorded value: where its bytes lie, and what is wrapped around them. Bytes are stored once,
 * by the row that produced them; everything that hands a value on hands on a reference, so that a delay, a
 * route, a loop or a signal never copies a payload, and the interpreter never needs to decode one.
 *
 *   ref     = { wrapper "|" } source
 *   source  = "~input"            the instance's input
 *           | "~signal:" id       a signal's payload
 *           | "~join:" fork path  the record of the branches' last outputs
 *           | "~none"             no bytes at all (a signal that timed out)
 *           | node path           the checkpoint at that path
 *   wrapper = "case:" key         { case, value }
 *           | "again" | "done"    the loop verdicts
 *           | "received"          { received: true, payload }
 *           | "timeout"           { received: false }
 *           | "ok" | "error"      { ok: true, value } | { ok: false, error }
 *
 * Neither `|` nor `~` can occur in a node path (see path.ts).
 */
export type ValueRef = string & { readonly __valueRef?: never };

export const INPUT_REF: ValueRef = "~input";
export const NONE_REF: ValueRef = "~none";
const SIGNAL = "~signal:";
const JOIN = "~join:";

export type Wrapper =
	| { readonly kind: "case"; readonly key: string }
	| { readonly kind: "again" | "done" | "received" | "timeout" | "ok" | "error" };

export type ValueSource =
	| { readonly kind: "input" }
	| { readonly kind: "none" }
	| { readonly kind: "signal"; readonly signalId: string }
	| { readonly kind: "join"; readonly forkPath: string }
	| { readonly kind: "checkpoint"; readonly path: string };

export function signalRef(signalId: string): ValueRef {
	return SIGNAL + signalId;
}

export function joinRef(forkPath: string): ValueRef {
	return JOIN + forkPath;
}

export function wrap(wrapper: Wrapper, ref: ValueRef): ValueRef {
	return `${wrapper.kind === "case" ? `case:${wrapper.key}` : wrapper.kind}|${ref}`;
}

/** The outermost wrapper and what it is around; null when the reference is a bare source. */
export function unwrap(ref: ValueRef): { readonly wrapper: Wrapper; readonly inner: ValueRef } | null {
	const bar = ref.indexOf("|");
	if (bar < 0) return null;
	const head = ref.slice(0, bar);
	const inner = ref.slice(bar + 1);
	if (head.startsWith("case:")) return { wrapper: { kind: "case", key: head.slice(5) }, inner };
	return { wrapper: { kind: head as Exclude<Wrapper["kind"], "case"> }, inner };
}

/** The source below all wrappers. */
export function sourceOf(ref: ValueRef): ValueSource {
	const source = ref.slice(ref.lastIndexOf("|") + 1);
	if (source === INPUT_REF) return { kind: "input" };
	if (source === NONE_REF) return { kind: "none" };
	if (source.startsWith(SIGNAL)) return { kind: "signal", signalId: source.slice(SIGNAL.length) };
	if (source.startsWith(JOIN)) return { kind: "join", forkPath: source.slice(JOIN.length) };
	return { kind: "checkpoint", path: source };
}
