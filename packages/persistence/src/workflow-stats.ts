import {
	INSTANCE_STATUSES,
	type InstanceStatus,
	type NodeStats,
	percentile,
	type WorkflowDetail,
	type WorkflowSummary,
} from "@waymark/engine/backend";
import type { Sql } from "./sql.ts";

/** How many of the newest instances of a workflow are looked at. */
const SAMPLE = 100;
const MOST_WORKFLOWS = 200;

/** Rows of results, and of attempts, of one sample: a loop of a hundred thousand iterations is not read whole. */
const MOST_RESULTS = 20_000;

interface DefinitionHead {
	readonly hash: string;
	readonly workflow: string;
	readonly planned_nodes: number;
	readonly created_at: number;
}

interface Sampled {
	readonly run_id: string;
	readonly definition_hash: string;
	readonly status: InstanceStatus;
	readonly created_at: number;
	readonly started_at: number | null;
	readonly ended_at: number | null;
	readonly failed_path: string | null;
}

export async function listWorkflows(sql: Sql): Promise<WorkflowSummary[]> {
	const names = await sql.all<{ workflow: string; versions: number }>(
		`SELECT workflow, COUNT(*) AS versions FROM definition GROUP BY workflow ORDER BY workflow LIMIT ${MOST_WORKFLOWS}`,
	);
	const summaries: WorkflowSummary[] = [];
	for (const { workflow, versions } of names) summaries.push(summary(workflow, versions, await newest(sql, workflow)));
	return summaries;
}

export async function readWorkflow(sql: Sql, now: number, workflow: string): Promise<WorkflowDetail | null> {
	const definitions = await sql.all<DefinitionHead>(
		`SELECT hash, workflow, planned_nodes, created_at FROM definition WHERE workflow = ?
		ORDER BY created_at DESC, hash LIMIT ${MOST_WORKFLOWS}`,
		workflow,
	);
	if (definitions.length === 0) return null;
	const runs = await newest(sql, workflow);
	return {
		...summary(workflow, definitions.length, runs),
		now,
		definitions: definitions.map(({ hash, planned_nodes, created_at }) => ({
			hash,
			plannedNodes: planned_nodes,
			createdAt: created_at,
			sample: runs.filter(({ definition_hash }) => definition_hash === hash).length,
		})),
		nodes: await nodeStats(sql, runs),
	};
}

function newest(sql: Sql, workflow: string) {
	return sql.all<Sampled>(
		`SELECT run_id, definition_hash, status, created_at, started_at, ended_at, failed_path FROM instance
		WHERE workflow = ? ORDER BY created_at DESC, run_id DESC LIMIT ${SAMPLE}`,
		workflow,
	);
}

function summary(workflow: string, versions: number, runs: readonly Sampled[]): WorkflowSummary {
	const byStatus = Object.fromEntries(INSTANCE_STATUSES.map((status) => [status, 0])) as Record<InstanceStatus, number>;
	for (const { status } of runs) byStatus[status] += 1;
	const spans = runs
		.filter(({ status }) => status === "completed")
		.map(({ ended_at, started_at, created_at }) => (ended_at ?? created_at) - (started_at ?? created_at));
	return {
		workflow,
		versions,
		sample: runs.length,
		byStatus,
		lastStartedAt: runs[0]?.created_at ?? null,
		p50: percentile(spans, 0.5),
		p95: percentile(spans, 0.95),
	};
}

type Fact = { readonly run_id: string; readonly path: string };

interface Tally {
	readonly hash: string;
	readonly path: string;
	readonly spans: number[];
	completed: number;
	failedAttempts: number;
	failed: number;
	running: number;
}

async function nodeStats(sql: Sql, runs: readonly Sampled[]): Promise<NodeStats[]> {
	if (runs.length === 0) return [];
	const ids = JSON.stringify(runs.map(({ run_id }) => run_id));
	const mine = sql.dialect.memberOf("run_id");
	const results = await sql.all<Fact & { ms: number }>(
		`SELECT run_id, path, finished_at - started_at AS ms FROM checkpoint WHERE ${mine} LIMIT ${MOST_RESULTS}`,
		ids,
	);
	const attempts = await sql.all<Fact>(
		`SELECT run_id, path FROM attempt WHERE ${mine} AND outcome <> 'cancelled' LIMIT ${MOST_RESULTS}`,
		ids,
	);
	const running = await sql.all<Fact>(
		`SELECT run_id, path FROM open_node WHERE ${mine} AND state = 'running' LIMIT ${MOST_RESULTS}`,
		ids,
	);
	const tallies = new Tallies(runs);
	for (const { run_id, path, ms } of results) {
		const tally = tallies.of(run_id, path);
		tally.completed += 1;
		tally.spans.push(ms);
	}
	for (const { run_id, path } of attempts) tallies.of(run_id, path).failedAttempts += 1;
	for (const { run_id, path } of running) tallies.of(run_id, path).running += 1;
	for (const { run_id, failed_path } of runs) if (failed_path !== null) tallies.of(run_id, failed_path).failed += 1;
	return tallies.all();
}

/** Counts by definition and path: nodes of two versions are not mixed. */
class Tallies {
	readonly #hashes: ReadonlyMap<string, string>;
	readonly #byKey = new Map<string, Tally>();

	constructor(runs: readonly Sampled[]) {
		this.#hashes = new Map(runs.map(({ run_id, definition_hash }) => [run_id, definition_hash]));
	}

	of(runId: string, path: string): Tally {
		const hash = this.#hashes.get(runId) ?? "";
		const key = `${hash}\n${path}`;
		const known = this.#byKey.get(key);
		if (known !== undefined) return known;
		const tally = { hash, path, spans: [], completed: 0, failedAttempts: 0, failed: 0, running: 0 };
		this.#byKey.set(key, tally);
		return tally;
	}

	all(): NodeStats[] {
		return [...this.#byKey.values()]
			.map(({ hash, spans, ...counts }) => ({
				...counts,
				definitionHash: hash,
				p50: percentile(spans, 0.5),
				p95: percentile(spans, 0.95),
			}))
			.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : a.definitionHash < b.definitionHash ? -1 : 1));
	}
}
