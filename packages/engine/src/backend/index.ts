/** `@waymark/engine/backend`: the contract, and the pure decisions that every backend shares. */
export type { Clock } from "../core/clock.ts";
export { AVOID_MS, byClaimRank, DEFAULT_AGING_MS, PRIORITIES } from "../core/dispatch.ts";
export {
	BackendClosedError,
	InvalidArgumentError,
	InvalidInstanceIdError,
	StoreUnusableError,
} from "../core/errors.ts";
export type { Ids } from "../core/ids.ts";
export { claimers, isServed } from "../core/instance/served.ts";
export {
	type ControlDecision,
	type ControlState,
	decideCancel,
	decideDrained,
	decidePause,
	decideRetry,
	decideRetryNow,
	decideReveal,
	decideUnpause,
	INSTANCE_STATUSES,
	type InstanceControl,
	type InstanceStatus,
	isTerminal,
	liveStatus,
	mayGrant,
	type OpenState,
	type TerminalStatus,
} from "../core/instance/status.ts";
export { isInstanceId, isName, LIMITS } from "../core/limits.ts";
export type { ValueRef, ValueSource } from "../core/value-ref.ts";
export type * from "./commands.ts";
export type * from "./contract.ts";
export * from "./list-query.ts";
export type * from "./overview.ts";
export { checkBuckets, checkPageLimit, cursorAt, parseCursor } from "./page-limit.ts";
export { percentile } from "./percentile.ts";
export type * from "./rows.ts";
