import type { PersistentBackend } from "../backend/contract.ts";
import type { Executor } from "./executor.ts";
import type { LeaseHolder } from "./lease-holder.ts";

/** An idle worker in no doubt looks for leases that it holds unawares this seldom. */
const LOOK_AT_LEAST_EVERY_MS = 60_000;

/** Looks whether something that runs here was cancelled or taken over, or is held and runs nowhere. */
export class LeaseLook {
	readonly #backend: PersistentBackend;
	readonly #lease: LeaseHolder;
	readonly #executor: Executor;
	#looking: Promise<void> | null = null;
	/** Something changed since the look that is under way began. */
	#again = false;
	#isInDoubt = false;
	#lookedAt = 0;

	constructor(backend: PersistentBackend, lease: LeaseHolder, executor: Executor) {
		this.#backend = backend;
		this.#lease = lease;
		this.#executor = executor;
	}

	/** An answer was lost: leases may have been granted by it that nobody here knows of. */
	doubt(): void {
		this.#isInDoubt = true;
	}

	/** Whether the next poll should look. `now`: by the monotonic clock. */
	isDue(now: number): boolean {
		return this.#isInDoubt || !this.#executor.isIdle || now - this.#lookedAt >= LOOK_AT_LEAST_EVERY_MS;
	}

	/** One look at a time, that sees what holds now or later. */
	look(now: number): Promise<void> {
		this.#again = true;
		this.#isInDoubt = false;
		this.#lookedAt = now;
		this.#looking ??= this.#look().finally(() => {
			this.#looking = null;
		});
		return this.#looking;
	}

	async #look(): Promise<void> {
		while (this.#again) {
			this.#again = false;
			const { sequence } = this.#executor;
			const owner = this.#lease.workerId;
			const held = await this.#backend.held(owner);
			this.#executor.reconcile(held, sequence);
			await this.#executor.releaseStrays(held, owner);
		}
	}
}
