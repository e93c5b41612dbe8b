import type { PersistentBackend } from "../../backend/contract.ts";
import type { WorkflowSnapshot } from "../../backend/rows.ts";
import type { TaskLogger } from "../../core/builder/task-context.ts";
import type { Workflow } from "../../core/builder/workflow.ts";
import { type Duration, durationMs } from "../../core/duration.ts";
import { InMemoryBackend } from "../../memory/in-memory-backend.ts";
import { WorkflowClient } from "../../runtime/client.ts";
import type { InstanceState } from "../../runtime/instance-state.ts";
import { PooledWorker } from "../../runtime/worker.ts";
import { FakeClock } from "../fake-clock.ts";
import { virtualTimers } from "./virtual-timers.ts";

export interface WorkflowTestOptions {
	/** Default: a new one in memory. It must go by the clock given. */
	readonly backend?: PersistentBackend;
	readonly clock?: FakeClock;
	/** Tags that the test serves. */
	readonly tags?: readonly string[];
	readonly log?: TaskLogger;
}

/** The id of the one instance. */
export const TEST_INSTANCE = "test";
const silent: TaskLogger = { info: () => undefined, warn: () => undefined, error: () => undefined };
/** Turns of the event loop that user code gets before it counts as one that waits for something. */
const TURNS = 25;
/** A lease must be looked after while a task runs. */
const LONGEST_STEP_MS = 600_000;

/**
 * One instance of a workflow on virtual time: delays, backoffs and timeouts pass when the test says so, and take no
 * time. The engine is the real one. No test runner is needed.
 */
export class WorkflowTest<Input, Output> {
	readonly clock: FakeClock;
	readonly client: WorkflowClient;
	readonly #backend: PersistentBackend;
	readonly #workflow: Workflow<Input, Output>;
	readonly #worker: PooledWorker;
	/** Turns of the worker that wait for user code. */
	readonly #busy = new Set<Promise<unknown>>();

	constructor(workflow: Workflow<Input, Output>, options: WorkflowTestOptions = {}) {
		this.clock = options.clock ?? new FakeClock();
		this.#workflow = workflow;
		this.#backend = options.backend ?? new InMemoryBackend({ clock: this.clock });
		this.client = new WorkflowClient(this.#backend);
		this.#worker = new PooledWorker(this.#backend, {
			workflows: [workflow],
			tags: options.tags ?? [],
			lease: "1h",
			log: options.log ?? silent,
			clock: this.clock,
			timers: virtualTimers(this.clock),
		});
	}

	/** Starts the instance and does what can be done without any time passing. */
	async start(input: Input): Promise<InstanceState<Output>> {
		await this.client.start(this.#workflow, TEST_INSTANCE, input);
		return this.settle();
	}

	/** Sends a signal and does what follows from it. */
	async signal(name: string, payload: unknown = null): Promise<InstanceState<Output>> {
		await this.client.sendSignal(TEST_INSTANCE, name, payload);
		return this.settle();
	}

	/** Lets so much time pass: whatever falls due on the way happens at its own time. */
	async advance(duration: Duration): Promise<InstanceState<Output>> {
		let left = durationMs(duration, "duration");
		while (left > 0) {
			const step = Math.min(left, await this.#nextStep());
			this.clock.advance(step);
			left -= step;
			await this.settle();
		}
		return this.state();
	}

	/**
	 * Waits for user code, and lets delays, backoffs and timeouts of waits pass, until the instance has ended or only a
	 * signal or an unpause can move it on. A task's own timeout passes only by `advance()`: while it works, nobody can
	 * tell whether it hangs.
	 */
	async untilParked(): Promise<InstanceState<Output>> {
		for (;;) {
			const state = await this.settle();
			if (this.#busy.size > 0) {
				await Promise.all(this.#busy);
				continue;
			}
			const isWaiting = state.status === "waiting" || state.status === "awaiting_signal";
			if (!isWaiting || state.wakeAt === null) return state;
			// A retry is left to other workers for a moment.
			this.clock.advance(Math.max(state.wakeAt - this.clock.now(), 1));
		}
	}

	/** How the instance stands. */
	async state(): Promise<InstanceState<Output>> {
		const { instance: _, ...state } = await this.client.get(TEST_INSTANCE);
		return state as InstanceState<Output>;
	}

	/** Everything that is recorded of it. */
	async snapshot(): Promise<WorkflowSnapshot> {
		const { instance } = await this.client.get(TEST_INSTANCE);
		const snapshot = await this.#backend.getSnapshot(instance.runId, 0);
		if (snapshot === null) throw new RangeError(`instance ${instance.instanceId} is gone`);
		return snapshot;
	}

	/** Does what is due, and gives user code some turns; what it waits for may come later. */
	async settle(): Promise<InstanceState<Output>> {
		const turn = this.#worker.tick().finally(() => this.#busy.delete(turn));
		this.#busy.add(turn);
		let isDone = false;
		const done = turn.then(() => {
			isDone = true;
		});
		for (let at = 0; at < TURNS && !isDone; at += 1) {
			await Promise.race([done, new Promise((resolve) => setImmediate(resolve))]);
		}
		return this.state();
	}

	/** To what comes next: a due node, or a timer of a task that runs, so that nothing is passed over. */
	async #nextStep(): Promise<number> {
		const { openNodes } = await this.snapshot();
		const dues = openNodes.flatMap(({ dueAt, owner }) =>
			dueAt === null || owner !== null ? [] : [dueAt - this.clock.now()],
		);
		const timer = this.#busy.size > 0 ? (this.clock.nextTimerInMs ?? LONGEST_STEP_MS) : Number.POSITIVE_INFINITY;
		const limit = this.#busy.size > 0 ? LONGEST_STEP_MS : Number.POSITIVE_INFINITY;
		return Math.max(Math.min(...dues.filter((due) => due > 0), timer, limit), 1);
	}
}
