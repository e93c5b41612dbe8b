import { BackendClosedError } from "@waymark/engine/backend";

/** The calls of one user of a store: refused once it is closed, and waited for before that is over. */
export class CallsUnderWay {
	#pending = 0;
	#closed = false;
	/** Those who wait for the last of them. */
	readonly #waiting: (() => void)[] = [];
	/** One for all calls: there is one for every step of every workflow. */
	readonly #end = () => this.end();

	constructor(readonly backend: string) {}

	assertOpen(): void {
		if (this.#closed) throw new BackendClosedError(this.backend);
	}

	track<T>(promise: Promise<T>): Promise<T> {
		this.begin();
		promise.then(this.#end, this.#end);
		return promise;
	}

	/** What track() does, for who says himself when the call has ended, and so spares it a promise. */
	begin(): void {
		this.#pending += 1;
	}

	end(): void {
		this.#pending -= 1;
		if (this.#pending === 0) for (const resolve of this.#waiting.splice(0)) resolve();
	}

	/** Answers whether it was open. */
	close(): boolean {
		const wasOpen = !this.#closed;
		this.#closed = true;
		return wasOpen;
	}

	async ended(): Promise<void> {
		if (this.#pending > 0) await new Promise<void>((resolve) => this.#waiting.push(resolve));
	}
}
