"use client";

import type { WorkflowSnapshot } from "@waymark/engine/backend";
import { useEffect, useMemo, useState } from "react";
import { onTick, serverNow } from "../../time/ticker.ts";
import type { AttemptFilter } from "./attempt-filter.ts";
import { type Span, type TimeScale, timeScale } from "./time-scale.ts";
import { busySpans, type TimelineRow } from "./timeline-rows.ts";

/** Width of a break, px. */
const BREAK_PX = 24;
/** What runs has at least so much room to grow into before the whole line is drawn anew. */
const ROOM_SHARE = 0.08;
const ROOM_MS = 3_000;

interface ScaleInputs {
	readonly snapshot: WorkflowSnapshot;
	readonly rows: readonly TimelineRow[];
	/** Of the line, px. */
	readonly width: number;
	readonly unfolded: ReadonlySet<number> | null;
	/** By which the rows were made. If they do not show everything, the line is that of what they show. */
	readonly filter: AttemptFilter;
}

export function useTimelineScale({ snapshot, rows, width, unfolded, filter }: ScaleInputs): TimeScale {
	const from = useMemo(() => beginOf(snapshot, rows, filter), [snapshot, rows, filter]);
	const over = useMemo(() => endOf(snapshot, rows, filter), [snapshot, rows, filter]);
	const ends = useLineEnd(from, over, rows);
	return useMemo(() => {
		const window: Span = { from, to: Math.max(ends.to, from + 1) };
		// The room on the right is there to be grown into: it is not idle.
		const busy = [...busySpans(rows, ends.now), { from: ends.now, to: ends.to }];
		return timeScale({ window, busy, breakShare: BREAK_PX / Math.max(200, width), unfolded });
	}, [from, ends, rows, width, unfolded]);
}

/** A worker's clock may be a little behind the database's. */
function beginOf({ instance }: WorkflowSnapshot, rows: readonly TimelineRow[], filter: AttemptFilter): number {
	const begun = instance.startedAt ?? instance.createdAt;
	let first = filter.kind === "all" ? begun : Number.POSITIVE_INFINITY;
	for (const { segments } of rows) for (const { from } of segments) first = Math.min(first, from);
	if (first === Number.POSITIVE_INFINITY) return begun;
	return filter.kind === "run" ? Math.max(first, filter.since) : first;
}

/** Null: something goes on. */
function endOf({ instance }: WorkflowSnapshot, rows: readonly TimelineRow[], filter: AttemptFilter): number | null {
	let last = filter.kind === "all" ? (instance.endedAt ?? 0) : 0;
	let goesOn = filter.kind === "all" && instance.endedAt === null;
	for (const { segments } of rows) {
		for (const { to } of segments) {
			last = Math.max(last, to ?? 0);
			if (to === null) goesOn = true;
		}
	}
	return goesOn ? null : last;
}

interface LineEnd {
	/** When the line was last drawn. */
	readonly now: number;
	readonly to: number;
}

/** The end of the line: where everything is over, or some way ahead of now, moved on before now gets there. */
function useLineEnd(from: number, over: number | null, rows: readonly TimelineRow[]): LineEnd {
	const [room, setRoom] = useState<LineEnd>(() => withRoom(from, rows, serverNow()));
	useEffect(() => {
		if (over !== null) return undefined;
		return onTick((now) => setRoom((before) => (now + ROOM_MS / 3 > before.to ? withRoom(from, rows, now) : before)));
	}, [from, over, rows]);
	return useMemo(() => (over === null ? room : { now: over, to: over }), [over, room]);
}

/** Idle time is folded, so a line on which nothing runs needs room for what did run, and not for days of waiting. */
function withRoom(from: number, rows: readonly TimelineRow[], now: number): LineEnd {
	const runs = rows.some(({ segments }) => segments.some(({ what }) => what === "running"));
	const shown = runs ? now - from : busySpans(rows, now).reduce((sum, span) => sum + span.to - span.from, 0);
	return { now, to: now + Math.max(ROOM_MS, shown * ROOM_SHARE) };
}
