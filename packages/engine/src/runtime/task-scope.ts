import { AsyncLocalStorage } from "node:async_hooks";
import type { TaskContext } from "../core/builder/task-context.ts";
import type { TaskHandler } from "../core/builder/workflow.ts";

const scope = new AsyncLocalStorage<TaskContext>();

/** The context of the task that is running here, however deep below it; null outside of tasks. */
export function getTaskContext(): TaskContext | null {
	return scope.getStore() ?? null;
}

/** Calls user code in its context. */
export function runInTask(context: TaskContext, handler: TaskHandler, input: unknown): unknown {
	return scope.run(context, call, handler, input, context);
}

function call(handler: TaskHandler, input: unknown, context: TaskContext): unknown {
	return handler.run(input, context);
}
