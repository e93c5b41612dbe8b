/** `@waymark/engine/graph`: what a browser may import. Pure data and pure functions; no Node built-ins. */
export type * from "./core/graph/continuation.ts";
export {
	type GraphEntry,
	type GraphIndex,
	indexGraph,
	isPlanned,
	type ScopeOwner,
	walkGraph,
} from "./core/graph/index-graph.ts";
export type { NodeState, NodeView } from "./core/graph/node-view.ts";
export * from "./core/graph/path.ts";
export { nodeViews } from "./core/instance/node-views.ts";
export {
	INSTANCE_STATUSES,
	type InstanceControl,
	type InstanceStatus,
	isTerminal,
	type OpenState,
} from "./core/instance/status.ts";
export { type ExecutionPosition, inputOf, position } from "./core/interpreter/position.ts";
export { branchEnds } from "./core/interpreter/step.ts";
export { INPUT_REF, joinRef, sourceOf, unwrap, type ValueRef, type Wrapper } from "./core/value-ref.ts";
