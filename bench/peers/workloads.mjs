/** What every engine is asked to do, in the sizes of ours. */
export const STEPS = 10;
export const BRANCHES = 100;

export const SIZES = {
	full: { "linear-1": 60, "linear-100": 400, "fork-100": 10, "start-result": 30, "sleepers-10000": 10_000 },
	quick: { "linear-1": 3, "linear-100": 10, "fork-100": 1, "start-result": 3, "sleepers-10000": 20 },
};

export const now = () => performance.timeOrigin + performance.now();

export const pause = (/** @type {number} */ ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** @param {readonly number[]} values */
export function median(values) {
	return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/**
 * Calls back `count` times, at most `atOnce` at a time.
 * @param {number} count
 * @param {number} atOnce
 * @param {(n: number) => Promise<unknown>} call
 */
export async function each(count, atOnce, call) {
	let next = 0;
	const lane = async () => {
		while (next < count) {
			const n = next;
			next += 1;
			await call(n);
		}
	};
	await Promise.all(Array.from({ length: Math.min(atOnce, count) }, lane));
}

/**
 * Looks until that many are committed as completed.
 * @param {() => Promise<number>} completed
 * @param {number} wanted
 */
export async function until(completed, wanted) {
	while ((await completed()) < wanted) await pause(5);
}
