import type { OpenWait, WaitCount, WaitPage, WaitQuery } from "../backend/overview.ts";
import { checkPageLimit, cursorAt, parseCursor } from "../backend/page-limit.ts";
import type { MemoryState, OpenRow } from "./state.ts";

/** Of a cursor: signal names hold no line break. */
const SEPARATOR = "\n";

export function listWaits(state: MemoryState, now: number, { signal, limit, cursor }: WaitQuery): WaitPage {
	checkPageLimit(limit);
	const after = cursor === null ? null : parseCursor(cursor).id;
	const rows = openWaits(state)
		.filter((row) => signal === null || row.signal === signal)
		.map((row) => ({ row, key: keyOf(row) }))
		.sort((a, b) => (a.key < b.key ? -1 : 1))
		.filter(({ key }) => after === null || key > after);
	const page = rows.slice(0, limit);
	const last = page.at(-1);
	return {
		now,
		waits: page.map(({ row }) => waitOf(row)),
		nextCursor: rows.length > limit && last !== undefined ? cursorAt(0, last.key) : null,
	};
}

export function countWaits(state: MemoryState): readonly WaitCount[] {
	const counts = new Map<string, number>();
	for (const { signal } of openWaits(state)) if (signal !== null) counts.set(signal, (counts.get(signal) ?? 0) + 1);
	return [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([signal, waits]) => ({ signal, waits }));
}

export function openWaits(state: MemoryState): OpenRow[] {
	return state.byCreation.flatMap((run) => [...run.open.values()].filter((row) => row.state === "awaiting_signal"));
}

export function waitOf(row: OpenRow): OpenWait {
	const { instanceId, runId, workflow, status } = row.run.instance;
	return {
		instanceId,
		runId,
		workflow,
		status,
		path: row.path,
		signal: row.signal ?? "",
		since: row.openedAt,
		timeoutAt: row.dueAt,
	};
}

function keyOf(row: OpenRow): string {
	return [row.signal, row.run.instance.runId, row.path].join(SEPARATOR);
}
