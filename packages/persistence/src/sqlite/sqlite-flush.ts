import type { CreateCommand, DefinitionRecord } from "@waymark/engine/backend";
import { foundLabels } from "../create.ts";
import type { ChangedRun, CreatedRun, Flush } from "../flush/flush.ts";
import type { Appended, FailedAttempt, ReceivedSignal } from "../flush/known-run.ts";
import { fromError } from "../record-mapper.ts";
import { answerWait, assertHeld, deleteNode, insertNode, moveNode } from "./flush-open-nodes.ts";
import type { SqliteSql } from "./sqlite-sql.ts";

/** The statements of a flush, run one after the other inside its transaction. Answers the runs that were refused. */
export function writeFlush(sql: SqliteSql, { definitions, created, changed, owners }: Flush, now: number): Set<string> {
	const all = [...created, ...changed];
	if (!owners.every((owner) => isLive(sql, owner, now))) return new Set(all.map(({ run }) => run.head.run_id));
	const refused = new Set<string>();
	for (const definition of definitions) insertDefinition(sql, definition, now);
	for (const one of created) writeRun(sql, one, now, refused, insertInstance);
	for (const { command } of created) if (!refused.has(command.runId)) insertLabels(sql, command);
	for (const one of changed) writeRun(sql, one, now, refused, updateInstance);
	return refused;
}

function isLive(sql: SqliteSql, owner: string, now: number): boolean {
	return sql.get("SELECT 1 FROM worker WHERE worker_id = ? AND expires_at >= ?", owner, now) !== undefined;
}

function writeRun<One extends ChangedRun>(
	sql: SqliteSql,
	one: One,
	now: number,
	refused: Set<string>,
	writeHead: (sql: SqliteSql, one: One, now: number) => number,
): void {
	const { run, changes } = one;
	const { run_id: runId, version } = run.head;
	// The version that it guards vouches for every row below.
	if (writeHead(sql, one, now) !== 1) {
		refused.add(runId);
		return;
	}
	for (const key of changes.removed) deleteNode(sql, runId, key);
	for (const node of changes.written) {
		if (node.stored === null) insertNode(sql, runId, node, version, now);
		else moveNode(sql, runId, node.stored, node, version, now);
	}
	for (const record of changes.appended) appendCheckpoint(sql, runId, record, version);
	for (const attempt of changes.failed) appendAttempt(sql, runId, attempt, version, now);
	for (const signal of changes.received) insertSignal(sql, runId, signal, version, now);
	for (const node of changes.answered) answerWait(sql, runId, node, version, now);
	for (const { signalId, path } of changes.consumed)
		assertHeld(consume(sql, runId, signalId, path, version), runId, path);
}

function insertDefinition(
	sql: SqliteSql,
	{ hash, workflow, plannedNodes, graph }: DefinitionRecord,
	now: number,
): void {
	sql.run(
		`INSERT INTO definition (hash, workflow, planned_nodes, created_at, graph) VALUES (?, ?, ?, ?, ?)
		ON CONFLICT (hash) DO NOTHING`,
		...[hash, workflow, plannedNodes, now, JSON.stringify(graph)],
	);
}

function insertInstance(sql: SqliteSql, { run, changes, command }: CreatedRun, now: number): number {
	const { head } = run;
	return sql.run(
		`INSERT INTO instance (run_id, instance_id, generation, workflow, definition_hash, status, control, version,
			progress_done, progress_total, created_at, started_at, updated_at, labels, input_codec, input_bytes)
		VALUES (?, ?, 1, ?, ?, ?, 'none', 1, 0, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
		head.run_id,
		head.instance_id,
		head.workflow,
		head.definition_hash,
		head.status,
		head.progress_total,
		now,
		changes.starts ? now : null,
		now,
		JSON.stringify(command.labels),
		command.input.codec,
		command.input.bytes,
	);
}

function insertLabels(sql: SqliteSql, { runId, labels }: CreateCommand): void {
	for (const [key, value] of foundLabels(labels)) {
		sql.run("INSERT INTO label (run_id, key, value) VALUES (?, ?, ?)", runId, key, value);
	}
}

const GUARD = "WHERE run_id = ? AND version = ? AND control = 'none'";

function updateInstance(sql: SqliteSql, { run, changes }: ChangedRun, now: number): number {
	const { head } = run;
	const { expected, statusBefore } = changes;
	if (head.ending !== undefined) {
		return sql.run(
			`UPDATE instance SET version = ?, progress_done = ?, updated_at = ?, started_at = COALESCE(started_at, ?),
				status = ?, ended_at = ?, output = ? ${GUARD}`,
			...[head.version, head.progress_done, now, now, head.status, now, head.ending.output, head.run_id, expected],
		);
	}
	// Most flushes change no indexed column; naming none keeps them to the table's own page.
	if (head.status === statusBefore && !changes.starts) {
		return sql.run(
			`UPDATE instance SET version = ?, progress_done = ?, updated_at = ? ${GUARD}`,
			...[head.version, head.progress_done, now, head.run_id, expected],
		);
	}
	const startedAt = changes.starts ? now : head.started_at;
	return sql.run(
		`UPDATE instance SET version = ?, progress_done = ?, updated_at = ?, started_at = ?, status = ? ${GUARD}`,
		...[head.version, head.progress_done, now, startedAt, head.status, head.run_id, expected],
	);
}

function appendCheckpoint(
	sql: SqliteSql,
	runId: string,
	{ path, output, attempt, by, value }: Appended,
	version: number,
) {
	sql.run(
		`INSERT INTO checkpoint (run_id, path, output, attempt, epoch, worker, started_at, finished_at, version, codec,
			bytes)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		runId,
		path,
		output,
		attempt,
		by.epoch,
		by.owner,
		Math.round(by.startedAt),
		Math.round(by.finishedAt),
		version,
		value?.codec ?? null,
		value?.bytes ?? null,
	);
}

function appendAttempt(
	sql: SqliteSql,
	runId: string,
	{ path, attempt, by, failure, nextInMs }: FailedAttempt,
	version: number,
	now: number,
): void {
	sql.run(
		`INSERT INTO attempt (run_id, path, epoch, attempt, outcome, worker, started_at, finished_at, next_attempt_at,
			version, error)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		runId,
		path,
		by.epoch,
		attempt,
		failure.outcome,
		by.owner,
		Math.round(by.startedAt),
		Math.round(by.finishedAt),
		nextInMs === null ? null : now + nextInMs,
		version,
		fromError(failure.error),
	);
}

function insertSignal(
	sql: SqliteSql,
	runId: string,
	{ command, reservedFor }: ReceivedSignal,
	version: number,
	now: number,
): void {
	const { signalId, name, by, payload } = command;
	sql.run(
		`INSERT INTO signal (signal_id, run_id, name, ordinal, sent_by, received_at, reserved_for, version, codec, bytes)
		VALUES (?, ?, ?, (SELECT COALESCE(MAX(ordinal), 0) + 1 FROM signal WHERE run_id = ? AND name = ?), ?, ?, ?, ?, ?, ?)`,
		...[signalId, runId, name, runId, name, by, now, reservedFor, version, payload.codec, payload.bytes],
	);
}

function consume(sql: SqliteSql, runId: string, signalId: string, path: string, version: number): number {
	return sql.run(
		`UPDATE signal SET consumed_by = ?, version = ?
		WHERE signal_id = ? AND run_id = ? AND reserved_for = ? AND consumed_by IS NULL`,
		...[path, version, signalId, runId, path],
	);
}
