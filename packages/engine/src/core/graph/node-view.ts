import type { RecordedError } from "../recorded-error.ts";
import type { ContinuationKind } from "./continuation.ts";

/** What people see of a node. `skipped` is derived: a case that was not chosen. */
export type NodeState =
	| "pending"
	| "ready"
	| "running"
	| "retrying"
	| "waiting"
	| "awaiting_signal"
	| "completed"
	| "failed"
	| "cancelled"
	| "skipped";

/** One node of the plan with the live path on it: what a card, an outline row or the inspector shows. */
export interface NodeView {
	/** Definition path: the identity of the node in the plan. Joins and route keys have views of their own (a route's key: the route itself). */
	readonly key: string;
	/** The path in the run that the other fields speak of (the shown iteration of each loop around it). */
	readonly path: string;
	readonly kind: ContinuationKind | "join";
	readonly state: NodeState;
	/** 1-based attempt that runs, comes next, or was the last; 0 before anything happened. */
	readonly attempt: number;
	/** Null for nodes that run no code. */
	readonly maxAttempts: number | null;
	/** Next attempt (retrying), wake-up (waiting) or timeout (awaiting_signal); else null. */
	readonly dueAt: number | null;
	/** Running since, or began. */
	readonly startedAt: number | null;
	readonly finishedAt: number | null;
	readonly worker: string | null;
	/** Name of the awaited signal. */
	readonly signal: string | null;
	/** The last failed attempt's error. */
	readonly error: RecordedError | null;
	/** Routes: the chosen case. */
	readonly chosen: string | null;
	/** Joins: branches that have ended, of how many. */
	readonly branches: { readonly ended: number; readonly total: number } | null;
	/** Loops: the iteration shown and how many were begun. */
	readonly iterations: { readonly shown: number; readonly begun: number; readonly max: number } | null;
}
