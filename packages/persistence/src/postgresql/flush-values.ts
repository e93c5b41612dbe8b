import { foundLabels } from "../create.ts";
import type { ChangedRun, CreatedRun, Flush } from "../flush/flush.ts";
import type { FailedAttempt, KnownNode, RunChanges } from "../flush/known-run.ts";
import { type PlainMove, plainMove } from "../flush/plain-move.ts";
import { fromError } from "../record-mapper.ts";
import { PARTS, type Part, type RowTypes } from "./flush-parts.ts";
import { RowArray, type Value } from "./row-arrays.ts";

/** The parts that there are rows for, and their parameters, in the order of PARTS. */
export interface FlushValues {
	readonly parts: readonly Part[];
	readonly parameters: readonly Buffer[];
}

export function flushValues({ definitions, created, changed }: Flush, types: RowTypes): FlushValues {
	const parts = Object.fromEntries(
		Object.entries(PARTS).map(([part, columns]) => [part, new RowArray(Object.values(columns))]),
	) as Record<Part, RowArray>;
	for (const { hash, workflow, plannedNodes, graph } of definitions) {
		parts.definition.add(hash, workflow, plannedNodes, JSON.stringify(graph));
	}
	for (const one of created) {
		addCreated(parts.fresh, one);
		for (const label of foundLabels(one.command.labels)) parts.label.add(one.run.head.run_id, ...label);
		addRows(parts, one);
	}
	for (const one of changed) {
		const move = plainMove(one);
		if (move !== null) {
			addAdvance(parts.advance, one, move);
			continue;
		}
		addHead(parts.head, one);
		addRows(parts, one);
	}
	const present = (Object.keys(PARTS) as Part[]).filter((part) => !parts[part].isEmpty);
	return { parts: present, parameters: present.map((part) => parts[part].bytes(types[part])) };
}

function addHead(rows: RowArray, { run: { head }, changes }: ChangedRun): void {
	rows.add(
		head.run_id,
		changes.expected,
		head.version,
		head.progress_done,
		changes.starts ? 1 : 0,
		head.status,
		head.ending === undefined ? 0 : 1,
		holds(changes),
		head.ending?.output ?? null,
	);
}

function addAdvance(rows: RowArray, { run: { head } }: ChangedRun, { from, node, record }: PlainMove): void {
	rows.add(
		head.run_id,
		head.version,
		head.progress_done,
		from.place,
		from.epoch,
		from.owner,
		from.path,
		node.path,
		record.output,
		record.attempt,
		Math.round(record.by.startedAt),
		Math.round(record.by.finishedAt),
		record.value?.codec ?? null,
		record.value?.bytes ?? null,
	);
}

function holds({ removed, written, answered, consumed }: RunChanges): number {
	let moved = 0;
	for (const { stored } of written) if (stored !== null) moved += 1;
	return removed.length + moved + answered.length + consumed.length;
}

function addCreated(rows: RowArray, { run: { head }, changes, command }: CreatedRun): void {
	rows.add(
		head.run_id,
		head.instance_id,
		head.workflow,
		head.definition_hash,
		head.status,
		head.progress_total,
		changes.starts ? 1 : 0,
		JSON.stringify(command.labels),
		command.input.codec,
		command.input.bytes,
	);
}

function addRows(parts: Record<Part, RowArray>, { run, changes }: ChangedRun): void {
	const { run_id: runId, version } = run.head;
	for (const { place, epoch, owner } of changes.removed) parts.close.add(runId, place, epoch, owner);
	for (const node of changes.written) {
		const { place, stored } = node;
		if (stored === null) parts.open.add(runId, place, ...nodeColumns(node, version));
		else parts.move.add(runId, place, stored.epoch, stored.owner, ...nodeColumns(node, version));
	}
	for (const { path, output, attempt, by, value } of changes.appended) {
		parts.record.add(
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
	for (const attempt of changes.failed) addAttempt(parts.fail, runId, attempt, version);
	for (const { command, nth, reservedFor } of changes.received) {
		const { signalId, name, by, payload } = command;
		parts.receive.add(runId, signalId, name, nth, by, reservedFor, version, payload.codec, payload.bytes);
	}
	for (const { place, stored, signal_id, epoch, owner } of changes.answered) {
		parts.answer.add(runId, place, stored?.epoch ?? 0, signal_id, epoch, owner, version);
	}
	for (const { signalId, path } of changes.consumed) parts.consume.add(runId, signalId, path, version);
}

function addAttempt(
	rows: RowArray,
	runId: string,
	{ path, attempt, by, failure, nextInMs }: FailedAttempt,
	version: number,
) {
	rows.add(
		runId,
		path,
		by.epoch,
		attempt,
		failure.outcome,
		by.owner,
		Math.round(by.startedAt),
		Math.round(by.finishedAt),
		nextInMs,
		version,
		fromError(failure.error),
	);
}

function nodeColumns(node: KnownNode, version: number): Value[] {
	return [
		node.path,
		node.state,
		node.opened_as,
		node.opened_version,
		node.opened_ordinal,
		node.attempt,
		node.crashes,
		node.epoch,
		node.dueInMs,
		node.signal_name,
		node.remaining,
		node.input,
		node.priority,
		node.tags,
		node.lane,
		node.owner,
		version,
	];
}
