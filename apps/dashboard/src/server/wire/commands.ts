/** What is asked of an instance, and what is answered. */
import type { InstanceRecord } from "@waymark/engine/backend";

/** What is asked of whole instances. */
export type ActionKind = "pause" | "unpause" | "cancel" | "retry";

/** A task that a pause or a cancel waits for. Times in ms since the epoch. */
export interface AwaitedTask {
	readonly path: string;
	readonly attempt: number;
	readonly worker: string;
	readonly grantedAt: number;
}

/** Answer of the control routes. */
export interface ActionAnswer {
	readonly kind: ActionKind | "retryNow";
	/** False when it was so already. */
	readonly changed: boolean;
	readonly instance: InstanceRecord;
	readonly inFlight: readonly AwaitedTask[];
}

export interface ActionBody {
	readonly reason?: string;
	/** Refuse when another run has taken the id since. */
	readonly expectedRunId?: string;
	/** Made by the caller; the same id again answers as the first time did. */
	readonly requestId?: string;
}

/** `POST /api/instances/{id}/retry-now`. */
export interface RetryNowBody extends ActionBody {
	/** Of the open node in backoff, as a snapshot has it. */
	readonly path: string;
}

export interface SignalBody {
	readonly name: string;
	readonly payload: unknown;
	readonly idempotencyKey?: string;
}

export interface SignalAnswer {
	readonly signalId: string;
	/** Path of the wait that takes it; null while it is buffered. */
	readonly reservedFor: string | null;
	readonly duplicate: boolean;
}

/** `POST /api/instances`. */
export interface StartBody {
	readonly workflow: string;
	readonly instanceId: string;
	readonly input: unknown;
	readonly labels?: Readonly<Record<string, string>>;
}
