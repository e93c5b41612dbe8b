import type { ValueRef } from "../value-ref.ts";

/** A node to open, as data: backends store it without knowing what kind of continuation it is. Times are relative: the database's clock adds its own now. */
export interface OpenSpec {
	readonly path: string;
	readonly state: "ready" | "waiting" | "awaiting_signal" | "joining";
	readonly input: ValueRef;
	/** Delay of `waiting`, timeout of `awaiting_signal`; null: none. Always null for `ready` and `joining`. */
	readonly dueInMs: number | null;
	/** Name of the awaited signal, for `awaiting_signal` only. */
	readonly signal: string | null;
	/** Number of branches, for `joining` only; else 0. */
	readonly remaining: number;
	readonly priority: number;
	readonly tags: readonly string[];
}
