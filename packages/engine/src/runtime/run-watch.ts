import type { Hint, PersistentBackend } from "../backend/contract.ts";
import type { Carried } from "./read-value.ts";

/** How a run ended here: the bytes that its output may need. */
export interface End {
	readonly runId: string;
	readonly carried: Carried;
}

/** Somebody who waits for one instance to end. */
export interface RunWaiter {
	/** It ended, and whoever ended it is in this process. */
	ended(end: End): void;
	/** Something was committed that may have ended it. */
	heard(hint: Hint): void;
}

/**
 * Those in this process who wait for instances to end. One listener serves them all: told one by one, a hundred who wait
 * would each hear of every commit for the ninety-nine others.
 */
export class RunWatch {
	readonly #backend: PersistentBackend;
	readonly #byInstance = new Map<string, Set<RunWaiter>>();
	readonly #byRun = new Map<string, Set<RunWaiter>>();
	/** Whose run is not known yet: they hear everything. */
	readonly #unnamed = new Set<RunWaiter>();
	#unlisten: (() => void) | null = null;

	constructor(backend: PersistentBackend) {
		this.#backend = backend;
	}

	/** From now on it hears of everything, until its run is known. Answers the function that ends it. */
	add(instanceId: string, waiter: RunWaiter): () => void {
		put(this.#byInstance, instanceId, waiter);
		this.#unnamed.add(waiter);
		this.#unlisten ??= this.#backend.onHint((hint) => this.#hear(hint));
		return () => {
			take(this.#byInstance, instanceId, waiter);
			this.#unnamed.delete(waiter);
			if (this.#byInstance.size > 0) return;
			this.#unlisten?.();
			this.#unlisten = null;
		};
	}

	/** From now on it hears of that run alone. Answers the function that ends it. */
	follow(runId: string, waiter: RunWaiter): () => void {
		this.#unnamed.delete(waiter);
		put(this.#byRun, runId, waiter);
		return () => take(this.#byRun, runId, waiter);
	}

	/** Whether it is worth while to say how that instance ended. */
	isAwaited(instanceId: string): boolean {
		return this.#byInstance.has(instanceId);
	}

	ended(instanceId: string, end: End): void {
		for (const waiter of this.#byInstance.get(instanceId) ?? []) waiter.ended(end);
	}

	#hear(hint: Hint): void {
		for (const waiter of this.#unnamed) waiter.heard(hint);
		if (hint.origin === "local") {
			for (const waiter of this.#byRun.get(hint.runId) ?? []) waiter.heard(hint);
			return;
		}
		for (const waiters of this.#byRun.values()) for (const waiter of waiters) waiter.heard(hint);
	}
}

function put<T>(map: Map<string, Set<T>>, key: string, value: T): void {
	const known = map.get(key);
	if (known === undefined) map.set(key, new Set([value]));
	else known.add(value);
}

function take<T>(map: Map<string, Set<T>>, key: string, value: T): void {
	const known = map.get(key);
	known?.delete(value);
	if (known?.size === 0) map.delete(key);
}
