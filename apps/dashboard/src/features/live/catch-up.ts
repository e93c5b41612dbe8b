interface CatchUpPorts {
	/** Fetches the whole state. */
	fetch(): Promise<unknown>;
	/** Whether what is shown has reached that version, or has nothing to do with it any more. */
	reached(version: number): boolean;
}

/** Answers that lie behind what was announced are asked for again, but not for ever. */
const MAX_ROUNDS = 5;

/**
 * Fetches until what is shown has reached the newest version that was announced. However many announcements come
 * while a fetch is under way, at most one more follows: neither is a fetch cut off by the next announcement, nor is
 * an answer that set out before it taken for the last word.
 */
export class CatchUp {
	readonly #ports: CatchUpPorts;
	#wanted = 0;
	#running: Promise<void> | null = null;

	constructor(ports: CatchUpPorts) {
		this.#ports = ports;
	}

	/** Resolves once it is there; rejects when the state could not be fetched. */
	to(version: number): Promise<void> {
		this.#wanted = Math.max(this.#wanted, version);
		this.#running ??= this.#run().finally(() => {
			this.#running = null;
			this.#wanted = 0;
		});
		return this.#running;
	}

	async #run(): Promise<void> {
		for (let round = 0; round < MAX_ROUNDS; round += 1) {
			await this.#ports.fetch();
			if (this.#ports.reached(this.#wanted)) return;
		}
		throw new Error("the server stays behind what it announced");
	}
}
