import type { InstanceDelta, InstanceState } from "../../server/wire.ts";
import { mergeSnapshot } from "./merge-snapshot.ts";

export type Applied =
	| { readonly kind: "applied"; readonly state: InstanceState }
	/** Older than, or the same as, what is shown. */
	| { readonly kind: "known" }
	/** Something in between is missing: fetch the whole state. */
	| { readonly kind: "gap" };

/** Moves the state on by one delta. The version shown never goes back. */
export function applyDelta(state: InstanceState, delta: InstanceDelta): Applied {
	const shown = state.snapshot.instance;
	const next = delta.snapshot.instance;
	if (next.runId !== shown.runId) return { kind: "gap" };
	if (next.version <= shown.version) return { kind: "known" };
	if (delta.base > shown.version) return { kind: "gap" };
	const snapshot = mergeSnapshot(state.snapshot, delta.snapshot);
	return { kind: "applied", state: { ...state, now: snapshot.now, snapshot } };
}

/** The newer of what is shown and what was fetched; another run always replaces. */
export function newerState(shown: InstanceState | undefined, fetched: InstanceState): InstanceState {
	if (shown === undefined) return fetched;
	const before = shown.snapshot.instance;
	const after = fetched.snapshot.instance;
	if (before.runId === after.runId && after.version <= before.version) return shown;
	return fetched;
}
