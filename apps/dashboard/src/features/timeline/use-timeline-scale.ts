"use client";

import type { WorkflowSnapshot } from "@waymark/engine/backend";
import { useEffect, useMemo, useState } from "react";
import { onTick, serverNow } from "../../time/ticker.ts";
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
	/** Show only what came after; null: everything. */
	readonly since: number | null;
}

export function useTimelineScale({ snapshot, rows, width, unfolded, since }: ScaleInputs): TimeScale {
	const { instance } = snapshot;
	const begun = useMemo(() => beginOf(snapshot, rows), [snapshot, rows]);
	const from = since ?? begun;
	const ends = useLineEnd(from, instance.endedAt, rows);
	return useMemo(() => {
		const window: Span = { from, to: Math.max(ends.to, from + 1) };
		// The room on the right is there to be grown into: it is not idle.
		const busy = [...busySpans(rows, ends.now), { from: ends.now, to: ends.to }];
		return timeScale({ window, busy, breakShare: BREAK_PX / Math.max(200, width), unfolded });
	}, [from, ends, rows, width, unfolded]);
}

/** A worker's clock may be a little behind the database's. */
function beginOf({ instance }: WorkflowSnapshot, rows: readonly TimelineRow[]): number {
	let first = instance.startedAt ?? instance.createdAt;
	for (const { segments } of rows) for (const { from } of segments) first = Math.min(first, from);
	return first;
}

interface LineEnd {
	/** When the line was last drawn. */
	readonly now: number;
	readonly to: number;
}

/** The end of the line: the end of the instance, or some way ahead of now, moved on before now gets there. */
function useLineEnd(from: number, endedAt: number | null, rows: readonly TimelineRow[]): LineEnd {
	const [room, setRoom] = useState<LineEnd>(() => withRoom(from, rows, serverNow()));
	useEffect(() => {
		if (endedAt !== null) return undefined;
		return onTick((now) => setRoom((before) => (now + ROOM_MS / 3 > before.to ? withRoom(from, rows, now) : before)));
	}, [from, endedAt, rows]);
	return useMemo(() => {
		if (endedAt === null) return room;
		let last = endedAt;
		for (const { segments } of rows) for (const { to } of segments) last = Math.max(last, to ?? 0);
		return { now: last, to: last };
	}, [endedAt, room, rows]);
}

/** Idle time is folded, so a line on which nothing runs needs room for what did run, and not for days of waiting. */
function withRoom(from: number, rows: readonly TimelineRow[], now: number): LineEnd {
	const runs = rows.some(({ segments }) => segments.some(({ what }) => what === "running"));
	const shown = runs ? now - from : busySpans(rows, now).reduce((sum, span) => sum + span.to - span.from, 0);
	return { now, to: now + Math.max(ROOM_MS, shown * ROOM_SHARE) };
}
