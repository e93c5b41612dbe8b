import { Logger } from "@graphile/logger";
import { run, runMigrations } from "graphile-worker";
import pg from "pg";
import { median, now, pause, STEPS } from "./workloads.mjs";

const LEFT = "SELECT count(*) AS n FROM graphile_worker._private_jobs";
const silent = new Logger(() => () => {});

/**
 * A queue, not a workflow engine: a step is a job that puts the next one in the queue, and no result is recorded.
 * PostgreSQL only. It bounds what one transaction or two per step can do.
 */
export async function open(/** @type {string} */ url) {
	const reader = new pg.Client(url);
	await reader.connect();
	await runMigrations({ connectionString: url, logger: silent });
	const left = async () => Number((await reader.query(LEFT)).rows[0].n);
	let done = 0;
	/** @type {(at: number) => void} */
	let stamped = () => {};
	/** @type {import("graphile-worker").TaskList} */
	const taskList = {
		step: async (payload, { addJob }) => {
			const { n } = /** @type {{ n: number }} */ (payload);
			if (n < STEPS) await addJob("step", { n: n + 1 });
			else done += 1;
		},
		stamp: async () => stamped(now()),
		wake: async () => {
			done += 1;
		},
	};
	const working = async (/** @type {number} */ concurrency, /** @type {() => Promise<any>} */ work) => {
		const options = { connectionString: url, taskList, concurrency, maxPoolSize: 20, noHandleSignals: true };
		const runner = await run({ ...options, logger: silent });
		const answer = await work();
		await runner.stop();
		return answer;
	};
	const add = (/** @type {string} */ task, /** @type {number} */ count, /** @type {string} */ at = "now()") =>
		reader.query(
			`SELECT graphile_worker.add_job('${task}', '{"n": 1}'::json, run_at := ${at}) FROM generate_series(1, ${count})`,
		);
	return {
		async linear(/** @type {number} */ inFlight, /** @type {number} */ instances) {
			await add("step", instances);
			const since = now();
			return working(inFlight, async () => {
				while ((await left()) > 0) await pause(5);
				return now() - since;
			});
		},
		fork: null,
		async startToResult(/** @type {number} */ rounds) {
			const toTask = /** @type {number[]} */ ([]);
			const toResult = /** @type {number[]} */ ([]);
			await working(10, async () => {
				for (let n = 0; n < rounds; n += 1) {
					await pause(15);
					const since = now();
					const ran = new Promise((resolve) => {
						stamped = resolve;
					});
					await add("stamp", 1);
					toTask.push(Number(await ran) - since);
					while ((await left()) > 0) await pause(1);
					toResult.push(now() - since);
				}
			});
			return { toTask: median(toTask), toResult: median(toResult) };
		},
		async sleepers(/** @type {number} */ count) {
			const moment = Date.now() + 5_000;
			await add("wake", count, `to_timestamp(${moment / 1000})`);
			return working(100, async () => {
				while ((await left()) > 0) await pause(5);
				return Date.now() - moment;
			});
		},
		completed: async () => done,
		async close() {
			await reader.end();
		},
	};
}
