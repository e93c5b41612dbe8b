import type { Workflow } from "./core/builder/workflow.ts";
import type { Clock } from "./core/clock.ts";
import { InMemoryBackend } from "./memory/index.ts";
import { WorkflowClient } from "./runtime/client.ts";
import type { InstanceState } from "./runtime/instance-state.ts";
import { CheckpointingRunner, type RunnerOptions } from "./runtime/runner.ts";
import { systemClock, systemIds } from "./runtime/system.ts";

export interface InProcessOptions extends Omit<RunnerOptions, "clock" | "backoff"> {
	/** Signals that are there from the start, by name, oldest first. */
	readonly signals?: Readonly<Record<string, readonly unknown[]>>;
	/** Delays, backoffs and timeouts of waits pass at once instead of parking the run. Default false. */
	readonly skipTime?: boolean;
	/** Default: a new one. */
	readonly instanceId?: string;
}

/** This host's clock, moved ahead by as much as was skipped. */
class SkippingClock implements Clock {
	#skipped = 0;

	now(): number {
		return systemClock.now() + this.#skipped;
	}

	monotonic(): number {
		return systemClock.monotonic() + this.#skipped;
	}

	skipTo(at: number): void {
		this.#skipped += Math.max(at - this.now(), 0);
	}
}

/**
 * Runs a workflow here and now, with nothing persisted: for scripts and unit tests. It is the same engine on the
 * in-memory backend, so that what passes here behaves the same on a database.
 * @returns how it stands when nothing is left to do: ended, or parked.
 */
export async function runInProcess<Input, Output>(
	workflow: Workflow<Input, Output>,
	input: Input,
	options: InProcessOptions = {},
): Promise<InstanceState<Output>> {
	const { signals = {}, skipTime = false, instanceId = systemIds.next(), ...rest } = options;
	const clock = new SkippingClock();
	const backend = new InMemoryBackend({ clock });
	const runner = new CheckpointingRunner(backend, { ...rest, clock, backoff: skipTime ? "park" : "wait" });
	try {
		const client = new WorkflowClient(backend, rest.codecs === undefined ? {} : { codecs: rest.codecs });
		await client.start(workflow, instanceId, input);
		for (const [name, payloads] of Object.entries(signals)) {
			for (const payload of payloads) await client.sendSignal(instanceId, name, payload);
		}
		for (;;) {
			const state = await runner.resume(workflow, instanceId);
			const wakeAt = state.status === "waiting" || state.status === "awaiting_signal" ? state.wakeAt : null;
			if (!skipTime || wakeAt === null) return state;
			clock.skipTo(wakeAt);
		}
	} finally {
		await backend.close();
	}
}
