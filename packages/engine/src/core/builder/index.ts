export { type DefinedTask, type TaskDefinition, task } from "./defined-task.ts";
export {
	type Bodies,
	type Body,
	type BodyOutput,
	FlowBuilder,
	type FlowOptions,
	flow,
	type LoopOptions,
	type LoopOutput,
	type RouteOutput,
} from "./flow.ts";
export { ForkBuilder, type JoinInput } from "./fork-builder.ts";
export { again, done, LoopResult } from "./loop-result.ts";
export type { OnFailure, Outcome, Settled, SignalOutcome } from "./outcome.ts";
export type { TaskContext, TaskLogger } from "./task-context.ts";
export type { TaskOptions, TaskSettings } from "./task-options.ts";
export type { TaskHandler, Workflow } from "./workflow.ts";
