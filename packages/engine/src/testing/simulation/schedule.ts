import type { Random } from "../model/random.ts";

interface Entry {
	readonly at: number;
	/** Drawn, so that things of one moment happen in any order. */
	readonly tie: number;
	readonly call: () => void;
	/** Whoever it happens to: null means the world itself. */
	readonly actor: Actor | null;
	isCancelled: boolean;
}

/** What a process is to the schedule: things happen to it only while it lives, and wait while it is frozen. */
export interface Actor {
	readonly isDead: boolean;
	/** Virtual time until which nothing happens to it. */
	readonly frozenUntil: number;
}

/**
 * Virtual time and the order of everything: one thing happens at a time, and all that follows from it at once (every
 * microtask) is over before the next. Nothing here is asynchronous to the machine, so a seed always gives one order.
 */
export class Schedule {
	readonly #random: Random;
	readonly #heap: Entry[] = [];
	#now: number;
	#steps = 0;

	constructor(random: Random, start: number) {
		this.#random = random;
		this.#now = start;
	}

	get now(): number {
		return this.#now;
	}

	get steps(): number {
		return this.#steps;
	}

	in(ms: number, actor: Actor | null, call: () => void): { cancel(): void } {
		const entry = { at: this.#now + Math.max(ms, 0), tie: this.#random.next(), call, actor, isCancelled: false };
		this.#push(entry);
		return {
			cancel: () => {
				entry.isCancelled = true;
			},
		};
	}

	/** Everybody sleeps until then: what fell due meanwhile happens now. */
	jumpTo(at: number): void {
		this.#now = Math.max(this.#now, at);
	}

	/** Lets one thing after the other happen for as long as `goesOn` says so and something is left. */
	run(goesOn: () => boolean): Promise<void> {
		return new Promise((resolve, reject) => {
			const step = () => {
				try {
					if (!goesOn() || !this.#step()) {
						resolve();
						return;
					}
				} catch (error) {
					reject(error);
					return;
				}
				// Ticks run only when no microtask is left, and this one is queued behind those there are.
				void quiet.then(next);
			};
			const quiet = Promise.resolve();
			const next = () => process.nextTick(step);
			next();
		});
	}

	/** False: nothing is left. */
	#step(): boolean {
		for (;;) {
			const entry = this.#pop();
			if (entry === undefined) return false;
			if (entry.isCancelled || entry.actor?.isDead === true) continue;
			const until = entry.actor?.frozenUntil ?? 0;
			if (until > Math.max(entry.at, this.#now)) {
				// It wakes to all of it at once, in any order.
				this.#push(Object.assign(entry, { at: until, tie: this.#random.next() }));
				continue;
			}
			this.#now = Math.max(this.#now, entry.at);
			this.#steps += 1;
			entry.call();
			return true;
		}
	}

	#push(entry: Entry): void {
		const heap = this.#heap;
		let at = heap.push(entry) - 1;
		while (at > 0) {
			const above = (at - 1) >> 1;
			const other = heap[above] as Entry;
			if (!comesBefore(entry, other)) break;
			heap[at] = other;
			at = above;
		}
		heap[at] = entry;
	}

	#pop(): Entry | undefined {
		const heap = this.#heap;
		const first = heap[0];
		const last = heap.pop();
		if (first === undefined || last === undefined || heap.length === 0) return first;
		let at = 0;
		for (;;) {
			let below = 2 * at + 1;
			if (below >= heap.length) break;
			if (below + 1 < heap.length && comesBefore(heap[below + 1] as Entry, heap[below] as Entry)) below += 1;
			if (!comesBefore(heap[below] as Entry, last)) break;
			heap[at] = heap[below] as Entry;
			at = below;
		}
		heap[at] = last;
		return first;
	}
}

function comesBefore(a: Entry, b: Entry): boolean {
	return a.at < b.at || (a.at === b.at && a.tie < b.tie);
}
