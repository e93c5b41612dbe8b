/**
 * What the gallery's tasks do. `takes` lets that much of the past go by, and nothing in the present.
 * @typedef {{ readonly takes: (ms: number) => void }} Pace
 * @typedef {import("@waymark/engine").TaskContext} TaskContext
 * @typedef {(value: any, context: TaskContext) => any} Task
 */

/**
 * Hands its input on after a time that is the same in every seeding: it follows from the node's path.
 * @param {Pace} pace
 * @param {number} [ms] at most
 * @returns {Task}
 */
export function works(pace, ms = 2_000) {
	return (value, { path }) => {
		pace.takes(20 + (numberOf(path) % ms));
		return value;
	};
}

/**
 * Fails every attempt before the `lasts`th with another message.
 * @param {Pace} pace
 * @param {number} lasts
 * @returns {Task}
 */
export function failsUntil(pace, lasts) {
	return (value, { attempt }) => {
		pace.takes(700 * attempt);
		if (attempt < lasts)
			throw new RangeError(`The carrier answered 503 for attempt ${attempt}: <b>try again</b> later`);
		return value;
	};
}

/** Runs until it is told to stop. @type {Task} */
export function runsOn(_value, { signal }) {
	return new Promise((_resolve, reject) => {
		signal.addEventListener("abort", () => reject(signal.reason), { once: true });
	});
}

/** Runs on even when it is told to stop: what a request is stuck behind. @type {Task} */
export function ignoresEverything() {
	return new Promise(() => undefined);
}

/** A small number that belongs to a text for good. @param {string} text */
export function numberOf(text) {
	let sum = 7;
	for (const char of text) sum = (sum * 31 + (char.codePointAt(0) ?? 0)) % 1_000_003;
	return sum;
}
