import { isTerminal, type NodeView, nodeViews } from "@waymark/engine/graph";
import { type OutlineRow, outlineRows } from "../../graph/outline-rows.ts";
import type { InstanceState } from "../../server/wire.ts";
import type { Segment } from "../timeline/segment.ts";
import { type TimelineRow, timelineRows } from "../timeline/timeline-rows.ts";

/** Time that something took, ms: all of it that is over, and since when (ms since the epoch) it goes on; null: it does not. */
export interface Took {
	readonly ms: number;
	readonly since: number | null;
}

/** How one node fared in one run, its iterations taken together; the view is that of the latest. */
export interface NodeOfRun {
	readonly view: NodeView;
	/** Attempts that were begun. */
	readonly made: number;
	/** How many of them there had to be: one for each iteration that it was begun in. */
	readonly rounds: number;
	/** Null: nothing happened. What contains others took from the first of them to the last. */
	readonly took: Took | null;
}

export interface ObservedRun {
	/** The nodes of its plan, in document order; branches and cases are none. */
	readonly rows: readonly NodeRow[];
	readonly nodes: ReadonlyMap<string, NodeOfRun>;
	/** Nothing more will happen by itself. */
	readonly isOver: boolean;
}

export type NodeRow = OutlineRow & { readonly key: string };

const observed = new WeakMap<InstanceState["snapshot"], ObservedRun>();

/** What is to be compared of a run. Worked out once for each state. */
export function observeRun({ snapshot, definition }: InstanceState): ObservedRun {
	let run = observed.get(snapshot);
	if (run !== undefined) return run;
	const { graph } = definition;
	const views = nodeViews(graph, snapshot);
	const times = new Map(timelineRows(graph, snapshot).map((row) => [row.row.id, row]));
	const rows = outlineRows(graph).filter((row): row is NodeRow => row.key !== null);
	const nodes = new Map<string, NodeOfRun>();
	for (const { key, id } of rows) {
		const view = views.get(key);
		if (view === undefined) continue;
		const time = times.get(id);
		const attempts = (time?.segments ?? []).filter(isAttempt);
		const rounds = new Set(attempts.map(({ path }) => path)).size;
		nodes.set(key, { view, made: attempts.length, rounds, took: tookOf(time) });
	}
	run = { rows, nodes, isOver: isTerminal(snapshot.instance.status) };
	observed.set(snapshot, run);
	return run;
}

/** A free worker is no merit of the run that found one, so waiting for it counts for nothing. */
function isAttempt({ what, attempt }: Segment): boolean {
	return attempt !== null && what !== "backoff" && what !== "queued";
}

function tookOf(row: TimelineRow | undefined): Took | null {
	if (row === undefined) return null;
	const stretches = row.extent === null ? row.segments.filter(({ what }) => what !== "queued") : [row.extent];
	if (stretches.length === 0) return null;
	let ms = 0;
	let since: number | null = null;
	for (const { from, to } of stretches) {
		if (to === null) since = Math.min(since ?? from, from);
		else ms += Math.max(0, to - from);
	}
	return { ms, since };
}
