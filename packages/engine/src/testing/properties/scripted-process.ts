import type { Hint, PersistentBackend } from "../../backend/contract.ts";
import type { TaskContext, TaskLogger } from "../../core/builder/task-context.ts";
import type { Timer, Timers } from "../../core/clock.ts";
import type { FakeClock } from "../fake-clock.ts";
import type { TaskHost } from "../model/build-plan.ts";
import type { CommitEvent, UnstampedEvent } from "../model/commit-event.ts";
import { recordedBackend } from "../model/recorded-backend.ts";

/**
 * A process that runs one worker and can die at a node of its choice: from then on its calls have no answer, and what it ran never ends.
 */
export class ScriptedProcess implements Timers, TaskHost, TaskLogger {
	readonly name: string;
	readonly backend: PersistentBackend;
	readonly #clock: FakeClock;
	readonly #tell: (event: CommitEvent) => void;
	readonly #asked = new Set<Promise<unknown>>();
	#isDead = false;
	/** Nodes that may still begin before it dies; null: it lives. */
	#left: number | null = null;
	#hasDied: () => void = () => undefined;
	readonly died: Promise<void>;

	constructor(name: string, inner: PersistentBackend, clock: FakeClock, tell: (event: CommitEvent) => void) {
		this.name = name;
		this.#clock = clock;
		this.#tell = tell;
		this.died = new Promise((resolve) => {
			this.#hasDied = resolve;
		});
		this.backend = recordedBackend(inner, {
			call: (action) => this.#call(action),
			committed: (event) => this.#note(event),
			refused: (error) => {
				throw error;
			},
			onHint: (listener: (hint: Hint) => void) => inner.onHint(listener),
		});
	}

	get isDead(): boolean {
		return this.#isDead;
	}

	dieAfter(nodes: number | null): void {
		this.#left = nodes;
	}

	/** Time passes between a script's commands only, and each of them looks at everything: no timer need fire. */
	after(): Timer {
		return { cancel: () => undefined };
	}

	every(): Timer {
		return { cancel: () => undefined };
	}

	nextTurn(): Promise<void> {
		return this.#clock.nextTurn();
	}

	async began({ runId, path, attempt }: TaskContext): Promise<void> {
		this.#note({ call: "began", runId, path, attempt });
		if (this.#left === null) return;
		this.#left -= 1;
		if (this.#left < 0) await this.die();
	}

	ended(): void {}

	/** Time stands still while a script's command is done: a node that takes long takes none of it. */
	async sleep(): Promise<void> {}

	die(): Promise<never> {
		this.#isDead = true;
		this.#hasDied();
		return new Promise(() => undefined);
	}

	info(): void {}

	warn(): void {}

	error(): void {}

	/** Resolves when the database has answered all that it was asked, though nobody may hear it. */
	async quiet(): Promise<void> {
		while (this.#asked.size > 0) await Promise.allSettled(this.#asked);
	}

	async #call<T>(action: () => Promise<T>): Promise<T> {
		if (this.#isDead) return new Promise(() => undefined);
		const asked = action();
		this.#asked.add(asked);
		try {
			const result = await asked;
			return this.#isDead ? new Promise(() => undefined) : result;
		} finally {
			this.#asked.delete(asked);
		}
	}

	#note(event: UnstampedEvent): void {
		this.#tell({ at: this.#clock.now(), by: this.name, ...event } as CommitEvent);
	}
}
