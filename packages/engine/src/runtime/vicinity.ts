import type { Grant, GrantTo, GrantWithin } from "../backend/commands.ts";
import type { PersistentBackend } from "../backend/contract.ts";
import type { OpenSpec } from "../core/interpreter/open-spec.ts";
import type { Carried } from "./read-value.ts";
import { RunWatch } from "./run-watch.ts";

/** Slots of a worker, kept for what is about to be granted to it. */
export interface Reservation<To extends GrantTo = GrantTo> {
	readonly grantTo: To;
	/**
	 * Ends it: begins with what was granted, with these values of its run at hand, and frees the other
	 * slots. Null: what was granted is not known.
	 */
	take(grants: readonly Grant[] | null, carried: Carried): void;
}

/** A worker that takes on what is started or readied beside it. */
export interface Taker {
	/** Null: it cannot run all of these, or has no free slot. */
	reserve(definitionHash: string, open: readonly OpenSpec[]): Reservation | null;
	/** A slot for whatever it can run; null: it has none. */
	offer(): Reservation<GrantWithin> | null;
	/** Something can be claimed in so many ms; 0: now. */
	due(inMs: number): void;
}

const byBackend = new WeakMap<PersistentBackend, Vicinity>();

/**
 * What clients and workers on one backend of one process tell each other, so that nothing that one of them knows must be
 * asked of the database: a worker owns what is started beside it from the insert, and a wait from the signal that ends it,
 * and an end is heard of where it happens.
 * Everything would come to the same without it, by hints, claims and reads.
 */
export class Vicinity {
	/** Wakes those who wait for a run. */
	readonly runs: RunWatch;
	readonly #takers = new Set<Taker>();
	readonly #starting = new Set<string>();

	private constructor(backend: PersistentBackend) {
		this.runs = new RunWatch(backend);
	}

	static of(backend: PersistentBackend): Vicinity {
		const known = byBackend.get(backend);
		if (known !== undefined) return known;
		const made = new Vicinity(backend);
		byBackend.set(backend, made);
		return made;
	}

	/** Answers the function that ends it. */
	join(taker: Taker): () => void {
		this.#takers.add(taker);
		return () => this.#takers.delete(taker);
	}

	/** Whether somebody here is creating that run, and will tell the workers what there is to do: its hint tells nothing. */
	isStarting(runId: string): boolean {
		return this.#starting.has(runId);
	}

	/** Begins the start of a run. The answer must be ended with `take`, and the start with `started`. */
	starting(runId: string, definitionHash: string, open: readonly OpenSpec[]): Reservation | null {
		this.#starting.add(runId);
		for (const taker of this.#takers) {
			const reservation = taker.reserve(definitionHash, open);
			if (reservation !== null) return reservation;
		}
		return null;
	}

	/**
	 * A slot for the wait that a signal is about to end: whose that is, and what it needs, only the commit finds out. The
	 * answer must be ended with `take`.
	 */
	offer(): Reservation<GrantWithin> | null {
		for (const taker of this.#takers) {
			const reservation = taker.offer();
			if (reservation !== null) return reservation;
		}
		return null;
	}

	/** `ungranted`: what of it is left to be claimed now or later. */
	started(runId: string, ungranted: readonly OpenSpec[]): void {
		this.#starting.delete(runId);
		const due = ungranted.flatMap(({ state, dueInMs }) =>
			state === "ready" ? [0] : dueInMs === null ? [] : [dueInMs],
		);
		if (due.length === 0) return;
		for (const taker of this.#takers) taker.due(Math.min(...due));
	}
}
