import { foundLabels } from "../create.ts";
import type { ChangedRun, CreatedRun, Flush } from "../flush/flush.ts";
import type { FailedAttempt, KnownNode, RunChanges } from "../flush/known-run.ts";
import { fromError } from "../record-mapper.ts";
import { binaryArray, type Element } from "./binary-arrays.ts";
import { type Columns, PARTS, type Part } from "./flush-parts.ts";

/** The columns of one part, filled row by row. */
class Rows {
	readonly #columns: Element[][];
	readonly #types: Columns[string][];

	constructor(part: Part) {
		const columns: Columns = PARTS[part];
		this.#types = Object.values(columns);
		this.#columns = this.#types.map(() => []);
	}

	get isEmpty(): boolean {
		return this.#columns[0]?.length === 0;
	}

	/** In the order of the part's columns. */
	add(...row: readonly Element[]): void {
		for (let i = 0; i < row.length; i++) this.#columns[i]?.push(row[i] ?? null);
	}

	get parameters(): Buffer[] {
		return this.#columns.map((column, i) => binaryArray(this.#types[i] ?? "text", column));
	}
}

/** The parts that there are rows for, and their parameters, in the order of PARTS. */
export interface FlushValues {
	readonly parts: readonly Part[];
	readonly parameters: readonly Buffer[];
}

export function flushValues({ definitions, created, changed }: Flush): FlushValues {
	const parts = {
		definition: new Rows("definition"),
		head: new Rows("head"),
		fresh: new Rows("fresh"),
		label: new Rows("label"),
		close: new Rows("close"),
		move: new Rows("move"),
		open: new Rows("open"),
		record: new Rows("record"),
		fail: new Rows("fail"),
		consume: new Rows("consume"),
	} satisfies Record<Part, Rows>;
	for (const { hash, workflow, plannedNodes, graph } of definitions) {
		parts.definition.add(hash, workflow, plannedNodes, JSON.stringify(graph));
	}
	for (const one of created) {
		addCreated(parts.fresh, one);
		for (const label of foundLabels(one.command.labels)) parts.label.add(one.run.head.run_id, ...label);
		addRows(parts, one);
	}
	for (const one of changed) {
		addHead(parts.head, one);
		addRows(parts, one);
	}
	const present = (Object.keys(PARTS) as Part[]).filter((part) => !parts[part].isEmpty);
	return { parts: present, parameters: present.flatMap((part) => parts[part].parameters) };
}

function addHead(rows: Rows, { run: { head }, changes }: ChangedRun): void {
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

function holds({ removed, written, consumed }: RunChanges): number {
	let moved = 0;
	for (const { stored } of written) if (stored !== null) moved += 1;
	return removed.length + moved + consumed.length;
}

function addCreated(rows: Rows, { run: { head }, changes, command }: CreatedRun): void {
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

function addRows(parts: Record<Part, Rows>, { run, changes }: ChangedRun): void {
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
	for (const { signalId, path } of changes.consumed) parts.consume.add(runId, signalId, path, version);
}

function addAttempt(
	rows: Rows,
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

function nodeColumns(node: KnownNode, version: number): Element[] {
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
