import type { TaskContext, TaskLogger } from "../../core/builder/task-context.ts";
import type { Clock, Timer, Timers } from "../../core/clock.ts";
import type { TaskHost } from "../model/build-plan.ts";
import type { Actor, Schedule } from "./schedule.ts";

export interface ProcessEvents {
	began(process: SimulatedProcess, context: TaskContext): void;
	ended(process: SimulatedProcess, context: TaskContext): void;
	/** User code killed it. */
	killed(process: SimulatedProcess): void;
}

/** One operating-system process, as far as the engine can tell: clocks, timers and a log, and the ways it can suffer. */
export class SimulatedProcess implements Actor, Clock, Timers, TaskHost, TaskLogger {
	readonly name: string;
	readonly #schedule: Schedule;
	readonly #events: ProcessEvents;
	readonly #bornAt: number;
	#isDead = false;
	#frozenUntil = 0;
	#suspendedMs = 0;
	readonly #set = new Set<object>();
	#hasDied: () => void = () => undefined;
	readonly died: Promise<void>;
	/** How far its wall clock is off. */
	skewMs: number;

	constructor(name: string, schedule: Schedule, skewMs: number, events: ProcessEvents) {
		this.name = name;
		this.died = new Promise((resolve) => {
			this.#hasDied = resolve;
		});
		this.#schedule = schedule;
		this.#bornAt = schedule.now;
		this.#events = events;
		this.skewMs = skewMs;
	}

	get isDead(): boolean {
		return this.#isDead;
	}

	get frozenUntil(): number {
		return this.#frozenUntil;
	}

	get isFrozen(): boolean {
		return this.#frozenUntil > this.#schedule.now;
	}

	/** Timers that are set. */
	get timers(): number {
		return this.#set.size;
	}

	crash(): void {
		this.#isDead = true;
		this.#hasDied();
	}

	/** Nothing happens to it for so long. A suspended machine's monotonic clock stands still meanwhile. */
	freeze(ms: number, isSuspended: boolean): void {
		if (this.isFrozen) return;
		this.#frozenUntil = this.#schedule.now + ms;
		if (isSuspended) this.#suspendedMs += ms;
	}

	thaw(): void {
		this.#frozenUntil = 0;
	}

	now(): number {
		return this.#schedule.now + this.skewMs;
	}

	monotonic(): number {
		return this.#schedule.now - this.#bornAt - this.#suspendedMs;
	}

	after(ms: number, call: () => void): Timer {
		const timer = this.#schedule.in(Math.max(ms, 1), this, () => {
			this.#set.delete(timer);
			call();
		});
		this.#set.add(timer);
		return {
			cancel: () => {
				this.#set.delete(timer);
				timer.cancel();
			},
		};
	}

	every(ms: number, call: () => void): Timer {
		let isCancelled = false;
		let timer = this.after(ms, () => tick());
		const tick = () => {
			if (isCancelled) return;
			timer = this.after(ms, tick);
			call();
		};
		return {
			cancel() {
				isCancelled = true;
				timer.cancel();
			},
		};
	}

	nextTurn(): Promise<void> {
		return new Promise((resolve) => this.#schedule.in(0, this, resolve));
	}

	began(context: TaskContext): void {
		this.#events.began(this, context);
	}

	ended(context: TaskContext): void {
		this.#events.ended(this, context);
	}

	sleep(ms: number, signal: AbortSignal | null): Promise<void> {
		return new Promise((resolve, reject) => {
			const timer = Number.isFinite(ms) ? this.after(ms, resolve) : null;
			const onAbort = () => {
				timer?.cancel();
				reject(signal?.reason);
			};
			if (signal?.aborted === true) onAbort();
			else signal?.addEventListener("abort", onAbort, { once: true });
		});
	}

	die(): Promise<never> {
		this.#events.killed(this);
		return new Promise(() => undefined);
	}

	info(): void {}

	warn(): void {}

	error(): void {}
}

/** The process that an attempt runs in: its log is the one thing of it that every task is handed. */
export function processOf(context: TaskContext): SimulatedProcess {
	if (context.log instanceof SimulatedProcess) return context.log;
	throw new TypeError(`${context.path} runs outside of the simulation`);
}
