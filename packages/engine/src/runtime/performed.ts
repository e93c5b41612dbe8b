import type { TaskLogger } from "../core/builder/task-context.ts";
import type { Workflow } from "../core/builder/workflow.ts";
import type { Clock, Timers } from "../core/clock.ts";
import type { Codecs } from "../core/codec/codec.ts";
import type { RecordedError } from "../core/recorded-error.ts";
import type { StoredValue } from "../core/stored-value.ts";
import type { ValueRef } from "../core/value-ref.ts";
import type { MaybeLater } from "./maybe-later.ts";

/** How one attempt ended, before anybody decided what follows from it. */
export type Performed = {
	readonly startedAt: number;
	readonly finishedAt: number;
	/** Resolves when user code that ignored its abort has ended; null if nothing is left running. */
	readonly lingering: Promise<void> | null;
} & (
	| { readonly kind: "done"; readonly output: ValueRef; readonly value: StoredValue | null }
	| {
			readonly kind: "failed";
			readonly outcome: "failed" | "timed_out" | "lost";
			readonly error: RecordedError;
			readonly retryable: boolean;
	  }
	/** Told to stop: by a cancel, or because the lease is gone. */
	| { readonly kind: "aborted" }
);

export interface PerformPorts {
	readonly clock: Clock;
	readonly timers: Timers;
	readonly codecs: Codecs;
	readonly log: TaskLogger;
	/** How long a task that was told to stop by a cancel is waited for. */
	readonly cancelGraceMs: number;
}

/** What the slot of an attempt has for it. */
export interface Tenure {
	readInput(workflow: Workflow): MaybeLater<unknown>;
	/** Whether the lease still counts: the process may have stood still since the grant. */
	readonly isLeased: boolean;
}
