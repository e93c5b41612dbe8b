import type { Timer, Timers } from "../core/clock.ts";
import { TaskCancelledError, TaskTimedOutError } from "../core/errors.ts";
import type { TaskPolicy } from "../core/graph/continuation.ts";
import { LONGEST_TIMER_MS } from "./system.ts";

export interface AttemptWatch {
	/** Rejects as soon as the attempt must be given up: at a timeout, at a lost lease, or a grace after a cancel. */
	readonly given: Promise<never>;
	/** User code begins: its timeouts run from here. */
	begin(): void;
	/** Begins the heartbeat timeout anew. */
	beat(): void;
	stop(): void;
}

/** Watches over one attempt: aborts it when it takes too long or falls silent, and says when to wait for it no more. */
export function watchAttempt(
	policy: Pick<TaskPolicy, "timeoutMs" | "heartbeatTimeoutMs">,
	path: string,
	abort: AbortController,
	{ timers, cancelGraceMs }: { readonly timers: Timers; readonly cancelGraceMs: number },
): AttemptWatch {
	const { timeoutMs, heartbeatTimeoutMs } = policy;
	const set: { timeout?: Timer; silence?: Timer; grace?: Timer } = {};
	let giveUp: (reason: unknown) => void = () => undefined;
	const given = new Promise<never>((_, reject) => {
		giveUp = reject;
	});
	given.catch(() => undefined);
	const abortAfter = (ms: number, limit: "timeout" | "heartbeatTimeout") =>
		timers.after(Math.min(ms, LONGEST_TIMER_MS), () => abort.abort(new TaskTimedOutError(path, ms, limit)));
	const clear = () => {
		set.timeout?.cancel();
		set.silence?.cancel();
		set.grace?.cancel();
	};
	const onAbort = () => {
		const { reason } = abort.signal;
		clear();
		if (TaskCancelledError.is(reason))
			set.grace = timers.after(Math.min(cancelGraceMs, LONGEST_TIMER_MS), () => giveUp(reason));
		else giveUp(reason);
	};
	let stopped = false;
	const beat = () => {
		if (heartbeatTimeoutMs === null || stopped || abort.signal.aborted) return;
		set.silence?.cancel();
		set.silence = abortAfter(heartbeatTimeoutMs, "heartbeatTimeout");
	};
	if (abort.signal.aborted) onAbort();
	else abort.signal.addEventListener("abort", onAbort, { once: true });
	return {
		given,
		begin() {
			if (stopped || abort.signal.aborted) return;
			if (timeoutMs !== null) set.timeout = abortAfter(timeoutMs, "timeout");
			beat();
		},
		beat,
		stop() {
			stopped = true;
			clear();
			abort.signal.removeEventListener("abort", onAbort);
		},
	};
}
