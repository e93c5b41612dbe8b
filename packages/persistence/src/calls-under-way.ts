import { BackendClosedError } from "@waymark/engine/backend";

/** The calls of one user of a store: refused once it is closed, and waited for before that is over. */
export class CallsUnderWay {
	readonly #pending = new Set<Promise<unknown>>();
	#closed = false;

	constructor(readonly backend: string) {}

	assertOpen(): void {
		if (this.#closed) throw new BackendClosedError(this.backend);
	}

	track<T>(promise: Promise<T>): Promise<T> {
		this.#pending.add(promise);
		const forget = () => {
			this.#pending.delete(promise);
		};
		promise.then(forget, forget);
		return promise;
	}

	/** Answers whether it was open. */
	close(): boolean {
		const wasOpen = !this.#closed;
		this.#closed = true;
		return wasOpen;
	}

	async ended(): Promise<void> {
		await Promise.allSettled(this.#pending);
	}
}
