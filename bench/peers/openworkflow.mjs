import { OpenWorkflow } from "openworkflow";
import { BackendPostgres } from "openworkflow/postgres";
import { BackendSqlite } from "openworkflow/sqlite";
import pg from "pg";
import { BRANCHES, each, median, now, pause, STEPS, until } from "./workloads.mjs";

const COMPLETED = "SELECT count(*) AS n FROM workflow_runs WHERE status = 'completed'";

/** @param {string} url */
async function connect(url) {
	if (url.startsWith("file:")) {
		const file = url.slice("file:".length);
		const backend = BackendSqlite.connect(file);
		// As durable as ours: the connection of its backend, and one that only looks.
		/** @type {any} */ (backend).db.exec("PRAGMA synchronous = FULL");
		const { DatabaseSync } = await import("node:sqlite");
		const reader = new DatabaseSync(file);
		const count = reader.prepare(COMPLETED);
		return { backend, completed: async () => Number(count.get()?.n), closeReader: async () => reader.close() };
	}
	const backend = await BackendPostgres.connect(url);
	const reader = new pg.Client(url);
	await reader.connect();
	const text = COMPLETED.replace("workflow_runs", "openworkflow.workflow_runs");
	const completed = async () => Number((await reader.query(text)).rows[0].n);
	return { backend, completed, closeReader: () => reader.end() };
}

/** @param {string} url */
export async function open(url) {
	const { backend, completed, closeReader } = await connect(url);
	const ow = new OpenWorkflow({ backend });
	const linear = ow.defineWorkflow({ name: "linear" }, async ({ input, step }) => {
		let value = /** @type {any} */ (input);
		for (let n = 0; n < STEPS; n += 1) value = await step.run({ name: `s${n}` }, () => ({ n: value.n + 1 }));
		return value;
	});
	const forked = ow.defineWorkflow({ name: "forked" }, async ({ step }) => {
		await step.run({ name: "start" }, () => ({ n: 1 }));
		const branches = Array.from({ length: BRANCHES }, (_, n) => step.run({ name: `b${n}` }, () => ({ n })));
		const done = await Promise.all(branches);
		return step.run({ name: "join" }, () => ({ n: done.length }));
	});
	const stamp = ow.defineWorkflow({ name: "stamp" }, async ({ step }) => step.run({ name: "stamp" }, () => now()));
	const sleeper = ow.defineWorkflow({ name: "sleeper" }, async ({ input, step }) => {
		const ms = Math.max(/** @type {any} */ (input).moment - Date.now(), 1);
		await step.sleep("sleep", `${ms}ms`);
		return step.run({ name: "wake" }, () => ({ n: 1 }));
	});

	/**
	 * @param {number} concurrency
	 * @param {() => Promise<any>} work
	 */
	const working = async (concurrency, work) => {
		const worker = ow.newWorker({ concurrency });
		await worker.start();
		const answer = await work();
		await worker.stop();
		return answer;
	};

	return {
		/** Started beforehand, then a worker with that many at a time. */
		async linear(/** @type {number} */ inFlight, /** @type {number} */ instances) {
			const before = await completed();
			await each(instances, 50, () => linear.run({ n: 0 }));
			const since = now();
			return working(inFlight, async () => {
				await until(completed, before + instances);
				return now() - since;
			});
		},
		async fork(/** @type {number} */ rounds) {
			const times = /** @type {number[]} */ ([]);
			await working(10, async () => {
				for (let n = 0; n < rounds; n += 1) {
					const since = now();
					await forked.run({});
					await until(completed, (await completed()) + 1);
					times.push(now() - since);
				}
			});
			return median(times);
		},
		async startToResult(/** @type {number} */ rounds) {
			const toTask = /** @type {number[]} */ ([]);
			const toResult = /** @type {number[]} */ ([]);
			await working(10, async () => {
				for (let n = 0; n < rounds; n += 1) {
					await pause(15);
					const since = now();
					const handle = await stamp.run({});
					const at = Number(await handle.result());
					toTask.push(at - since);
					toResult.push(now() - since);
				}
			});
			return { toTask: median(toTask), toResult: median(toResult) };
		},
		/** All have gone to sleep before the moment, which is far enough away for that. */
		async sleepers(/** @type {number} */ count) {
			const moment = Date.now() + 5_000 + count * 20;
			const before = await completed();
			return working(100, async () => {
				await each(count, 50, () => sleeper.run({ moment }));
				await until(completed, before + count);
				return Date.now() - moment;
			});
		},
		completed,
		async close() {
			await backend.stop();
			await closeReader();
		},
	};
}
