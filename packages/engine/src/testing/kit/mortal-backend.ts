import type { SettleCommand, SettleResult } from "../../backend/commands.ts";
import type { PersistentBackend } from "../../backend/contract.ts";

/** A moment to die at: before the nth settle is committed, or after it, before its answer arrives. */
export interface DyingMoment {
	readonly settle: number;
	readonly side: "before" | "after";
}

/** A backend as seen by a process that dies at that moment: from then on nothing that it asks is answered. */
export class MortalBackend {
	readonly backend: PersistentBackend;
	readonly died: Promise<void>;
	readonly #inner: PersistentBackend;
	readonly #moment: DyingMoment | null;
	#isDead = false;
	#settles = 0;
	#die: () => void = () => undefined;

	/** @param moment null: it lives */
	constructor(inner: PersistentBackend, moment: DyingMoment | null) {
		this.#inner = inner;
		this.#moment = moment;
		this.died = new Promise((resolve) => {
			this.#die = resolve;
		});
		this.backend = new Proxy(inner, {
			get: (target, name) => {
				if (name === "settle") return (command: SettleCommand) => this.#settle(command);
				const member: unknown = Reflect.get(target, name, target);
				if (typeof member !== "function") return member;
				return (...args: unknown[]) => (this.#isDead ? new Promise(() => undefined) : member.apply(target, args));
			},
		});
	}

	/** How many settles were asked for. */
	get settles(): number {
		return this.#settles;
	}

	async #settle(command: SettleCommand): Promise<SettleResult> {
		if (this.#isDead) return new Promise(() => undefined);
		this.#settles += 1;
		const isNow = this.#moment?.settle === this.#settles;
		if (isNow && this.#moment?.side === "after") await this.#inner.settle(command);
		if (!isNow) return this.#inner.settle(command);
		this.#isDead = true;
		this.#die();
		return new Promise(() => undefined);
	}
}
