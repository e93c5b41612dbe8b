import type { Timer, Timers } from "../core/clock.ts";
import { TaskCancelledError, TaskTimedOutError } from "../core/errors.ts";
import type { TaskPolicy } from "../core/graph/continuation.ts";
import type { AttemptAbort } from "./attempt-abort.ts";
import { LONGEST_TIMER_MS } from "./system.ts";

interface WatchPorts {
	readonly timers: Timers;
	readonly cancelGraceMs: number;
}

/** Watches over one attempt: aborts it when it takes too long or falls silent, and says when to wait for it no more. */
export class AttemptWatch {
	readonly #policy: Pick<TaskPolicy, "timeoutMs" | "heartbeatTimeoutMs">;
	readonly #path: string;
	readonly #abort: AttemptAbort;
	readonly #ports: WatchPorts;
	#timeout: Timer | null = null;
	#silence: Timer | null = null;
	#grace: Timer | null = null;
	#stopped = false;

	constructor(
		policy: Pick<TaskPolicy, "timeoutMs" | "heartbeatTimeoutMs">,
		path: string,
		abort: AttemptAbort,
		ports: WatchPorts,
	) {
		this.#policy = policy;
		this.#path = path;
		this.#abort = abort;
		this.#ports = ports;
	}

	/** User code begins: its timeouts run from here. */
	begin(): void {
		const { timeoutMs } = this.#policy;
		if (this.#stopped || this.#abort.isAborted) return;
		if (timeoutMs !== null) this.#timeout = this.#abortAfter(timeoutMs, "timeout");
		this.beat();
	}

	/** Begins the heartbeat timeout anew. */
	beat(): void {
		const { heartbeatTimeoutMs } = this.#policy;
		if (heartbeatTimeoutMs === null || this.#stopped || this.#abort.isAborted) return;
		this.#silence?.cancel();
		this.#silence = this.#abortAfter(heartbeatTimeoutMs, "heartbeatTimeout");
	}

	/** Ends as the body does, or rejects as soon as it must be given up: at a timeout, a lost lease, or a grace after a cancel. */
	until<T>(body: PromiseLike<T>): Promise<T> {
		return new Promise<T>((resolve, reject) => {
			body.then(resolve, reject);
			const onAbort = () => this.#aborted(reject);
			if (this.#abort.isAborted) onAbort();
			else this.#abort.listen(onAbort);
		});
	}

	stop(): void {
		this.#stopped = true;
		this.#clear();
		this.#abort.listen(null);
	}

	#aborted(giveUp: (reason: unknown) => void): void {
		const { reason } = this.#abort;
		const { timers, cancelGraceMs } = this.#ports;
		this.#clear();
		if (TaskCancelledError.is(reason))
			this.#grace = timers.after(Math.min(cancelGraceMs, LONGEST_TIMER_MS), () => giveUp(reason));
		else giveUp(reason);
	}

	#abortAfter(ms: number, limit: "timeout" | "heartbeatTimeout"): Timer {
		const onTime = () => this.#abort.abort(new TaskTimedOutError(this.#path, ms, limit));
		return this.#ports.timers.after(Math.min(ms, LONGEST_TIMER_MS), onTime);
	}

	#clear(): void {
		this.#timeout?.cancel();
		this.#silence?.cancel();
		this.#grace?.cancel();
	}
}
