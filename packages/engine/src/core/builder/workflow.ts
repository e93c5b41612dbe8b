import type { StandardSchemaV1 } from "@standard-schema/spec";
import type { TaskPolicy, WorkflowGraph } from "../graph/continuation.ts";
import type { TaskContext } from "./task-context.ts";

/** User code of one task, join or route key, with what it wants from its driver. */
export interface TaskHandler {
	readonly policy: TaskPolicy;
	readonly inputSchema: StandardSchemaV1 | null;
	readonly outputSchema: StandardSchemaV1 | null;
	run(input: unknown, context: TaskContext): unknown;
}

/**
 * A built workflow: the graph as data, and the functions by definition path. Immutable.
 * Without type arguments it is any workflow: `never` because a workflow takes its input, and does not yield it.
 */
export interface Workflow<Input = never, Output = unknown> {
	readonly name: string;
	readonly graph: WorkflowGraph;
	/** SHA-256 (hex) over the graph's canonical shape. */
	readonly definitionHash: string;
	/** Plan nodes: tasks, joins, route keys, delays and awaits, each counted once wherever it stands. */
	readonly plannedNodes: number;
	/** By definition path: tasks at their own, joins at the join's, route keys at `<route>.key`. */
	readonly handlers: ReadonlyMap<string, TaskHandler>;
	readonly inputSchema: StandardSchemaV1 | null;
	/** Types only; never set. */
	readonly _types?: { readonly input: (input: Input) => void; readonly output: Output };
}
