import type { Hint } from "@waymark/engine/backend";
import type { HintCause } from "./commit-context.ts";

type Listener = (hint: Hint) => void;

/** Whoever awaits one result after the other listens again at once: on a server, the watch is a connection. */
const LINGER_MS = 30_000;

/** Tells listeners of this process what was committed, and of other processes' commits while someone listens. */
export class Hints {
	readonly #listeners = new Set<Listener>();
	#unwatch: (() => void) | null = null;
	#lingering: NodeJS.Timeout | undefined;

	constructor(readonly watch: (listener: () => void) => () => void) {}

	listen(listener: Listener): () => void {
		// A wrapper of its own, so that one function may listen twice.
		const mine: Listener = (hint) => listener(hint);
		this.#listeners.add(mine);
		clearTimeout(this.#lingering);
		this.#unwatch ??= this.watch(() => this.#emit({ origin: "remote" }));
		return () => {
			this.#listeners.delete(mine);
			if (this.#listeners.size > 0) return;
			clearTimeout(this.#lingering);
			this.#lingering = setTimeout(() => this.#stop(), LINGER_MS).unref();
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
		clearTimeout(this.#lingering);
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
