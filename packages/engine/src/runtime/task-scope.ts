import { AsyncLocalStorage } from "node:async_hooks";
import type { TaskContext } from "../core/builder/task-context.ts";

const scope = new AsyncLocalStorage<TaskContext>();

/** The context of the task that is running here, however deep below it; null outside of tasks. */
export function getTaskContext(): TaskContext | null {
	return scope.getStore() ?? null;
}

export function runInTask<T>(context: TaskContext, body: () => T): T {
	return scope.run(context, body);
}
