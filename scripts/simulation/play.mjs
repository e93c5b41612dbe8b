import { fork } from "node:child_process";

/**
 * @typedef {object} Violation
 * @property {number} seed
 * @property {string} invariant
 * @property {string} message
 * @property {object} scenario
 * @property {string[]} log
 *
 * @typedef {object} Job
 * @property {string | null} [replay] path of a kept scenario
 * @property {number} [from] first seed
 * @property {number} [count] how many schedules
 * @property {number | null} [until] ms since the epoch, after which no further one is begun
 * @property {boolean} [isTwice] play each a second time and compare
 * @property {boolean} [shrinks]
 * @property {boolean} [stopsAtFirst]
 * @property {number} [processes]
 *
 * @typedef {{ played: number, commits: number, violations: Violation[] }} Tally
 */

/**
 * Plays schedules in processes of their own, side by side.
 * @param {string} file the bundled simulator
 * @param {Job} job
 * @param {(played: number) => void} [onProgress]
 * @returns {Promise<Tally>}
 */
export async function play(file, job, onProgress = () => undefined) {
	const { from = 1, count = 1, processes = 1 } = job;
	const played = new Array(processes).fill(0);
	const parts = Array.from({ length: processes }, (_, at) =>
		playOne(
			file,
			{ ...defaults(job), from: from + at, stride: processes, count: Math.ceil((count - at) / processes) },
			(done) => {
				played[at] = done;
				onProgress(played.reduce((sum, one) => sum + one, 0));
			},
		),
	);
	const tallies = await Promise.all(parts);
	return {
		played: tallies.reduce((sum, one) => sum + one.played, 0),
		commits: tallies.reduce((sum, one) => sum + one.commits, 0),
		violations: tallies.flatMap(({ violations }) => violations),
	};
}

/** @param {Job} job */
function defaults({ replay = null, until = null, isTwice = true, shrinks = true, stopsAtFirst = false }) {
	return { replay, until, isTwice, shrinks, stopsAtFirst };
}

/**
 * @param {string} file
 * @param {object} job
 * @param {(played: number) => void} onProgress
 * @returns {Promise<Tally>}
 */
function playOne(file, job, onProgress) {
	return new Promise((resolve, reject) => {
		/** @type {Tally} */
		const tally = { played: 0, commits: 0, violations: [] };
		let isDone = false;
		const child = fork(file, [JSON.stringify(job)], { stdio: ["ignore", "inherit", "inherit", "ipc"] });
		child.on("message", (/** @type {any} */ message) => {
			if (message.kind === "violation") {
				tally.violations.push(message);
				return;
			}
			Object.assign(tally, { played: message.played, commits: message.commits });
			onProgress(message.played);
			isDone = message.kind === "done";
		});
		child.on("error", reject);
		child.on("exit", (code) => {
			if (isDone) resolve(tally);
			else reject(new Error(`The simulator ended with ${code} after ${tally.played} schedules.`));
		});
	});
}
