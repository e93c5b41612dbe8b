/**
 * Tells one attempt to stop, once. The AbortSignal that user code sees is made when it asks for one: few tasks do, and
 * making one costs more than the rest of a short step.
 */
export class AttemptAbort {
	#isAborted = false;
	#reason: unknown = null;
	#controller: AbortController | null = null;
	#listener: (() => void) | null = null;

	get isAborted(): boolean {
		return this.#isAborted;
	}

	get reason(): unknown {
		return this.#reason;
	}

	get signal(): AbortSignal {
		if (this.#controller === null) {
			this.#controller = new AbortController();
			if (this.#isAborted) this.#controller.abort(this.#reason);
		}
		return this.#controller.signal;
	}

	/** Only the first reason counts. */
	abort(reason: unknown): void {
		if (this.#isAborted) return;
		this.#isAborted = true;
		this.#reason = reason;
		this.#listener?.();
		this.#controller?.abort(reason);
	}

	/** Calls back before user code hears of it. One listener at a time; null: none. */
	listen(listener: (() => void) | null): void {
		this.#listener = listener;
	}

	throwIfAborted(): void {
		if (this.#isAborted) throw this.#reason;
	}
}
