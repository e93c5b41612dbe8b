"use client";

import { type KeyboardEvent, type PointerEvent, useMemo, useRef } from "react";
import { serverNow } from "../../time/ticker.ts";
import { SEGMENT_LOOK } from "./segment.ts";
import { placeOf, type TimeScale } from "./time-scale.ts";
import type { TimelineRow } from "./timeline-rows.ts";
import type { Shown } from "./use-live-bars.ts";

interface OverviewStripProps {
	readonly scale: TimeScale;
	readonly rows: readonly TimelineRow[];
	readonly shown: Shown;
	onShown(shown: Shown): void;
}

/** Less than this of the line is not chosen but clicked. */
const LEAST = 0.01;
const STEP = 0.02;
/** Columns of the picture: as fine as eyes need it, whatever the number of nodes. */
const COLUMNS = 240;

/** The whole line in small: drag over it to look at a part of it. The two edges are sliders for the keyboard. */
export function OverviewStrip({ scale, rows, shown, onShown }: OverviewStripProps) {
	const strip = useRef<HTMLDivElement>(null);
	const begun = useRef<number | null>(null);
	const columns = useMemo(() => columnsOf(scale, rows, serverNow()), [scale, rows]);
	const placeAt = (event: PointerEvent) => {
		const box = strip.current?.getBoundingClientRect();
		return box === undefined ? 0 : Math.min(1, Math.max(0, (event.clientX - box.left) / box.width));
	};
	const drag = (event: PointerEvent) => {
		if (begun.current === null) return;
		const at = placeAt(event);
		const [from, to] = at < begun.current ? [at, begun.current] : [begun.current, at];
		if (to - from >= LEAST) onShown({ from, to });
	};
	return (
		// biome-ignore lint/a11y/noStaticElementInteractions: dragging is a short cut; the two sliders do the same
		<div
			ref={strip}
			data-strip
			className="relative h-6 touch-none overflow-hidden rounded-control border border-line bg-canvas"
			onPointerDown={(event) => {
				if (event.target instanceof HTMLElement && event.target.role === "slider") return;
				event.currentTarget.setPointerCapture(event.pointerId);
				begun.current = placeAt(event);
			}}
			onPointerMove={drag}
			onPointerUp={() => {
				begun.current = null;
			}}
			onDoubleClick={() => onShown({ from: 0, to: 1 })}
		>
			{columns.map(({ at, look }) => (
				<span
					key={at}
					aria-hidden
					data-look={look}
					// A failure is seen however short it was, also beside the edges.
					className={`absolute forced-color-adjust-none ${look === "failed" ? "inset-y-0 min-w-[3px]" : "inset-y-1"}`}
					style={{
						left: `min(${(at / COLUMNS) * 100}%, calc(100% - 3px))`,
						width: `${100 / COLUMNS}%`,
						background: `var(--status-${look}-solid)`,
					}}
				/>
			))}
			<span aria-hidden className="absolute inset-y-0 left-0 bg-page/70" style={{ width: `${shown.from * 100}%` }} />
			<span
				aria-hidden
				className="absolute inset-y-0 right-0 bg-page/70"
				style={{ width: `${(1 - shown.to) * 100}%` }}
			/>
			<Edge
				label="Beginning of what is shown"
				at={shown.from}
				min={0}
				max={shown.to - LEAST}
				onAt={(from) => onShown({ ...shown, from })}
			/>
			<Edge
				label="End of what is shown"
				at={shown.to}
				min={shown.from + LEAST}
				max={1}
				onAt={(to) => onShown({ ...shown, to })}
			/>
		</div>
	);
}

interface EdgeProps {
	readonly label: string;
	readonly at: number;
	readonly min: number;
	readonly max: number;
	onAt(at: number): void;
}

function Edge({ label, at, min, max, onAt }: EdgeProps) {
	const move = (to: number) => onAt(Math.min(max, Math.max(min, to)));
	const onKeyDown = (event: KeyboardEvent) => {
		if (event.key === "ArrowLeft") move(at - STEP);
		else if (event.key === "ArrowRight") move(at + STEP);
		else if (event.key === "Home") move(min);
		else if (event.key === "End") move(max);
		else return;
		event.preventDefault();
	};
	const drag = (event: PointerEvent<HTMLSpanElement>) => {
		const box = event.currentTarget.parentElement?.getBoundingClientRect();
		if (event.buttons === 1 && box !== undefined) move((event.clientX - box.left) / box.width);
	};
	return (
		<span
			role="slider"
			tabIndex={0}
			aria-label={label}
			aria-valuemin={Math.round(min * 100)}
			aria-valuemax={Math.round(max * 100)}
			aria-valuenow={Math.round(at * 100)}
			aria-valuetext={`${Math.round(at * 100)} % of the line`}
			onKeyDown={onKeyDown}
			onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
			onPointerMove={drag}
			className="absolute inset-y-0 w-6 cursor-ew-resize outline-offset-[-2px] after:absolute after:inset-y-1 after:left-1/2 after:w-1 after:-translate-x-1/2 after:rounded after:bg-ink-muted"
			style={{ left: `clamp(-10px, calc(${at * 100}% - 12px), calc(100% - 14px))` }}
		/>
	);
}

/** What a column shows when several things fall into it: what asks for attention wins. */
const RANK = ["failed", "retrying", "running", "cancelled", "completed", "awaiting-signal", "waiting", "pending"];

type Look = (typeof SEGMENT_LOOK)[keyof typeof SEGMENT_LOOK];

function columnsOf(
	scale: TimeScale,
	rows: readonly TimelineRow[],
	now: number,
): readonly { readonly at: number; readonly look: Look }[] {
	const columns: (Look | undefined)[] = [];
	for (const { segments } of rows) {
		for (const { what, from, to } of segments) {
			const look = SEGMENT_LOOK[what];
			const first = Math.min(COLUMNS - 1, Math.floor(placeOf(scale, from) * COLUMNS));
			const last = Math.min(COLUMNS - 1, Math.floor(placeOf(scale, to ?? now) * COLUMNS));
			for (let at = first; at <= last; at += 1) {
				const before = columns[at];
				if (before === undefined || RANK.indexOf(look) < RANK.indexOf(before)) columns[at] = look;
			}
		}
	}
	return columns.flatMap((look, at) => (look === undefined ? [] : [{ at, look }]));
}
