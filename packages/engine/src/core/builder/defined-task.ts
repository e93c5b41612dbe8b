import type { OnFailure } from "./outcome.ts";
import type { TaskContext } from "./task-context.ts";
import type { TaskOptions } from "./task-options.ts";

const DEFINED = Symbol.for("waymark.definedTask");

/** What `task()` adds to a function. */
export interface TaskDefinition<Failure extends OnFailure = OnFailure> {
	readonly taskId: string;
	readonly options: TaskOptions<never, unknown, Failure>;
}

/**
 * A task defined once and used in any number of flows with `.task(defined)`. It is the function itself, so that a unit
 * test calls it directly; its options only count inside a workflow.
 */
export type DefinedTask<Code, Failure extends OnFailure = OnFailure> = Code &
	TaskDefinition<Failure> & {
		/** The same task under another id, for a scope that has it already. */
		as(id: string): DefinedTask<Code, Failure>;
	};

/** Defines a task: its id, its function (sync or async) and how it wants to be run. */
export function task<
	Input = never,
	Code extends (input: Input, context: TaskContext) => unknown = (input: Input, context: TaskContext) => unknown,
	Failure extends OnFailure = "fail",
>(
	id: string,
	fn: Code,
	options?: TaskOptions<Input, Awaited<ReturnType<NoInfer<Code>>>, Failure>,
): DefinedTask<Code, Failure> {
	const call = (input: Input, context: TaskContext): unknown => fn(input, context);
	const defined = Object.assign(call, {
		[DEFINED]: true,
		taskId: id,
		options: Object.freeze({ ...options }),
		as: (other: string) => task<Input, Code, Failure>(other, fn, options),
	});
	return defined as unknown as DefinedTask<Code, Failure>;
}

export function isDefinedTask(value: unknown): value is TaskDefinition {
	return typeof value === "function" && DEFINED in value;
}
