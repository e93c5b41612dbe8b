import type { PersistentBackend } from "../backend/contract.ts";
import type { TaskLogger } from "../core/builder/task-context.ts";
import type { Clock, Timer, Timers } from "../core/clock.ts";
import { codecs as makeCodecs } from "../core/codec/codec.ts";
import { jsonCodec } from "../core/codec/json-codec.ts";
import { DEFAULT_AGING_MS } from "../core/dispatch.ts";
import { type Duration, durationMs } from "../core/duration.ts";
import { BackendClosedError, InvalidArgumentError, LeaseLostError } from "../core/errors.ts";
import { Executor } from "./executor.ts";
import { inRange } from "./in-range.ts";
import { LeaseHolder } from "./lease-holder.ts";
import { LeaseLook } from "./lease-look.ts";
import { consoleLog } from "./log.ts";
import { Paced } from "./paced.ts";
import { Poll } from "./poll.ts";
import { defaultName, profileOf } from "./profile.ts";
import { Registry } from "./registry.ts";
import { LONGEST_TIMER_MS, systemClock, systemIds, systemTimers } from "./system.ts";
import { takerOf } from "./taker-of.ts";
import { Vicinity } from "./vicinity.ts";
import { WakeTimer } from "./wake-timer.ts";
import type { WorkerOptions } from "./worker-options.ts";

/**
 * How often a claim for the sake of others' commits rests as long as it took: next to work of its own, it takes a tenth
 * of the time at most, and else half of it. On a busy database each of them holds up a group of commits.
 */
const RESTS_WHILE_BUSY = 9;
const RESTS_WHILE_IDLE = 1;

/**
 * Takes leases on whatever is ready and performs it, in this process, `slots` nodes at a time. Delays, backoffs,
 * timeouts and signals wake it; hints and one timer do so at once, and polling does when all of those are lost.
 */
export class PooledWorker {
	readonly #backend: PersistentBackend;
	readonly #registry: Registry;
	readonly #lease: LeaseHolder;
	readonly #executor: Executor;
	readonly #look: LeaseLook;
	readonly #vicinity: Vicinity;
	readonly #log: TaskLogger;
	readonly #tags: readonly string[];
	readonly #agingMs: number;
	#state: "idle" | "running" | "stopping" = "idle";
	#wanted = false;
	#claiming: Promise<void> | null = null;
	#starving = false;
	readonly #timer: WakeTimer;
	readonly #poll: Poll;
	/** What other processes' commits ask for. */
	readonly #heeded: Paced;
	#unsubscribe: () => void = () => undefined;
	#leave: () => void = () => undefined;
	/** A slot came free that others wait for, and the turn in which more may do so is not over. */
	#freed = false;
	#starting: Promise<void> | null = null;
	#stopped: Promise<void> | null = null;
	readonly #cancelGraceMs: number;
	readonly #clock: Clock;
	readonly #timers: Timers;

	/** @throws InvalidArgumentError for options out of range. */
	constructor(backend: PersistentBackend, options: WorkerOptions) {
		const slots = inRange("slots", options.slots ?? 10, 1, 10_000);
		const leaseMs = inRange("lease", durationMs(options.lease ?? "15s", "lease"), 1_000, 3_600_000);
		const pollMs = inRange("poll", durationMs(options.poll ?? "5s", "poll"), 10, 3_600_000);
		this.#backend = backend;
		this.#registry = new Registry(options.workflows);
		this.#log = options.log ?? consoleLog;
		this.#tags = options.tags ?? [];
		this.#agingMs = inRange("aging", durationMs(options.aging ?? DEFAULT_AGING_MS, "aging"), 1, 86_400_000);
		this.#clock = options.clock ?? systemClock;
		this.#timers = options.timers ?? systemTimers;
		this.#cancelGraceMs = durationMs(options.cancelGrace ?? "30s", "cancelGrace");
		const name = options.name ?? defaultName();
		this.#lease = new LeaseHolder(backend, {
			name,
			slots,
			leaseMs,
			profile: () =>
				profileOf({
					version: options.version ?? null,
					tags: this.#tags,
					definitions: this.#registry.hashes,
				}),
			clock: this.#clock,
			timers: this.#timers,
			ids: options.ids ?? systemIds,
			onLost: () => {
				this.#log.warn("leases lost; running tasks are told to stop", { worker: name });
				this.#executor.abortAll((path) => new LeaseLostError(path));
			},
			onRegained: () => {
				// What the incarnation before it held may be waited for.
				this.#poll.dueForUpkeep();
				this.#wake();
			},
			isIdle: () => this.#executor.isIdle,
			onError: (error) => this.#log.warn("heartbeat failed", { worker: name, error: String(error) }),
		});
		this.#vicinity = Vicinity.of(backend);
		this.#executor = new Executor({
			backend,
			vicinity: this.#vicinity,
			lease: this.#lease,
			registry: this.#registry,
			codecs: makeCodecs(options.codecs ?? [jsonCodec]),
			clock: this.#clock,
			timers: this.#timers,
			random: options.random ?? Math.random,
			log: this.#log,
			slots,
			tags: this.#tags,
			cancelGraceMs: this.#cancelGraceMs,
			isStarving: () => this.#starving,
			onFree: () => this.#onFree(),
			onDue: (inMs) => this.#wakeIn(inMs),
		});
		this.#timer = new WakeTimer(this.#clock, this.#timers, () => this.#wake());
		const mayRest = () => this.#executor.isIdle && !this.#look.isInDoubt && backend.hearsOthers;
		this.#poll = new Poll(this.#timers, pollMs, (isUpkeep) => void this.#pollOnce(isUpkeep), mayRest);
		this.#look = new LeaseLook(backend, this.#lease, this.#executor);
		const rests = () => (this.#executor.isIdle ? RESTS_WHILE_IDLE : RESTS_WHILE_BUSY);
		this.#heeded = new Paced(this.#clock, this.#timers, () => this.#heed(), rests);
	}

	/** The current incarnation, as the dashboard shows it; "" before start(). */
	get workerId(): string {
		return this.#lease.workerId;
	}

	/** Registers, claims what is due, and goes on until stop(). */
	async start(): Promise<void> {
		if (this.#state !== "idle")
			throw new InvalidArgumentError("worker", "This worker was started already. Make a new one.");
		this.#state = "running";
		this.#starting = this.#lease.register();
		await this.#starting;
		if (this.#isStopping) return;
		this.#unsubscribe = this.#backend.onHint((hint) => {
			// Its own settles and claims tell this worker nothing that it does not know.
			if (hint.origin === "local" && (hint.cause === "settle" || hint.cause === "claim")) return;
			if (hint.origin === "local" && hint.cause === "create" && this.#vicinity.isStarting(hint.runId)) return;
			this.#poll.stir();
			if (hint.origin === "remote") {
				this.#heeded.ask();
				return;
			}
			this.#wake();
			if (hint.cause === "control" && !this.#executor.isIdle) void this.#lookAtLeases();
		});
		const taker = takerOf({
			executor: this.#executor,
			lease: this.#lease,
			registry: this.#registry,
			tags: this.#tags,
			takesOn: () => this.#state === "running" && !this.#starving,
			onDoubt: () => this.#look.doubt(),
			onFree: () => this.#onFree(),
			onDue: (inMs) => this.#wakeIn(inMs),
		});
		this.#leave = this.#vicinity.join(taker);
		this.#poll.start();
		this.#wake();
	}

	/**
	 * Takes no more work, lets running tasks end for up to `drain` (default 10 s), tells the rest to stop, and gives
	 * their leases back without charging an attempt. What ignores that is waited for as long as `cancelGrace`.
	 */
	stop(options: { readonly drain?: Duration } = {}): Promise<void> {
		this.#stopped ??= this.#stop(options);
		return this.#stopped;
	}

	async #stop(options: { readonly drain?: Duration }): Promise<void> {
		const wasRunning = this.#state === "running";
		this.#takeNoMore();
		await this.#starting?.catch(() => undefined);
		await this.#claiming;
		const drainMs = Math.min(durationMs(options.drain ?? "10s", "drain"), LONGEST_TIMER_MS);
		const deadline = this.#timers.after(drainMs, () => this.#executor.abortAll((path) => new LeaseLostError(path)));
		await this.#executor.idle();
		deadline.cancel();
		await this.#stragglers();
		if (wasRunning || this.#lease.workerId !== "") await this.#lease.retire();
	}

	/**
	 * Gives all leases back at once, charging nothing; what still runs is told to stop, and its results will be refused.
	 * For a process that ends now.
	 */
	async release(): Promise<void> {
		this.#takeNoMore();
		this.#executor.abortAll((path) => new LeaseLostError(path));
		await this.#lease.retire();
	}

	/**
	 * One turn by hand, for tests: takes all that is due now, and all that follows from it, and returns when nothing
	 * is left that could go on at this moment. Answers how many leases it claimed.
	 */
	async tick(): Promise<number> {
		if (this.#lease.workerId === "") await this.#lease.register();
		else await this.#lease.beat();
		await this.#backend.reap();
		let claimed = 0;
		for (;;) {
			const taken = await this.#claim();
			await this.#executor.idle();
			if (taken === 0) return claimed;
			claimed += taken;
		}
	}

	#takeNoMore(): void {
		this.#state = "stopping";
		this.#poll.stop();
		this.#timer.cancel();
		this.#heeded.stop();
		this.#unsubscribe();
		this.#leave();
		this.#executor.drain();
	}

	get #isStopping(): boolean {
		return this.#state === "stopping";
	}

	/** Waits for user code that was told to stop, for a while. */
	async #stragglers(): Promise<void> {
		let timer: Timer | undefined;
		const patience = new Promise<void>((resolve) => {
			timer = this.#timers.after(Math.min(this.#cancelGraceMs, LONGEST_TIMER_MS), resolve);
		});
		await Promise.race([this.#executor.ended(), patience]);
		timer?.cancel();
	}

	/** Other processes committed something: it may be there to be taken, or concern what runs here. */
	async #heed(): Promise<void> {
		this.#wake();
		if (!this.#executor.isIdle) await this.#lookAtLeases();
		await this.#claiming;
	}

	async #pollOnce(isUpkeep: boolean): Promise<void> {
		// The look comes first: while a claim is under way, nothing can be told to be a stray.
		if (isUpkeep || this.#look.isInDoubt || !this.#executor.isIdle) await this.#lookAtLeases();
		this.#wake();
		if (isUpkeep) await this.#guarded("reap", () => this.#backend.reap());
	}

	/** The slots that come free in one turn, as those of a group of commits do, are filled by one claim. */
	#onFree(): void {
		if (!this.#starving || this.#freed) return;
		this.#freed = true;
		void this.#timers.nextTurn().then(() => {
			this.#freed = false;
			this.#wake();
		});
	}

	#wake(): void {
		this.#wanted = true;
		if (this.#claiming !== null || this.#state !== "running") return;
		this.#claiming = this.#guarded("claim", () => this.#claimWhileWanted()).finally(() => {
			this.#claiming = null;
			if (this.#wanted && this.#executor.free > 0) this.#wake();
		});
	}

	async #claimWhileWanted(): Promise<void> {
		while (this.#wanted && this.#state === "running") {
			if (this.#executor.free === 0) {
				this.#starving = true;
				return;
			}
			this.#wanted = false;
			const free = this.#executor.free;
			if ((await this.#claim()) === free) this.#wanted = true;
		}
	}

	/** One claim for all free slots; arms the timer for what comes next. */
	async #claim(): Promise<number> {
		if (!this.#lease.isValid) return 0;
		const slots = this.#executor.setAside();
		let unused = slots;
		try {
			if (slots === 0) return 0;
			void this.#lease.freshen();
			const owner = this.#lease.workerId;
			const { hashes: definitions } = this.#registry;
			const result = await this.#backend.claim({
				owner,
				slots,
				definitions,
				tags: this.#tags,
				runId: null,
				agingMs: this.#agingMs,
			});
			unused -= result.grants.length;
			this.#starving = unused === 0;
			this.#executor.launch(result.grants, owner);
			if (result.nextDueAt !== null) this.#wakeIn(Math.max(result.nextDueAt - result.now, 0));
			// Expired is what has passed, so that one comes a little later.
			if (result.othersUntil !== null) this.#wakeIn(Math.max(result.othersUntil - result.now, 0) + 1);
			return result.grants.length;
		} finally {
			this.#executor.giveBack(unused);
		}
	}

	/** One timer, for the earliest thing to come. */
	#wakeIn(inMs: number): void {
		if (this.#state !== "running") return;
		if (inMs <= 0) {
			this.#wake();
			return;
		}
		this.#timer.within(inMs);
	}

	/** Looks whether something that runs here was cancelled or taken over. */
	#lookAtLeases(): Promise<void> {
		return this.#guarded("look at leases", () => this.#look.look());
	}

	/** Background work survives a failing database: it is tried again with the next hint or poll. */
	async #guarded(what: string, action: () => Promise<unknown>): Promise<void> {
		try {
			await action();
		} catch (error) {
			this.#look.doubt();
			if (!BackendClosedError.is(error)) this.#log.warn(`${what} failed`, { error: String(error) });
		}
	}
}
