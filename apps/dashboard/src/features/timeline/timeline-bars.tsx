import { serverNow } from "../../time/ticker.ts";
import { SEGMENT_LOOK } from "./segment.ts";
import { segmentWords } from "./segment-words.ts";
import type { TimeScale } from "./time-scale.ts";
import type { TimelineRow } from "./timeline-rows.ts";
import { percentOf, type Shown } from "./use-live-bars.ts";

interface TimelineBarsProps {
	readonly row: TimelineRow;
	readonly scale: TimeScale;
	readonly shown: Shown;
}

/** Of what was over at once. A failure is looked for, and its pattern needs more to be one. */
const LEAST_PX = 3;
const LEAST_FAILED_PX = 6;

/** The stretches of one row. What they say stands in the row's own words too, so they are hidden from assistive technology. */
export function TimelineBars({ row: { segments, extent }, scale, shown }: TimelineBarsProps) {
	const place = (from: number, to: number | null, least = LEAST_PX) => {
		const left = percentOf(scale, shown, from);
		const width = percentOf(scale, shown, to ?? serverNow()) - left;
		// What ended with the line has the least width that can be seen, and has it within the line.
		const edge = left <= 100 ? `min(${left}%, calc(100% - ${least}px))` : `${left}%`;
		return { left: edge, width: `${Math.max(0, width)}%`, minWidth: least };
	};
	return (
		<span aria-hidden className="timeline-bars">
			{scale.pieces.map((piece) =>
				piece.isBreak ? <span key={piece.from} className="timeline-break" style={place(piece.from, piece.to)} /> : null,
			)}
			{extent === null ? null : (
				<span
					className="timeline-extent"
					data-live-from={extent.to === null ? extent.from : undefined}
					style={place(extent.from, extent.to)}
					suppressHydrationWarning
				/>
			)}
			{segments.map((segment) => (
				<span
					key={segment.id}
					title={segmentWords(segment)}
					data-segment={segment.what}
					data-live-from={segment.to === null ? segment.from : undefined}
					data-thin={segment.attempt === null || segment.what === "backoff" ? "" : undefined}
					className={`timeline-bar status-pattern-${SEGMENT_LOOK[segment.what]}`}
					style={place(segment.from, segment.to, SEGMENT_LOOK[segment.what] === "failed" ? LEAST_FAILED_PX : LEAST_PX)}
					suppressHydrationWarning
				/>
			))}
		</span>
	);
}
