import { DBOS } from "@dbos-inc/dbos-sdk";
import pg from "pg";
import { BRANCHES, each, median, now, pause, STEPS, until } from "./workloads.mjs";

const COMPLETED = "SELECT count(*) AS n FROM dbos.workflow_status WHERE status = 'SUCCESS'";

const linear = DBOS.registerWorkflow(
	async (/** @type {{ n: number }} */ input) => {
		let value = input;
		for (let n = 0; n < STEPS; n += 1) {
			const before = value;
			value = await DBOS.runStep(async () => ({ n: before.n + 1 }), { name: `s${n}` });
		}
		return value;
	},
	{ name: "linear" },
);

const forked = DBOS.registerWorkflow(
	async () => {
		await DBOS.runStep(async () => ({ n: 1 }), { name: "start" });
		const branches = Array.from({ length: BRANCHES }, (_, n) => DBOS.runStep(async () => ({ n }), { name: `b${n}` }));
		const done = await Promise.all(branches);
		return DBOS.runStep(async () => ({ n: done.length }), { name: "join" });
	},
	{ name: "forked" },
);

const stamp = DBOS.registerWorkflow(async () => DBOS.runStep(async () => now(), { name: "stamp" }), { name: "stamp" });

const sleeper = DBOS.registerWorkflow(
	async (/** @type {number} */ moment) => {
		await DBOS.sleep(Math.max(moment - Date.now(), 1));
		return DBOS.runStep(async () => ({ n: 1 }), { name: "wake" });
	},
	{ name: "sleeper" },
);

/** PostgreSQL only. It performs what a process starts in that process, so that is how its work is put to it. */
export async function open(/** @type {string} */ url) {
	const reader = new pg.Client(url);
	await reader.connect();
	DBOS.setConfig({ name: "bench", systemDatabaseUrl: url, systemDatabasePoolSize: 20, logLevel: "error" });
	await DBOS.launch();
	const completed = async () => Number((await reader.query(COMPLETED)).rows[0].n);
	return {
		/** That many at a time, each started when another is done: starting is part of the time. */
		async linear(/** @type {number} */ inFlight, /** @type {number} */ instances) {
			const before = await completed();
			const since = now();
			await each(instances, inFlight, async () => (await DBOS.startWorkflow(linear)({ n: 0 })).getResult());
			await until(completed, before + instances);
			return now() - since;
		},
		async fork(/** @type {number} */ rounds) {
			const times = /** @type {number[]} */ ([]);
			for (let n = 0; n < rounds; n += 1) {
				const since = now();
				await (await DBOS.startWorkflow(forked)()).getResult();
				times.push(now() - since);
			}
			return median(times);
		},
		async startToResult(/** @type {number} */ rounds) {
			const toTask = /** @type {number[]} */ ([]);
			const toResult = /** @type {number[]} */ ([]);
			for (let n = 0; n < rounds; n += 1) {
				await pause(15);
				const since = now();
				const at = await (await DBOS.startWorkflow(stamp)()).getResult();
				toTask.push(at - since);
				toResult.push(now() - since);
			}
			return { toTask: median(toTask), toResult: median(toResult) };
		},
		async sleepers(/** @type {number} */ count) {
			const moment = Date.now() + 5_000 + count * 5;
			const before = await completed();
			await each(count, 50, () => DBOS.startWorkflow(sleeper)(moment));
			await until(completed, before + count);
			return Date.now() - moment;
		},
		completed,
		async close() {
			await DBOS.shutdown();
			await reader.end();
		},
	};
}
