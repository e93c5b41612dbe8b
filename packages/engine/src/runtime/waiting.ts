/** A sleep that can be ended early. A wake that comes before the sleep is not lost: it ends the next one. */
export class Waiting {
	#woken = false;
	#end: () => void = () => undefined;

	wake(): void {
		this.#woken = true;
		this.#end();
	}

	async forAtMost(ms: number): Promise<void> {
		if (!this.#woken) {
			await new Promise<void>((resolve) => {
				const timer = setTimeout(resolve, ms);
				this.#end = () => {
					clearTimeout(timer);
					resolve();
				};
			});
		}
		this.#woken = false;
	}
}
