import type { PersistentBackend } from "../backend/contract.ts";
import type { InstanceRecord, WorkflowSnapshot } from "../backend/rows.ts";
import type { TaskLogger } from "../core/builder/task-context.ts";
import type { Workflow } from "../core/builder/workflow.ts";
import type { Clock, Timers } from "../core/clock.ts";
import { type Codec, type Codecs, codecs as makeCodecs } from "../core/codec/codec.ts";
import { jsonCodec } from "../core/codec/json-codec.ts";
import { type Duration, durationMs } from "../core/duration.ts";
import {
	DefinitionMismatchError,
	InstanceNotFoundError,
	InvalidInstanceIdError,
	LeaseLostError,
} from "../core/errors.ts";
import { firstDifference } from "../core/graph/difference.ts";
import type { Ids } from "../core/ids.ts";
import { isTerminal } from "../core/instance/status.ts";
import { isInstanceId } from "../core/limits.ts";
import { Executor } from "./executor.ts";
import { inRange } from "./in-range.ts";
import { type InstanceState, stateOf } from "./instance-state.ts";
import { LeaseHolder } from "./lease-holder.ts";
import { consoleLog } from "./log.ts";
import { defaultName, profileOf } from "./profile.ts";
import { readValue } from "./read-value.ts";
import { Registry } from "./registry.ts";
import { createInstance, definitionOf, type StartOptions, validInput } from "./start-instance.ts";
import { systemClock, systemIds, systemTimers } from "./system.ts";
import { Vicinity } from "./vicinity.ts";

export interface RunnerOptions {
	/** Nodes of one instance performed at the same time; 1 to 10,000, default 100. */
	readonly slots?: number;
	/** How long leases live without a heartbeat; 1 s to 1 h, default 15 s. */
	readonly lease?: Duration;
	/** Tags served: nodes that ask for others are left to a worker. */
	readonly tags?: readonly string[];
	readonly cancelGrace?: Duration;
	/** Whether a call waits out the backoff of a retry (default), or parks: `waiting`, to be resumed at `wakeAt`. */
	readonly backoff?: "wait" | "park";
	readonly codecs?: readonly Codec[];
	readonly log?: TaskLogger;
	readonly clock?: Clock;
	readonly timers?: Timers;
	readonly ids?: Ids;
	readonly random?: () => number;
}

/** How often a runner looks at its instance while a backoff or a foreign request may change it. */
const POLL_MS = 1_000;

/**
 * Drives one instance at a time per call in this process, and answers how it stands when there is nothing left to
 * drive here: ended, paused, parked on a delay or a signal, or held by another driver. It waits out the backoff of
 * retries, which is durable all the same: after a crash, resume() or a worker goes on when it is due.
 * A runner holds leases like any worker, so it can share a database with workers and other runners.
 */
export class CheckpointingRunner {
	readonly #backend: PersistentBackend;
	readonly #options: RunnerOptions;
	readonly #clock: Clock;
	readonly #timers: Timers;
	readonly #ids: Ids;
	readonly #codecs: Codecs;

	/** @throws InvalidArgumentError for options out of range. */
	constructor(backend: PersistentBackend, options: RunnerOptions = {}) {
		inRange("slots", options.slots ?? 100, 1, 10_000);
		inRange("lease", durationMs(options.lease ?? "15s", "lease"), 1_000, 3_600_000);
		this.#backend = backend;
		this.#options = options;
		this.#clock = options.clock ?? systemClock;
		this.#timers = options.timers ?? systemTimers;
		this.#ids = options.ids ?? systemIds;
		this.#codecs = makeCodecs(options.codecs ?? [jsonCodec]);
	}

	/**
	 * Starts an instance and drives it.
	 * @throws InstanceExistsError (use resume, or onConflict), InvalidInstanceIdError, NotSerializableError, PayloadTooLargeError, SchemaMismatchError
	 */
	async run<Input, Output>(
		workflow: Workflow<Input, Output>,
		instanceId: string,
		input: Input,
		options: StartOptions = {},
	): Promise<InstanceState<Output>> {
		const known = workflow as Workflow;
		const ports = { backend: this.#backend, codecs: this.#codecs, ids: this.#ids };
		const valid = await validInput(known, input);
		const created = await createInstance(ports, definitionOf(known), instanceId, valid, options, null);
		await this.#checkDefinition(known, created.instance);
		return this.#drive<Output>(known, created.instance.runId);
	}

	/**
	 * Continues an instance after a crash or a park. A finished one answers as it ended; a paused one stays paused.
	 * @throws InstanceNotFoundError, DefinitionMismatchError
	 */
	async resume<Input, Output>(workflow: Workflow<Input, Output>, instanceId: string): Promise<InstanceState<Output>> {
		if (!isInstanceId(instanceId)) throw new InvalidInstanceIdError(String(instanceId));
		const instance = await this.#backend.getInstance(instanceId);
		if (instance === null) throw new InstanceNotFoundError(instanceId);
		await this.#checkDefinition(workflow as Workflow, instance);
		return this.#drive<Output>(workflow as Workflow, instance.runId);
	}

	async #checkDefinition(workflow: Workflow, instance: InstanceRecord): Promise<void> {
		if (instance.definitionHash === workflow.definitionHash) return;
		const stored = await this.#backend.getDefinition(instance.definitionHash);
		const difference =
			stored === null ? "the stored definition is missing" : firstDifference(stored.graph, workflow.graph);
		throw new DefinitionMismatchError(
			instance.instanceId,
			instance.definitionHash,
			workflow.definitionHash,
			difference,
		);
	}

	async #drive<Output>(workflow: Workflow, runId: string): Promise<InstanceState<Output>> {
		const drive = new Drive(this.#backend, workflow, runId, {
			...this.#options,
			clock: this.#clock,
			timers: this.#timers,
			ids: this.#ids,
			codecs: this.#codecs,
		});
		const snapshot = await drive.untilParked();
		const { output } = snapshot.instance;
		const origin = { backend: this.#backend, graph: workflow.graph, runId, codecs: this.#codecs };
		const value = output === null ? undefined : await readValue(origin, output);
		return stateOf<Output>(snapshot, value as Output);
	}
}

type DriveOptions = Omit<RunnerOptions, "codecs"> & {
	readonly clock: Clock;
	readonly timers: Timers;
	readonly ids: Ids;
	readonly codecs: Codecs;
};

/** One instance driven until there is nothing to do for it here. */
class Drive {
	readonly #backend: PersistentBackend;
	readonly #workflow: Workflow;
	readonly #runId: string;
	readonly #timers: Timers;
	readonly #lease: LeaseHolder;
	readonly #executor: Executor;
	readonly #parksOnBackoff: boolean;
	readonly #tags: readonly string[];
	#wake: () => void = () => undefined;
	/** Something ended, opened or changed since this turn began: what the turn has seen may be out of date. */
	#touched = false;

	constructor(backend: PersistentBackend, workflow: Workflow, runId: string, options: DriveOptions) {
		this.#backend = backend;
		this.#workflow = workflow;
		this.#runId = runId;
		this.#timers = options.timers;
		this.#tags = options.tags ?? [];
		this.#parksOnBackoff = options.backoff === "park";
		const slots = options.slots ?? 100;
		const log = options.log ?? consoleLog;
		this.#lease = new LeaseHolder(backend, {
			name: `runner-${defaultName()}`,
			slots,
			leaseMs: durationMs(options.lease ?? "15s", "lease"),
			profile: () => profileOf({ version: null, tags: this.#tags, definitions: [] }),
			clock: options.clock,
			timers: options.timers,
			ids: options.ids,
			onLost: () => this.#executor.abortAll((path) => new LeaseLostError(path)),
			onError: (error) => log.warn("heartbeat failed", { runId, error: String(error) }),
		});
		this.#executor = new Executor({
			backend,
			vicinity: Vicinity.of(backend),
			lease: this.#lease,
			registry: new Registry([workflow]),
			codecs: options.codecs,
			clock: options.clock,
			timers: options.timers,
			random: options.random ?? Math.random,
			log,
			slots,
			tags: options.tags ?? [],
			cancelGraceMs: durationMs(options.cancelGrace ?? "30s", "cancelGrace"),
			isStarving: () => false,
			onFree: () => this.#touch(),
			onDue: () => this.#touch(),
		});
	}

	async untilParked(): Promise<WorkflowSnapshot> {
		await this.#lease.register();
		const unsubscribe = this.#backend.onHint((hint) => {
			if (hint.origin === "local" && (hint.runId !== this.#runId || hint.cause === "settle" || hint.cause === "claim"))
				return;
			this.#touch();
		});
		try {
			for (;;) {
				this.#touched = false;
				const waitMs = await this.#claim();
				await this.#reconcile();
				if (this.#executor.isIdle && waitMs !== 0) {
					const snapshot = await this.#snapshot();
					if (!this.#touched && (this.#parksOnBackoff || !isBackingOff(snapshot, this.#tags))) return snapshot;
				}
				if (!this.#touched) await this.#sleep(Math.min(waitMs ?? POLL_MS, POLL_MS));
			}
		} finally {
			unsubscribe();
			await this.#executor.idle();
			await this.#lease.retire();
		}
	}

	#touch(): void {
		this.#touched = true;
		this.#wake();
	}

	/** Claims what is ready; answers in how many ms something is due (0: it took something), null for nothing in sight. */
	async #claim(): Promise<number | null> {
		const slots = this.#executor.setAside();
		let unused = slots;
		try {
			if (slots === 0) return null;
			const owner = this.#lease.workerId;
			const definitions = [this.#workflow.definitionHash];
			const result = await this.#backend.claim({ owner, slots, definitions, tags: this.#tags, runId: this.#runId });
			unused -= result.grants.length;
			this.#executor.launch(result.grants, owner);
			if (result.grants.length > 0) return 0;
			return result.nextDueAt === null ? null : Math.max(result.nextDueAt - result.now, 1);
		} finally {
			this.#executor.giveBack(unused);
		}
	}

	async #reconcile(): Promise<void> {
		if (this.#executor.isIdle) return;
		const sequence = this.#executor.beginLook();
		this.#executor.reconcile(await this.#backend.held(this.#lease.workerId), sequence);
	}

	async #snapshot(): Promise<WorkflowSnapshot> {
		await this.#backend.reap();
		const snapshot = await this.#backend.getSnapshot(this.#runId, 0);
		if (snapshot === null) throw new InstanceNotFoundError(this.#runId);
		return snapshot;
	}

	/** Until something here ends, something elsewhere touches the instance, or the time is over. */
	#sleep(ms: number): Promise<void> {
		return new Promise((resolve) => {
			const timer = this.#timers.after(ms, resolve);
			this.#wake = () => {
				timer.cancel();
				resolve();
			};
		});
	}
}

/** Whether an attempt that can run here is due later and nothing forbids it. */
function isBackingOff({ instance, openNodes }: WorkflowSnapshot, served: readonly string[]): boolean {
	if (isTerminal(instance.status) || instance.status === "paused" || instance.control !== "none") return false;
	return openNodes.some(
		({ state, owner, tags }) => state === "retrying" && owner === null && tags.every((tag) => served.includes(tag)),
	);
}
