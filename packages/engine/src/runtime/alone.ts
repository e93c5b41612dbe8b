import type { Timers } from "../core/clock.ts";
import type { Changes } from "./changes.ts";
import type { NodeAtWork } from "./node-at-work.ts";

/** How long the worker stands still for it: a task that hangs must not keep everybody else from work for ever. */
const WITHIN_MS = 30_000;

/**
 * The one node that runs, or is about to run, with nothing beside it: a task that kills its process takes nobody else's
 * attempts with it then. Meanwhile nothing new is taken on, and chains end at their next node.
 */
export class Alone {
	#node: NodeAtWork | null = null;

	constructor(
		readonly timers: Timers,
		/** A node has ended, or only lingers. */
		readonly changes: Changes,
		readonly running: { readonly size: number },
	) {}

	get isTaken(): boolean {
		return this.#node !== null;
	}

	/** Takes it for that node, and resolves when nothing else runs here, or has been waited for long enough. */
	async take(node: NodeAtWork): Promise<void> {
		this.#node = node;
		let isOver = false;
		const patience = this.timers.after(WITHIN_MS, () => {
			isOver = true;
			this.changes.tell();
		});
		while (this.running.size > 1 && !isOver) await this.changes.next();
		patience.cancel();
	}

	/** Whether it was that node's, which has ended. */
	end(node: NodeAtWork): boolean {
		if (this.#node !== node) return false;
		this.#node = null;
		return true;
	}
}
