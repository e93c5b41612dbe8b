import type { WorkflowSnapshot } from "@waymark/engine/backend";
import { INSTANCE_COLUMNS, type InstanceRow } from "./instance-row.ts";
import { OPEN_NODE_COLUMNS, type OpenNodeRow } from "./open-node-row.ts";
import {
	type AttemptRow,
	type CheckpointRow,
	type ControlRequestRow,
	type SignalRow,
	toAttempt,
	toCheckpoint,
	toControlRequest,
	toOpenNode,
	toSignal,
} from "./record-mapper.ts";
import { shownInstance } from "./shown-instance.ts";
import type { Sql } from "./sql.ts";

/** All rows of one run that are newer than a version, in one consistent read; the open nodes always all. */
export async function readSnapshot(
	sql: Sql,
	now: number,
	runId: string,
	sinceVersion: number,
): Promise<WorkflowSnapshot | null> {
	const row = await sql.get<InstanceRow>(`SELECT ${INSTANCE_COLUMNS} FROM instance WHERE run_id = ?`, runId);
	if (row === undefined) return null;
	const newer = <Row>(columns: string, table: string, order: string) =>
		sql.all<Row>(
			`SELECT ${columns} FROM ${table} WHERE run_id = ? AND version > ? ORDER BY ${order}`,
			runId,
			sinceVersion,
		);
	const openNodes = await sql.all<OpenNodeRow>(
		`SELECT ${OPEN_NODE_COLUMNS} FROM open_node WHERE run_id = ? ORDER BY opened_version, opened_ordinal, path`,
		runId,
	);
	const checkpoints = await newer<CheckpointRow>(
		"path, output, length(bytes) AS size, codec, attempt, started_at, finished_at, worker, version",
		"checkpoint",
		"version, path",
	);
	const attempts = await newer<AttemptRow>(
		"path, epoch, attempt, outcome, error, started_at, finished_at, worker, next_attempt_at, version",
		"attempt",
		"version, path, epoch",
	);
	const requests = await newer<ControlRequestRow>("*", "control_request", "version, request_id");
	const signals = await newer<SignalRow>(
		"signal_id, name, sent_by, length(bytes) AS size, received_at, reserved_for, consumed_by, version",
		"signal",
		"name, ordinal",
	);
	return {
		now,
		instance: await shownInstance(sql, now, row),
		openNodes: openNodes.map(toOpenNode),
		checkpoints: checkpoints.map(toCheckpoint),
		attempts: attempts.map(toAttempt),
		controlRequests: requests.map(toControlRequest),
		signals: signals.map(toSignal),
	};
}
