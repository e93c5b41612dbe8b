import type { AttemptRecord, WorkflowSnapshot } from "@waymark/engine/backend";
import { definitionPath, isKeyPath, type WorkflowGraph } from "@waymark/engine/graph";
import { backoffEnd } from "../../graph/backoff-end.ts";
import { type OutlineRow, outlineRows } from "../../graph/outline-rows.ts";
import { type AttemptFilter, keptSegments } from "./attempt-filter.ts";
import type { Segment } from "./segment.ts";
import type { Span } from "./time-scale.ts";
import { waitStart } from "./wait-start.ts";

export interface TimelineRow {
	readonly row: OutlineRow;
	/** In order of time. */
	readonly segments: readonly Segment[];
	/** From the first to the last of everything inside; null before anything happened, and for nodes that hold none. */
	readonly extent: { readonly from: number; readonly to: number | null } | null;
}

/** The rows of the outline, each with what happened at its node, in every iteration, as far as it is asked for. */
export function timelineRows(
	graph: WorkflowGraph,
	snapshot: WorkflowSnapshot,
	filter: AttemptFilter = { kind: "all" },
): readonly TimelineRow[] {
	const segments = segmentsByKey(graph, snapshot);
	for (const [key, list] of segments) segments.set(key, keptSegments(list, filter));
	const rows = outlineRows(graph);
	const extents = extentsOf(rows, segments);
	return rows.map((row) => ({
		row,
		segments: row.key === null ? [] : (segments.get(row.key) ?? []),
		extent: row.isParent ? (extents.get(row.id) ?? null) : null,
	}));
}

/** When something ran: what is left is idle. */
export function busySpans(rows: readonly TimelineRow[], now: number): readonly Span[] {
	return rows.flatMap(({ segments }) =>
		segments.flatMap(({ what, from, to }) => (isIdle(what) ? [] : [{ from, to: Math.max(from, to ?? now) }])),
	);
}

function isIdle(what: Segment["what"]): boolean {
	return what === "backoff" || what === "delay" || what === "signal" || what === "queued";
}

function segmentsByKey(graph: WorkflowGraph, snapshot: WorkflowSnapshot): Map<string, readonly Segment[]> {
	const byKey = new Map<string, Segment[]>();
	for (const segment of [...pastAttempts(snapshot), ...recordedOf(graph, snapshot), ...openOf(graph, snapshot)]) {
		const key = nodeKey(segment.path);
		const list = byKey.get(key);
		if (list === undefined) byKey.set(key, [segment]);
		else list.push(segment);
	}
	for (const list of byKey.values()) list.sort((a, b) => a.from - b.from);
	return new Map(byKey);
}

/** A route's key function has a path of its own and is shown at the route. */
function nodeKey(path: string): string {
	return definitionPath(path).replace(/\.key$/, "");
}

function pastAttempts({ attempts, controlRequests, instance }: WorkflowSnapshot): readonly Segment[] {
	return attempts.flatMap((record) => {
		const { path, epoch, attempt, outcome, startedAt, finishedAt } = record;
		const nextAt = backoffEnd(record, controlRequests);
		const id = `${path} ${epoch}`;
		const made: Segment = { id, from: startedAt, to: finishedAt, what: outcome, attempt, path };
		const until = instance.endedAt === null ? nextAt : Math.min(nextAt ?? 0, instance.endedAt);
		if (nextAt === null || until === null || until <= finishedAt) return [made];
		const backoff: Segment = { ...made, id: `${id} backoff`, from: finishedAt, to: until, what: "backoff" };
		return [made, { ...backoff, attempt: attempt + 1 }];
	});
}

function recordedOf(graph: WorkflowGraph, snapshot: WorkflowSnapshot): readonly Segment[] {
	const kinds = kindsOf(graph);
	const unsuccessful = new Set(snapshot.attempts.map(attemptId));
	return snapshot.checkpoints.flatMap<Segment>((recorded) => {
		const { path, startedAt, finishedAt, attempt } = recorded;
		const kind = kinds.get(nodeKey(path));
		const place = { id: `${path} recorded`, to: finishedAt, path };
		if (kind === "delay" || kind === "signal") {
			return [{ ...place, from: waitStart(graph, snapshot, path, finishedAt), what: kind, attempt: null }];
		}
		// What a route, a loop or a child records for itself is what happened inside.
		const ranCode = kind === "task" || kind === "join" || (kind === "route" && isKeyPath(path));
		// A failure that is handed on as data is recorded, and its attempt did not succeed for that.
		return ranCode && !unsuccessful.has(attemptId(recorded))
			? [{ ...place, from: startedAt, what: "succeeded" as const, attempt }]
			: [];
	});
}

function attemptId({ path, attempt, startedAt }: Pick<AttemptRecord, "path" | "attempt" | "startedAt">): string {
	return `${attempt} ${startedAt} ${path}`;
}

function openOf(graph: WorkflowGraph, snapshot: WorkflowSnapshot): readonly Segment[] {
	const { openNodes, instance, now } = snapshot;
	return openNodes.flatMap(({ path, state, openedAs, attempt, grantedAt, dueAt }): readonly Segment[] => {
		const place = { id: `${path} open`, to: instance.endedAt, path };
		if (openedAs === "waiting" || openedAs === "awaiting_signal") {
			const what = openedAs === "waiting" ? "delay" : "signal";
			return [{ ...place, from: waitStart(graph, snapshot, path, now), what, attempt: null }];
		}
		if (state === "running" && grantedAt !== null) return [{ ...place, from: grantedAt, what: "running", attempt }];
		if (state === "ready" && dueAt !== null && instance.endedAt === null) {
			return [{ ...place, from: dueAt, what: "queued", attempt }];
		}
		return [];
	});
}

const kindMaps = new WeakMap<WorkflowGraph, ReadonlyMap<string, OutlineRow["kind"]>>();

function kindsOf(graph: WorkflowGraph): ReadonlyMap<string, OutlineRow["kind"]> {
	let kinds = kindMaps.get(graph);
	if (kinds === undefined) {
		kinds = new Map(outlineRows(graph).flatMap(({ key, kind }) => (key === null ? [] : [[key, kind] as const])));
		kindMaps.set(graph, kinds);
	}
	return kinds;
}

type Extent = { from: number; to: number | null };

/** Children stand behind their parents, so one pass from the end carries every extent up. */
function extentsOf(
	rows: readonly OutlineRow[],
	segments: ReadonlyMap<string, readonly Segment[]>,
): ReadonlyMap<string, Extent> {
	const extents = new Map<string, Extent>();
	for (let at = rows.length - 1; at >= 0; at -= 1) {
		const row = rows[at];
		if (row === undefined) continue;
		for (const segment of row.key === null ? [] : (segments.get(row.key) ?? [])) widen(extents, row.id, segment);
		const own = extents.get(row.id);
		if (row.parent !== null && own !== undefined) widen(extents, row.parent, own);
	}
	return extents;
}

function widen(extents: Map<string, Extent>, id: string, { from, to }: Extent): void {
	const before = extents.get(id);
	if (before === undefined) extents.set(id, { from, to });
	else {
		before.from = Math.min(before.from, from);
		before.to = before.to === null || to === null ? null : Math.max(before.to, to);
	}
}
