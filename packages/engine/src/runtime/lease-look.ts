import type { PersistentBackend } from "../backend/contract.ts";
import type { Executor } from "./executor.ts";
import type { LeaseHolder } from "./lease-holder.ts";

/** Looks whether something that runs here was cancelled or taken over, or is held and runs nowhere. */
export class LeaseLook {
	readonly #backend: PersistentBackend;
	readonly #lease: LeaseHolder;
	readonly #executor: Executor;
	#looking: Promise<void> | null = null;
	/** Something changed since the look that is under way began. */
	#again = false;
	#isInDoubt = false;

	constructor(backend: PersistentBackend, lease: LeaseHolder, executor: Executor) {
		this.#backend = backend;
		this.#lease = lease;
		this.#executor = executor;
	}

	/** An answer was lost: leases may have been granted by it that nobody here knows of. */
	doubt(): void {
		this.#isInDoubt = true;
	}

	get isInDoubt(): boolean {
		return this.#isInDoubt;
	}

	/** One look at a time, that sees what holds now or later. */
	look(): Promise<void> {
		this.#again = true;
		this.#isInDoubt = false;
		this.#looking ??= this.#look().finally(() => {
			this.#looking = null;
		});
		return this.#looking;
	}

	async #look(): Promise<void> {
		while (this.#again) {
			this.#again = false;
			const sequence = this.#executor.beginLook();
			const owner = this.#lease.workerId;
			const held = await this.#backend.held(owner);
			this.#executor.reconcile(held, sequence);
			await this.#executor.releaseStrays(held, owner);
		}
	}
}
