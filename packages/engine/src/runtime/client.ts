import type { ControlCommand, ControlResult } from "../backend/commands.ts";
import type { InstancePage, InstanceQuery, PersistentBackend } from "../backend/contract.ts";
import type { DefinitionRecord, InstanceRecord } from "../backend/rows.ts";
import type { Workflow } from "../core/builder/workflow.ts";
import type { Clock, Timers } from "../core/clock.ts";
import { type Codec, type Codecs, codecs as makeCodecs } from "../core/codec/codec.ts";
import { jsonCodec } from "../core/codec/json-codec.ts";
import { type Duration, durationMs } from "../core/duration.ts";
import {
	ControlConflictError,
	InstanceNotFoundError,
	InvalidArgumentError,
	ResultTimeoutError,
	SignalKeyConflictError,
} from "../core/errors.ts";
import type { Ids } from "../core/ids.ts";
import { isTerminal } from "../core/instance/status.ts";
import { isName } from "../core/limits.ts";
import {
	type ControlAnswer,
	checkInstanceId,
	finished,
	type RequestOptions,
	requestControl,
} from "./control-request.ts";
import { EndWaiter } from "./end-waiter.ts";
import { failedState, type InstanceState, stateOf } from "./instance-state.ts";
import { isCarried, readCarried, readValue } from "./read-value.ts";
import { type AnyWorkflow, Registry } from "./registry.ts";
import type { End } from "./run-watch.ts";
import { signalBeside } from "./signal-beside.ts";
import { createInstance, definitionOf, type StartOptions, validInput } from "./start-instance.ts";
import { LONGEST_TIMER_MS, systemClock, systemIds, systemTimers } from "./system.ts";
import { Vicinity } from "./vicinity.ts";

export interface ClientOptions {
	/** Workflows that can be started by name. */
	readonly workflows?: readonly AnyWorkflow[];
	readonly codecs?: readonly Codec[];
	readonly ids?: Ids;
	readonly clock?: Clock;
	readonly timers?: Timers;
}

export interface SignalOptions {
	/** The same key twice delivers once. */
	readonly idempotencyKey?: string;
	/** Who sends; default "client". */
	readonly by?: string;
}

/** An instance and how it stands. */
export type InstanceDescription<Output = unknown> = InstanceState<Output> & { readonly instance: InstanceRecord };

/** Starts instances, asks about them and controls them. Runs no task: that is a worker's or a runner's work. */
export class WorkflowClient {
	readonly #backend: PersistentBackend;
	readonly #registry: Registry;
	readonly #codecs: Codecs;
	readonly #ids: Ids;
	readonly #clock: Clock;
	readonly #timers: Timers;
	readonly #vicinity: Vicinity;

	constructor(backend: PersistentBackend, options: ClientOptions = {}) {
		this.#backend = backend;
		this.#registry = new Registry(options.workflows ?? []);
		this.#codecs = makeCodecs(options.codecs ?? [jsonCodec]);
		this.#ids = options.ids ?? systemIds;
		this.#clock = options.clock ?? systemClock;
		this.#timers = options.timers ?? systemTimers;
		this.#vicinity = Vicinity.of(backend);
	}

	/**
	 * Starts an instance and answers once that is durable; a worker performs it.
	 * @throws InvalidInstanceIdError, InstanceExistsError, UnknownWorkflowError, NotSerializableError, PayloadTooLargeError, SchemaMismatchError
	 */
	async start<Input>(
		workflow: Workflow<Input, unknown> | string,
		instanceId: string,
		input: Input,
		options: StartOptions = {},
	): Promise<{ readonly instance: InstanceRecord; readonly created: boolean }> {
		const known = typeof workflow === "string" ? this.#registry.byName(workflow) : (workflow as Workflow);
		return this.startDefinition(definitionOf(known), instanceId, await validInput(known, input), options);
	}

	/** Starts an instance of a stored definition, without its code; its input schema is then not checked. */
	async startDefinition(
		definition: DefinitionRecord,
		instanceId: string,
		input: unknown,
		options: StartOptions = {},
	): Promise<{ readonly instance: InstanceRecord; readonly created: boolean }> {
		const ports = { backend: this.#backend, codecs: this.#codecs, ids: this.#ids };
		const result = await createInstance(ports, definition, instanceId, input, options, this.#vicinity);
		return { instance: result.instance, created: result.kind === "created" };
	}

	/** @throws InstanceNotFoundError */
	async get(instanceId: string): Promise<InstanceDescription> {
		const instance = await this.#instance(instanceId);
		const snapshot = await this.#backend.getSnapshot(instance.runId, 0);
		if (snapshot === null) throw new InstanceNotFoundError(instanceId);
		const output = await this.#output(snapshot.instance);
		return { ...stateOf(snapshot, output), instance: snapshot.instance };
	}

	list(query: Partial<InstanceQuery> = {}): Promise<InstancePage> {
		return this.#backend.listInstances({ statuses: [], workflows: [], limit: 50, cursor: null, ...query });
	}

	/**
	 * Waits until the instance has ended and answers how.
	 * @throws InstanceNotFoundError, ResultTimeoutError
	 */
	async result(instanceId: string, options: { readonly timeout?: Duration } = {}): Promise<InstanceDescription> {
		const timeoutMs = options.timeout === undefined ? null : durationMs(options.timeout, "timeout");
		checkInstanceId(instanceId);
		const waiter = new EndWaiter(this.#clock, this.#timers);
		const { runs } = this.#vicinity;
		const leave = runs.add(instanceId, waiter);
		let unfollow: () => void = () => undefined;
		let isOver = false;
		const expire = () => {
			isOver = true;
			waiter.wake();
		};
		const deadline = timeoutMs === null ? undefined : this.#timers.after(Math.min(timeoutMs, LONGEST_TIMER_MS), expire);
		try {
			for (;;) {
				const instance = await this.#instance(instanceId);
				if (isTerminal(instance.status)) return await this.#describeEnd(instance, waiter.end);
				if (isOver) throw new ResultTimeoutError(instanceId, instance.status, timeoutMs ?? 0);
				unfollow();
				unfollow = runs.follow(instance.runId, waiter);
				await waiter.next();
			}
		} finally {
			deadline?.cancel();
			waiter.stop();
			unfollow();
			leave();
		}
	}

	/** Accepted at once, from every live state. @throws InstanceNotFoundError, InstanceFinishedError, ControlConflictError */
	pause(instanceId: string, options: RequestOptions = {}): Promise<ControlAnswer> {
		return this.#control(instanceId, options, (command) => this.#backend.pause(command));
	}

	/** @throws InstanceNotFoundError, InstanceFinishedError, ControlConflictError */
	unpause(instanceId: string, options: RequestOptions = {}): Promise<ControlAnswer> {
		return this.#control(instanceId, options, (command) => this.#backend.unpause(command));
	}

	/** Running tasks are told to stop and their results are not used. What they already did is not undone. @throws InstanceNotFoundError, InstanceFinishedError */
	cancel(instanceId: string, options: RequestOptions = {}): Promise<ControlAnswer> {
		return this.#control(instanceId, options, (command) => this.#backend.cancel(command));
	}

	/** Goes on with a failed instance at its failed node, with fresh attempts and every checkpoint kept. @throws InstanceNotFoundError, InstanceFinishedError, ControlConflictError */
	retry(instanceId: string, options: RequestOptions = {}): Promise<ControlAnswer> {
		return this.#control(instanceId, options, (command) => this.#backend.retry(command));
	}

	/**
	 * Tries a node again at once that waits out its backoff. Only the wait is cut short: the attempt counts as it would
	 * have. Answers `changed: false` for one that is due already.
	 * @param path of the open node, as a snapshot has it: `charge`, `items/b/pack`, `poll[3]/check`
	 * @throws InstanceNotFoundError, InstanceFinishedError, ControlConflictError: no such node is open, it is not in backoff,
	 * or the instance is paused, pausing or being cancelled
	 */
	async retryNow(instanceId: string, path: string, options: RequestOptions = {}): Promise<ControlAnswer> {
		if (typeof path !== "string" || path === "" || path.includes("\0")) {
			throw new InvalidArgumentError("path", "The path of an open node is text, as a snapshot shows it. Correct it.");
		}
		return this.#control(instanceId, options, (command) => this.#backend.retryNow({ ...command, path }));
	}

	/**
	 * Removes an instance that has ended, with all of its runs and all that was recorded of them. Cannot be undone.
	 * @throws InstanceNotFoundError, ControlConflictError while it is live
	 */
	async delete(instanceId: string, options: { readonly expectedRunId?: string } = {}): Promise<void> {
		checkInstanceId(instanceId);
		const result = await this.#backend.delete({ instanceId, expectedRunId: options.expectedRunId ?? null });
		if (result.kind === "not_found") throw new InstanceNotFoundError(instanceId);
		if (result.kind === "conflict") throw new ControlConflictError(instanceId, result.because);
	}

	/**
	 * Stored once this resolves; the oldest wait of that name gets it, or it is kept for the next one.
	 * @throws InstanceNotFoundError, InstanceFinishedError, SignalKeyConflictError, NotSerializableError, PayloadTooLargeError
	 */
	async sendSignal(
		instanceId: string,
		name: string,
		payload: unknown = null,
		options: SignalOptions = {},
	): Promise<{ readonly signalId: string; readonly duplicate: boolean; readonly reservedFor: string | null }> {
		checkInstanceId(instanceId);
		if (!isName(name))
			throw new InvalidArgumentError("name", "A signal name has 1 to 200 plain characters. Correct it.");
		const key = options.idempotencyKey ?? null;
		if (key !== null && !isName(key)) {
			throw new InvalidArgumentError("idempotencyKey", "An idempotency key has 1 to 200 plain characters. Correct it.");
		}
		const result = await signalBeside(this.#vicinity, this.#backend, {
			signalId: this.#ids.next(),
			instanceId,
			name,
			payload: this.#codecs.encode(payload),
			idempotencyKey: key,
			by: options.by ?? "client",
			grantTo: null,
		});
		switch (result.kind) {
			case "stored": {
				const { signalId, duplicate, reservedFor } = result;
				return { signalId, duplicate, reservedFor };
			}
			case "not_found":
				throw new InstanceNotFoundError(instanceId);
			case "finished":
				throw finished(result.instance);
			case "key_conflict":
				throw new SignalKeyConflictError(instanceId, key ?? "");
		}
	}

	#control(
		instanceId: string,
		options: RequestOptions,
		send: (command: ControlCommand) => Promise<ControlResult>,
	): Promise<ControlAnswer> {
		return requestControl(this.#ids, instanceId, options, send);
	}

	async #instance(instanceId: string): Promise<InstanceRecord> {
		checkInstanceId(instanceId);
		const instance = await this.#backend.getInstance(instanceId);
		if (instance === null) throw new InstanceNotFoundError(instanceId);
		return instance;
	}

	/** What is known of its end here is not read again. */
	async #describeEnd(instance: InstanceRecord, end: End | null): Promise<InstanceDescription> {
		const carried = end?.runId === instance.runId ? end.carried : undefined;
		switch (instance.status) {
			case "completed":
				return { status: "completed", output: await this.#output(instance, carried), instance };
			case "failed":
				return { ...failedState(instance), instance };
			default:
				return this.get(instance.instanceId);
		}
	}

	async #output({ output, runId, definitionHash }: InstanceRecord, carried?: End["carried"]): Promise<unknown> {
		if (output === null) return undefined;
		if (carried !== undefined && isCarried(output, carried)) return readCarried(output, carried, this.#codecs);
		const known = this.#registry.byHash(definitionHash) ?? (await this.#backend.getDefinition(definitionHash));
		if (known === null) throw new RangeError(`definition ${definitionHash} is not stored`);
		return readValue({ backend: this.#backend, codecs: this.#codecs, graph: known.graph, runId }, output);
	}
}
