import type { OpenNodeRecord, WorkflowSnapshot } from "@waymark/engine/backend";

/**
 * The snapshot at the delta's version, from the one before it. Rows are added, or take the place of the row with the
 * same key; open nodes come complete. What did not change keeps its identity, and so do whole lists, so that only
 * what changed is drawn again.
 */
export function mergeSnapshot(current: WorkflowSnapshot, delta: WorkflowSnapshot): WorkflowSnapshot {
	return {
		now: delta.now,
		instance: delta.instance,
		openNodes: replaceOpen(current.openNodes, delta.openNodes),
		checkpoints: upsert(current.checkpoints, delta.checkpoints, (row) => row.path),
		attempts: upsert(current.attempts, delta.attempts, (row) => `${row.epoch} ${row.path}`),
		controlRequests: upsert(current.controlRequests, delta.controlRequests, (row) => row.requestId),
		signals: upsert(current.signals, delta.signals, (row) => row.signalId),
	};
}

function upsert<Row>(current: readonly Row[], changed: readonly Row[], keyOf: (row: Row) => string): readonly Row[] {
	if (changed.length === 0) return current;
	const rows = new Map(current.map((row) => [keyOf(row), row]));
	for (const row of changed) rows.set(keyOf(row), row);
	return [...rows.values()];
}

function replaceOpen(current: readonly OpenNodeRecord[], next: readonly OpenNodeRecord[]): readonly OpenNodeRecord[] {
	const known = new Map(current.map((row) => [row.path, row]));
	const merged = next.map((row) => {
		const before = known.get(row.path);
		return before !== undefined && isSame(before, row) ? before : row;
	});
	const unchanged = merged.length === current.length && merged.every((row, at) => row === current[at]);
	return unchanged ? current : merged;
}

/** The version tells almost everything; owner and epoch are looked at as well because a lease may move without it. */
function isSame(a: OpenNodeRecord, b: OpenNodeRecord): boolean {
	return (
		a.version === b.version &&
		a.epoch === b.epoch &&
		a.owner === b.owner &&
		a.state === b.state &&
		a.dueAt === b.dueAt &&
		a.remaining === b.remaining &&
		a.signalId === b.signalId
	);
}
