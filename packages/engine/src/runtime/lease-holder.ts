import type { LeaseFacet } from "../backend/contract.ts";
import type { WorkerProfile } from "../backend/rows.ts";
import type { Clock, Timer, Timers } from "../core/clock.ts";
import type { Ids } from "../core/ids.ts";

export interface LeaseOptions {
	readonly name: string;
	readonly slots: number;
	readonly leaseMs: number;
	/** Read at each registration, for what it can run may grow. */
	profile(): WorkerProfile;
	readonly clock: Clock;
	readonly timers: Timers;
	readonly ids: Ids;
	/** The leases are gone: whatever runs under them must stop. Called before a new incarnation registers. */
	onLost(): void;
	/** A new incarnation stands in its place: what waits can be claimed again. */
	onRegained?(): void;
	onError(error: unknown): void;
	/** Whether it holds no lease: then every second beat will do. Absent: never. */
	isIdle?(): boolean;
}

/** How long before its end a lease no longer counts: covers the way to the database and one slow turn of the loop. */
const MARGIN = 0.15;

/**
 * One incarnation of a worker in the database, kept alive by a heartbeat a third of the lease apart, two thirds while it
 * holds nothing.
 *
 *   (none) ──register──► alive ──heartbeat──► alive
 *                          └─ refused, or not renewed in time ─► lost ──register──► alive under a new id
 *
 * Whether a lease still holds is judged by two local clocks, from before the renewal was sent: the monotonic one,
 * which nobody can set, and the wall clock, which goes on while a laptop sleeps. Expiry itself is the database's word.
 */
export class LeaseHolder {
	readonly #backend: LeaseFacet;
	readonly #options: LeaseOptions;
	#workerId = "";
	#renewed = { monotonic: Number.NEGATIVE_INFINITY, wall: Number.NEGATIVE_INFINITY };
	#timer: Timer | undefined;
	/** Fires when the leases stop counting, should a renewal hang until then. */
	#deadline: Timer | undefined;
	#beating: Promise<void> | null = null;

	constructor(backend: LeaseFacet, options: LeaseOptions) {
		this.#backend = backend;
		this.#options = options;
	}

	/** The current incarnation; "" before the first register. */
	get workerId(): string {
		return this.#workerId;
	}

	/** Whether that incarnation is the one that works here, and its leases count. */
	holds(owner: string): boolean {
		return owner === this.#workerId && this.isValid;
	}

	/** Whether user code may be started under this incarnation now. */
	get isValid(): boolean {
		const { clock } = this.#options;
		const limit = this.#limitMs;
		return (
			this.#workerId !== "" &&
			clock.monotonic() - this.#renewed.monotonic < limit &&
			clock.now() - this.#renewed.wall < limit
		);
	}

	get #limitMs(): number {
		return this.#options.leaseMs * (1 - MARGIN);
	}

	/** Registers a new incarnation and begins its heartbeat. The timer does not keep the process alive. */
	async register(): Promise<void> {
		const { name, slots, leaseMs, timers, ids, profile } = this.#options;
		const workerId = ids.next();
		const sent = this.#sentNow();
		await this.#backend.registerWorker({ workerId, name, slots, leaseMs, profile: profile() });
		this.#workerId = workerId;
		this.#renew(sent);
		this.#timer?.cancel();
		this.#timer = timers.every(leaseMs / 3, () => this.#isSpared() || void this.beat(), { background: true });
	}

	/** Nothing is lost with it, and the next beat still comes in time. */
	#isSpared(): boolean {
		return this.isValid && this.#options.isIdle?.() === true && this.#ageMs < this.#options.leaseMs / 2;
	}

	/** Before something is taken on: beats at once if beats were spared, so that what runs has as much time as ever. */
	async freshen(): Promise<void> {
		if (this.isValid && this.#ageMs > this.#options.leaseMs / 3 && this.#beating === null) await this.beat();
	}

	get #ageMs(): number {
		return this.#options.clock.monotonic() - this.#renewed.monotonic;
	}

	/** Gives this incarnation up: its leases run out by themselves, and the next beat registers anew. */
	abandon(): void {
		this.#renewed = { monotonic: Number.NEGATIVE_INFINITY, wall: Number.NEGATIVE_INFINITY };
	}

	/** One heartbeat. A refusal, or a renewal that is overdue, loses the leases and registers anew. */
	beat(): Promise<void> {
		this.#beating ??= this.#beat().finally(() => {
			this.#beating = null;
		});
		return this.#beating;
	}

	async #beat(): Promise<void> {
		const sent = this.#sentNow();
		try {
			// Overdue by our own clocks: what was granted may have been passed over unstarted, so it is left to expire.
			const mayRenew = this.isValid;
			const alive = mayRenew && (await this.#backend.heartbeat(this.#workerId, this.#options.leaseMs)).alive;
			// A lease that has run out, or was given up, meanwhile stays so: grants may have been passed over unstarted.
			if (alive && this.isValid) {
				this.#renew(sent);
				return;
			}
			this.#options.onLost();
			await this.register();
			this.#options.onRegained?.();
		} catch (error) {
			this.#options.onError(error);
			if (!this.isValid) this.#options.onLost();
		}
	}

	/**
	 * Ends the heartbeat and gives everything back to the database; not what belongs to an incarnation that was given up or
	 * ran out, for a node of it may have had an outcome that could not be settled: that is left to its takeover.
	 */
	async retire(): Promise<void> {
		this.#timer?.cancel();
		await this.#beating;
		// That beat may have registered anew.
		this.#timer?.cancel();
		this.#deadline?.cancel();
		const workerId = this.#workerId;
		const mayGiveBack = this.isValid;
		this.#workerId = "";
		if (mayGiveBack) await this.#backend.retireWorker(workerId);
	}

	#renew(sent: { monotonic: number; wall: number }): void {
		this.#renewed = sent;
		this.#deadline?.cancel();
		const { clock, timers } = this.#options;
		const inMs = this.#limitMs - (clock.monotonic() - sent.monotonic);
		const look = () => {
			if (!this.isValid) this.#options.onLost();
		};
		this.#deadline = timers.after(inMs + 5, look, { background: true });
	}

	#sentNow(): { monotonic: number; wall: number } {
		const { clock } = this.#options;
		return { monotonic: clock.monotonic(), wall: clock.now() };
	}
}
