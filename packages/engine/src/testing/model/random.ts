/** Seeded randomness (mulberry32): the same seed gives the same numbers for ever, on every machine. */
export class Random {
	readonly #seed: number;
	#state: number;

	constructor(seed: number) {
		this.#seed = seed >>> 0;
		this.#state = mixed(this.#seed, 0x9e3779b9);
	}

	/** [0, 1). */
	next(): number {
		this.#state = (this.#state + 0x6d2b79f5) | 0;
		let t = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
		t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
		return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
	}

	/** A whole number from `least` to `most`, both included. */
	int(least: number, most: number): number {
		return least + Math.floor(this.next() * (most - least + 1));
	}

	chance(probability: number): boolean {
		return probability > 0 && this.next() < probability;
	}

	pick<T>(list: readonly T[]): T {
		if (list.length === 0) throw new RangeError("Nothing to pick from.");
		return list[Math.floor(this.next() * list.length)] as T;
	}

	/** Numbers of their own for one purpose: what is drawn there changes nothing here. */
	stream(purpose: string): Random {
		return new Random(mixed(this.#seed, hashOf(purpose)));
	}
}

/** FNV-1a, 32 bits. */
export function hashOf(text: string): number {
	let hash = 0x811c9dc5;
	for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
	return hash >>> 0;
}

function mixed(a: number, b: number): number {
	let hash = Math.imul(a ^ (b >>> 16), 0x85ebca6b) ^ Math.imul(b ^ (a >>> 13), 0xc2b2ae35);
	hash ^= hash >>> 16;
	return Math.imul(hash, 0x27d4eb2f) >>> 0;
}
