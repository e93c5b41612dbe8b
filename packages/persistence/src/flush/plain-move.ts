import type { ChangedRun } from "./flush.ts";
import type { Appended, KnownNode, StoredRow } from "./known-run.ts";

/**
 * What most flushes do to most runs: a task of a chain has ended, its checkpoint is appended, and its row moves on to
 * the next task with the worker that has it. Everything that is not here is as it was, or as it is of every new task.
 */
export interface PlainMove {
	readonly from: StoredRow;
	readonly node: KnownNode;
	/** Its output is the input of the next. */
	readonly record: Appended;
}

/** Null: the flush does something else to the run, or more. */
export function plainMove({ run: { head }, changes }: ChangedRun): PlainMove | null {
	const { written, appended, removed, failed, received, answered, consumed } = changes;
	if (written.length !== 1 || appended.length !== 1) return null;
	if (removed.length + failed.length + received.length + answered.length + consumed.length > 0) return null;
	if (changes.starts || head.ending !== undefined || head.status !== changes.statusBefore) return null;
	const [node] = written;
	const [record] = appended;
	const from = node?.stored ?? null;
	if (node === undefined || record === undefined || from === null) return null;
	if (!queuesAlike(from, node) || from.tags !== node.tags || !isNew(node, head.version)) return null;
	const { path, output, by } = record;
	const isOfTheRow = path === from.path && by.owner === from.owner && by.epoch === from.epoch;
	return isOfTheRow && output === node.input ? { from, node, record } : null;
}

/** Whether the worker that has the row keeps it for the next task: no index changes then. */
export function queuesAlike(from: StoredRow, node: KnownNode): boolean {
	return (
		from.owner !== null &&
		from.owner === node.owner &&
		from.state === "running" &&
		node.state === "running" &&
		from.lane === node.lane &&
		from.priority === node.priority &&
		node.signal_name === null
	);
}

/** A task that the flush opens alone, and grants. */
function isNew(node: KnownNode, version: number): boolean {
	return (
		node.opened_as === "ready" &&
		node.opened_version === version &&
		node.opened_ordinal === 0 &&
		node.epoch === 1 &&
		node.attempt === 1 &&
		node.crashes === 0 &&
		node.remaining === 0 &&
		node.dueInMs === 0
	);
}
