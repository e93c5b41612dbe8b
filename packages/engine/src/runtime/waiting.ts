import type { Timers } from "../core/clock.ts";

/** A sleep that can be ended early. A wake that comes before the sleep is not lost: it ends the next one. */
export class Waiting {
	readonly #timers: Timers;
	#woken = false;
	#end: () => void = () => undefined;

	constructor(timers: Timers) {
		this.#timers = timers;
	}

	wake(): void {
		this.#woken = true;
		this.#end();
	}

	async forAtMost(ms: number): Promise<void> {
		if (!this.#woken) {
			await new Promise<void>((resolve) => {
				const timer = this.#timers.after(ms, resolve);
				this.#end = () => {
					timer.cancel();
					resolve();
				};
			});
		}
		this.#woken = false;
	}
}
