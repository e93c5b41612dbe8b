const WITHIN_MS = 60_000;
const MOST_FAILURES = 5;
/** So many peers are remembered; an attacker with more addresses gains what five guesses each are worth. */
const MOST_PEERS = 10_000;

/** How often each peer has failed lately. */
export class FailureLimit {
	readonly #failures = new Map<string, readonly number[]>();
	readonly #now: () => number;

	constructor(now: () => number = () => performance.now()) {
		this.#now = now;
	}

	/** Whether that peer must wait. */
	isReached(peer: string): boolean {
		return this.#recent(peer).length >= MOST_FAILURES;
	}

	failed(peer: string): void {
		const recent = [...this.#recent(peer), this.#now()];
		this.#failures.delete(peer);
		this.#failures.set(peer, recent);
		for (const oldest of this.#failures.keys()) {
			if (this.#failures.size <= MOST_PEERS) return;
			this.#failures.delete(oldest);
		}
	}

	#recent(peer: string): readonly number[] {
		const since = this.#now() - WITHIN_MS;
		return (this.#failures.get(peer) ?? []).filter((at) => at > since);
	}
}
