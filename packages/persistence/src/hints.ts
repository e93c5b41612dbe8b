import type { Hint } from "@waymark/engine/backend";
import type { HintCause } from "./commit-context.ts";

type Listener = (hint: Hint) => void;

/** Tells listeners of this process what was committed, and of other processes' commits while someone listens. */
export class Hints {
	readonly #listeners = new Set<Listener>();
	#unwatch: (() => void) | null = null;

	constructor(readonly watch: (listener: () => void) => () => void) {}

	listen(listener: Listener): () => void {
		// A wrapper of its own, so that one function may listen twice.
		const mine: Listener = (hint) => listener(hint);
		this.#listeners.add(mine);
		this.#unwatch ??= this.watch(() => this.#emit({ origin: "remote" }));
		return () => {
			this.#listeners.delete(mine);
			if (this.#listeners.size === 0) this.#stop();
		};
	}

	announce(changes: ReadonlyMap<string, ReadonlySet<HintCause>>): void {
		if (this.#listeners.size === 0) return;
		for (const [runId, causes] of changes) {
			for (const cause of causes) this.#emit({ origin: "local", runId, cause });
		}
	}

	close(): void {
		this.#listeners.clear();
		this.#stop();
	}

	#stop(): void {
		this.#unwatch?.();
		this.#unwatch = null;
	}

	#emit(hint: Hint): void {
		for (const listener of this.#listeners) {
			try {
				listener(hint);
			} catch (error) {
				// A listener's fault must not reach the committer, whose commands have committed.
				process.emitWarning(error instanceof Error ? error : String(error));
			}
		}
	}
}
