import type { TaskLogger } from "../core/builder/task-context.ts";
import type { Clock, Timers } from "../core/clock.ts";
import type { Codec } from "../core/codec/codec.ts";
import type { Duration } from "../core/duration.ts";
import type { Ids } from "../core/ids.ts";
import type { AnyWorkflow } from "./registry.ts";

export interface WorkerOptions {
	/** Workflows that this process has code for; instances of others are left to others. */
	readonly workflows: readonly AnyWorkflow[];
	/** Nodes performed at the same time; 1 to 10,000, default 10. */
	readonly slots?: number;
	/** For people; default host and process id. Never used to fence. */
	readonly name?: string;
	/** Of the application, for people: which of several deployments this is. */
	readonly version?: string;
	/** Tags served; a task with tags runs only where all of them are. */
	readonly tags?: readonly string[];
	/** Wait that makes up for one step of priority, so that low priorities do not starve; 1 ms to 1 day, default 1 min. */
	readonly aging?: Duration;
	/** How long leases live without a heartbeat; 1 s to 1 h, default 15 s. */
	readonly lease?: Duration;
	/** Safety net behind hints and timers; 10 ms to 1 h, default 5 s. Up to six times that while nothing happens. */
	readonly poll?: Duration;
	/** How long a task that was told to stop by a cancel is waited for; default 30 s. */
	readonly cancelGrace?: Duration;
	readonly codecs?: readonly Codec[];
	readonly log?: TaskLogger;
	readonly clock?: Clock;
	readonly timers?: Timers;
	readonly ids?: Ids;
	/** [0, 1), for backoff jitter. */
	readonly random?: () => number;
}
