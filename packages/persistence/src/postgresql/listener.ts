import type pg from "pg";
import { discard } from "./connection.ts";

/** All processes on a database. The payload says who committed. */
export const CHANNEL = "waymark";

const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 5_000;
/** A connection that died silently is found by this look, long after polling has done its work. */
const LOOK_EVERY_MS = 30_000;

/**
 * Hears of other processes' commits, on a connection of its own that is made again whenever it is lost. What was said
 * before it was there, or in between, is made up for by one call; another one says that it was lost.
 */
export class Listener {
	#client: pg.Client | null = null;
	#isListening = false;
	#ended = false;
	#wake: () => void = () => {};
	readonly #done: Promise<void>;

	constructor(
		readonly connect: () => Promise<pg.Client>,
		/** Our own commits are known already. */
		readonly self: string,
		readonly heard: () => void,
	) {
		this.#done = this.#run();
	}

	/** Whether it hears at this moment, as far as it knows. */
	get isListening(): boolean {
		return this.#isListening;
	}

	end(): Promise<void> {
		this.#ended = true;
		if (this.#client !== null) discard(this.#client);
		this.#wake();
		return this.#done;
	}

	async #run(): Promise<void> {
		let pause = FIRST_PAUSE_MS;
		while (!this.#ended) {
			try {
				const client = await this.connect();
				this.#client = client;
				const lost = new Promise((resolve) => client.once("end", resolve));
				client.on("notification", ({ payload }) => {
					if (payload !== this.self) this.heard();
				});
				if (this.#ended) discard(client);
				else await client.query(`LISTEN ${CHANNEL}`);
				this.#isListening = true;
				this.heard();
				pause = FIRST_PAUSE_MS;
				const look = setInterval(() => void client.query("SELECT 1").catch(() => discard(client)), LOOK_EVERY_MS);
				look.unref();
				await lost;
				clearInterval(look);
			} catch {
				// Polling goes on without it; the next try follows.
			}
			if (this.#client !== null) discard(this.#client);
			this.#client = null;
			const wasListening = this.#isListening;
			this.#isListening = false;
			// From now on only polling finds what others commit.
			if (wasListening && !this.#ended) this.heard();
			if (!this.#ended) await this.#sleep(pause * (0.5 + Math.random()));
			pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
		}
	}

	#sleep(ms: number): Promise<void> {
		return new Promise((resolve) => {
			const timer = setTimeout(resolve, ms);
			this.#wake = () => {
				clearTimeout(timer);
				resolve();
			};
		});
	}
}
