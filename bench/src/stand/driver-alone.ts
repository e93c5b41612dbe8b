import Sqlite from "better-sqlite3";
import pg from "pg";
import { STEPS } from "../workflows.ts";
import type { Stand } from "./stand.ts";
import { uncounted } from "./statement-count.ts";

/**
 * What a database and its driver take for the rows of a chain, with no engine: for each step its checkpoint, the move of
 * its open node and the version of its instance, so many instances in a commit. Nothing is decided, checked, encoded or
 * answered; no engine can be faster on these tables. Steps a second.
 */
export async function driverAlone(stand: Stand, inFlight: number): Promise<number> {
	const writer = stand.kind === "sqlite" ? sqliteWriter(stand) : await postgresWriter(stand);
	const runs = await writer.runs();
	const since = performance.now();
	for (let at = 0; at < runs.length; at += inFlight) {
		const group = runs.slice(at, at + inFlight);
		for (let step = 1; step <= STEPS; step += 1) await writer.write(group, step);
	}
	const ms = performance.now() - since;
	await writer.close();
	return (runs.length * STEPS * 1000) / ms;
}

interface Writer {
	/** Of the instances that wait for their first task. */
	runs(): Promise<readonly string[]>;
	/** Commits that step of these runs. */
	write(runs: readonly string[], step: number): Promise<void>;
	close(): Promise<void>;
}

const RUNS = "SELECT run_id FROM open_node ORDER BY run_id";
const VALUE = Buffer.from('{"n":1}');
/** As long as the id of a worker. */
const WORKER = "0".repeat(36);

const pathOf = (step: number) => `s${step}`;

function sqliteWriter(stand: Stand): Writer {
	const handle = new Sqlite(stand.file);
	uncounted.add(handle);
	handle.pragma("synchronous = FULL");
	handle.pragma("wal_autocheckpoint = 4000");
	const head = handle.prepare(
		"UPDATE instance SET version = version + 1, progress_done = ?, updated_at = ? WHERE run_id = ?",
	);
	const end = handle.prepare(
		`UPDATE instance SET version = version + 1, progress_done = ?, updated_at = ?, status = 'completed', ended_at = ?,
			output = ? WHERE run_id = ?`,
	);
	const move = handle.prepare(
		`UPDATE open_node SET path = ?, input = ?, epoch = epoch + 1, granted_at = ?, version = version + 1
		WHERE run_id = ?`,
	);
	const close = handle.prepare("DELETE FROM open_node WHERE run_id = ?");
	const record = handle.prepare(
		`INSERT INTO checkpoint (run_id, path, output, attempt, epoch, worker, started_at, finished_at, version, codec,
			bytes) VALUES (?, ?, ?, 1, ?, ?, ?, ?, ?, 'json', ?)`,
	);
	const writeRun = (run: string, step: number, now: number) => {
		const path = pathOf(step);
		if (step < STEPS) {
			head.run(step, now, run);
			move.run(pathOf(step + 1), path, now, run);
		} else {
			end.run(step, now, now, path, run);
			close.run(run);
		}
		record.run(run, path, path, step, WORKER, now, now, step, VALUE);
	};
	return {
		runs: async () => handle.prepare<[], string>(RUNS).pluck().all(),
		write: async (runs, step) => {
			const now = Date.now();
			handle.exec("BEGIN IMMEDIATE");
			for (const run of runs) writeRun(run, step, now);
			handle.exec("COMMIT");
		},
		close: async () => {
			handle.close();
		},
	};
}

/** The runs, the step, the moment, its path, its bytes, its worker, and the path of the next. */
const GIVEN = `WITH runs AS MATERIALIZED (SELECT unnest($1::text[]) AS run_id),
	given AS MATERIALIZED (
		SELECT $2::int AS step, $3::bigint AS moment, $4::text AS path, $5::bytea AS bytes, $6::text AS worker, $7::text AS next)`;
const RECORD = `INSERT INTO checkpoint (run_id, path, output, attempt, epoch, worker, started_at, finished_at, version,
		codec, bytes)
	SELECT run_id, path, path, 1, step, worker, moment, moment, step, 'json', bytes FROM runs, given`;
const STEP = `${GIVEN},
	heads AS (
		UPDATE instance i SET version = version + 1, progress_done = step, updated_at = moment
		FROM runs, given WHERE i.run_id = runs.run_id),
	moved AS (
		UPDATE open_node n SET path = given.next, input = given.path, epoch = epoch + 1, granted_at = moment,
			version = version + 1
		FROM runs, given WHERE n.run_id = runs.run_id)
	${RECORD}`;
const LAST_STEP = `${GIVEN},
	heads AS (
		UPDATE instance i SET version = version + 1, progress_done = step, updated_at = moment, status = 'completed',
			ended_at = moment, output = path
		FROM runs, given WHERE i.run_id = runs.run_id),
	closed AS (DELETE FROM open_node n USING runs WHERE n.run_id = runs.run_id)
	${RECORD}`;
/** Statements are planned once, for tables that may be nearly empty then. */
const SETTINGS =
	"SET enable_seqscan = off; SET enable_hashjoin = off; SET enable_mergejoin = off; SET jit = off; SET plan_cache_mode = force_generic_plan";

async function postgresWriter(stand: Stand): Promise<Writer> {
	const client = new pg.Client(stand.url);
	uncounted.add(client);
	await client.connect();
	await client.query(SETTINGS);
	return {
		runs: async () => (await client.query<{ run_id: string }>(RUNS)).rows.map(({ run_id }) => run_id),
		write: async (runs, step) => {
			const isLast = step === STEPS;
			await client.query({
				name: isLast ? "last_step" : "step",
				text: isLast ? LAST_STEP : STEP,
				values: [runs, step, Date.now(), pathOf(step), VALUE, WORKER, pathOf(step + 1)],
			});
		},
		close: () => client.end(),
	};
}
