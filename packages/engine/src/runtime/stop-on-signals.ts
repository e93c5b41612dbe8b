import type { Duration } from "../core/duration.ts";
import type { PooledWorker } from "./worker.ts";

export interface StopOnSignalsOptions {
	/** How long running tasks may go on; default 10 s. Must be shorter than what the supervisor waits before it kills. */
	readonly drain?: Duration;
	/** What else this process has to close, once the worker has stopped: the backend, servers. */
	readonly close?: () => Promise<unknown>;
}

/**
 * Ends this process well when it is told to end. The first SIGTERM or SIGINT: no more work is taken, what runs may end
 * within `drain`, the rest is told to stop, and all leases are given back without charging an attempt; exit code 0.
 * A second one: leases are given back at once, whatever still runs, so that others go on without waiting for them to
 * expire; exit code 1. Answers the function that ends this care.
 */
export function stopOnSignals(worker: PooledWorker, options: StopOnSignalsOptions = {}): () => void {
	let asked = 0;
	const onSignal = (): void => {
		asked += 1;
		if (asked === 1) void end(() => worker.stop({ drain: options.drain ?? "10s" }), options.close, 0);
		if (asked === 2) void end(() => worker.release(), undefined, 1);
	};
	const signals = ["SIGTERM", "SIGINT"] as const;
	for (const signal of signals) process.on(signal, onSignal);
	return () => {
		for (const signal of signals) process.off(signal, onSignal);
	};
}

/** Whatever fails on the way, the process ends: its leases run out by themselves. */
async function end(
	stop: () => Promise<void>,
	close: (() => Promise<unknown>) | undefined,
	code: number,
): Promise<void> {
	try {
		await stop();
		await close?.();
		process.exit(code);
	} catch (error) {
		console.error("the worker did not stop well", error);
		process.exit(1);
	}
}
