import type { HeldLease } from "../backend/commands.ts";
import type { ExecutorPorts } from "./executor-ports.ts";

/**
 * Leases that the database says are ours and that nobody works on here: the answer that granted them was lost, and the
 * heartbeat would hold them for ever. They are told from those whose answer is still under way.
 */
export class Strays {
	/** Claims under way: what they were granted may be committed, and not yet be at work. */
	claims = 0;
	/** Settles under way, by run: likewise. */
	readonly #settling = new Map<string, number>();
	/** Runs of which a settle has ended since the look under way began: what it saw of them may be over. */
	#settledSince = new Set<string>();
	#isLooking = false;

	/** A look at the database begins. It ends with release(), or with the next one. */
	look(): void {
		this.#isLooking = true;
		this.#settledSince.clear();
	}

	/** A settle of that run is under way until settled() is called. */
	settling(runId: string): void {
		this.#settling.set(runId, (this.#settling.get(runId) ?? 0) + 1);
	}

	settled(runId: string): void {
		const others = (this.#settling.get(runId) ?? 1) - 1;
		if (this.#isLooking) this.#settledSince.add(runId);
		if (others > 0) this.#settling.set(runId, others);
		else this.#settling.delete(runId);
	}

	/** Gives strays back, charging nothing. Answers how many. Call it right after the look at the database. */
	async release(
		{ backend, clock, timers, lease: own, log }: ExecutorPorts,
		held: readonly HeldLease[],
		owner: string,
		isRunning: (lease: HeldLease) => boolean,
	): Promise<number> {
		// Answers that have arrived are launched before the next turn of the event loop.
		await timers.nextTurn();
		this.#isLooking = false;
		if (this.claims > 0) return 0;
		const isOver = ({ runId }: HeldLease) => this.#settling.has(runId) || this.#settledSince.has(runId);
		let given = 0;
		for (const lease of held) {
			// Of an incarnation that was given up, a node may have run here whose outcome could not be settled.
			if (!own.holds(owner)) break;
			const { runId, path, epoch } = lease;
			if (isRunning(lease) || isOver(lease)) continue;
			log.warn("a lease that nobody works on is given back", { path, runId });
			const now = clock.now();
			const outcome = { kind: "released" } as const;
			await backend.settle({ runId, path, owner, epoch, startedAt: now, finishedAt: now, outcome, slots: 0 });
			given += 1;
		}
		return given;
	}
}
