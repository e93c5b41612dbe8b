export {
	type ClientOptions,
	type ControlAnswer,
	type InstanceDescription,
	type RequestOptions,
	type SignalOptions,
	WorkflowClient,
} from "./client.ts";
export type { InstanceState, WaitingNode } from "./instance-state.ts";
export { readValue, type ValueOrigin } from "./read-value.ts";
export type { AnyWorkflow } from "./registry.ts";
export { CheckpointingRunner, type RunnerOptions } from "./runner.ts";
export type { StartOptions } from "./start-instance.ts";
export { type StopOnSignalsOptions, stopOnSignals } from "./stop-on-signals.ts";
export { systemClock, systemIds, systemTimers } from "./system.ts";
export { getTaskContext } from "./task-scope.ts";
export { PooledWorker } from "./worker.ts";
export type { WorkerOptions } from "./worker-options.ts";
