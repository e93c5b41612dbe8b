import type { PersistentBackend } from "@waymark/engine/backend";

/** Safety net: hints may be lost, changes may not. */
const POLL_MS = 2_000;

/** Told that something may have changed for the run that it watches. */
export type Nudge = () => void;

/**
 * One listener on the backend and one slow poll for all streams of this process, however many there are. Both run
 * only while somebody watches.
 */
export class LiveHub {
	readonly #backend: PersistentBackend;
	readonly #watchers = new Map<string, Set<Nudge>>();
	#stop: (() => void) | null = null;

	constructor(backend: PersistentBackend) {
		this.#backend = backend;
	}

	/** Answers the function that ends the watch. */
	watch(runId: string, nudge: Nudge): () => void {
		const nudges = this.#watchers.get(runId) ?? new Set();
		this.#watchers.set(runId, nudges.add(nudge));
		this.#stop ??= this.#listen();
		return () => {
			nudges.delete(nudge);
			if (nudges.size === 0 && this.#watchers.get(runId) === nudges) this.#watchers.delete(runId);
			if (this.#watchers.size > 0) return;
			this.#stop?.();
			this.#stop = null;
		};
	}

	#listen(): () => void {
		const unhint = this.#backend.onHint((hint) => {
			if (hint.origin === "local") this.#nudge(hint.runId);
			else this.#nudgeAll();
		});
		const poll = setInterval(() => this.#nudgeAll(), POLL_MS);
		poll.unref();
		return () => {
			unhint();
			clearInterval(poll);
		};
	}

	#nudge(runId: string): void {
		for (const nudge of this.#watchers.get(runId) ?? []) nudge();
	}

	#nudgeAll(): void {
		for (const nudges of this.#watchers.values()) for (const nudge of nudges) nudge();
	}
}
